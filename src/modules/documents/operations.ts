import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { importOperations } from './import-operations.ts';

const tag = 'documents';
const recordParams = z.object({ recordId: z.string().max(64) });
const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .optional()
    .transform((v) => v || null);
const day = z.iso
  .date()
  .optional()
  .or(z.literal(''))
  .transform((v) => v || null);
const person = z.object({ id: z.string(), name: z.string() });

export const attachmentWire = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  size: z.number(),
  isShownInline: z.boolean(),
  type: z.string().nullable(),
  number: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  note: z.string().nullable(),
  uploadedBy: person,
  uploadedAt: z.string(),
  removed: z.object({ by: person, at: z.string(), reason: z.string() }).nullable(),
});
export type AttachmentWire = z.infer<typeof attachmentWire>;

export const listFiles = defineOperation({
  id: 'filesOfRecord',
  method: 'GET',
  path: '/documents/records/:recordId/files',
  tag,
  access: 'session',
  summary: text('记录的附件', 'Files of a record'),
  params: recordParams,
  output: z.object({ items: z.array(attachmentWire), canAdd: z.boolean(), canRemove: z.boolean() }),
});

/** The body is the file itself; its name and what it is travel in the query. A path of its own, because its size limit is its own. */
export const addFile = defineOperation({
  id: 'fileAdd',
  method: 'POST',
  path: '/documents/upload/:recordId',
  tag,
  access: { permission: 'documents.file.add' },
  summary: text('为记录添加附件', 'Add a file to a record'),
  params: recordParams,
  query: z.object({
    name: z.string().min(1).max(500),
    type: optionalText(60),
    number: optionalText(100),
    validFrom: day,
    validTo: day,
    note: optionalText(500),
  }),
  consumes: 'application/octet-stream',
  output: attachmentWire,
});

export const downloadFile = defineOperation({
  id: 'fileDownload',
  method: 'GET',
  path: '/documents/files/:fileId',
  tag,
  access: 'session',
  summary: text('下载附件', 'Download a file'),
  params: z.object({ fileId: z.string().max(64) }),
  /** `true` shows pictures and PDF in the browser. */
  query: z.object({ inline: z.enum(['true', 'false']).default('false') }),
  produces: 'application/octet-stream',
});

export const removeFile = defineOperation({
  id: 'fileRemove',
  method: 'POST',
  path: '/documents/files/:fileId/remove',
  tag,
  access: { permission: 'documents.file.remove' },
  summary: text('移除附件', 'Remove a file'),
  params: z.object({ fileId: z.string().max(64) }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  output: z.object({}),
});

export const fileChecks = defineOperation({
  id: 'fileChecks',
  method: 'GET',
  path: '/documents/file-checks',
  tag,
  access: { permission: 'documents.file.inspect' },
  summary: text('附件完整性夜间检查结果', 'Results of the nightly check of stored files'),
  output: z.object({
    items: z.array(
      z.object({
        startedAt: z.string(),
        finishedAt: z.string(),
        checked: z.number(),
        bytes: z.string(),
        missing: z.array(z.object({ hash: z.string(), names: z.array(z.string()) })),
        damaged: z.array(z.object({ hash: z.string(), names: z.array(z.string()) })),
      }),
    ),
  }),
});

export const commentWire = z.object({
  id: z.string(),
  body: z.string(),
  mentions: z.array(person),
  by: person,
  at: z.string(),
  editedAt: z.string().nullable(),
  canEdit: z.boolean(),
});
export type CommentWire = z.infer<typeof commentWire>;

export const listComments = defineOperation({
  id: 'commentsOfRecord',
  method: 'GET',
  path: '/documents/records/:recordId/comments',
  tag,
  access: 'session',
  summary: text('记录的评论', 'Comments on a record'),
  params: recordParams,
  output: z.object({ items: z.array(commentWire), canAdd: z.boolean() }),
});

const commentBody = z.object({
  body: z.string().trim().min(1).max(8000),
  /** Ids of the users mentioned. */
  mentions: z.array(z.string().max(64)).max(20).default([]),
});

export const addComment = defineOperation({
  id: 'commentAdd',
  method: 'POST',
  path: '/documents/records/:recordId/comments',
  tag,
  access: { permission: 'documents.comment.add' },
  summary: text('发表评论', 'Comment on a record'),
  params: recordParams,
  body: commentBody,
  output: commentWire,
});

export const editComment = defineOperation({
  id: 'commentEdit',
  method: 'POST',
  path: '/documents/comments/:commentId',
  tag,
  access: { permission: 'documents.comment.add' },
  summary: text('修改自己的评论（10 分钟内）', 'Change one’s own comment within ten minutes'),
  params: z.object({ commentId: z.string().max(64) }),
  body: commentBody,
  output: commentWire,
});

export const mentionable = defineOperation({
  id: 'mentionable',
  method: 'GET',
  path: '/documents/mentionable',
  tag,
  access: 'session',
  summary: text('可在记录评论中提及的人', 'People who can be mentioned on a record'),
  query: z.object({ recordId: z.string().max(64), q: z.string().trim().max(100).default('') }),
  output: z.object({ items: z.array(person) }),
});

const relatedItem = z.object({
  id: z.string(),
  kind: z.string(),
  number: z.string().nullable(),
  title: localText,
  state: z.string(),
  roles: z.array(z.string()),
});
export const listRelated = defineOperation({
  id: 'relatedOfRecord',
  method: 'GET',
  path: '/documents/records/:recordId/related',
  tag,
  access: 'session',
  summary: text('相关单据与记录', 'Related documents and records'),
  params: recordParams,
  output: z.object({
    /** What this record names, and what names it; things the caller may not see are counted only. */
    refersTo: z.array(relatedItem),
    referredBy: z.array(relatedItem),
    hidden: z.number(),
    isCut: z.boolean(),
  }),
});

export const notificationWire = z.object({
  id: z.string(),
  kind: z.literal('mention'),
  record: z.object({ id: z.string(), kind: z.string(), number: z.string().nullable(), title: localText }),
  from: person,
  excerpt: z.string(),
  at: z.string(),
  readAt: z.string().nullable(),
});
export const listNotifications = defineOperation({
  id: 'notifications',
  method: 'GET',
  path: '/documents/notifications',
  tag,
  access: 'session',
  summary: text('提及我的评论', 'Comments that mention me'),
  query: z.object({ onlyUnread: z.enum(['true', 'false']).default('true') }),
  output: z.object({ items: z.array(notificationWire), unread: z.number() }),
});
export const readNotifications = defineOperation({
  id: 'notificationsRead',
  method: 'POST',
  path: '/documents/notifications/read',
  tag,
  access: 'session',
  summary: text('标为已读', 'Mark as read'),
  /** These, and all on one record (its comments were looked at). */
  body: z.object({ ids: z.array(z.string().max(64)).max(200).default([]), recordId: z.string().max(64).optional() }),
  output: z.object({ unread: z.number() }),
});

/** Filters, columns and order of a list, as the list page understands them. */
const viewContent = z.record(z.string().max(64), z.json()).refine((v) => JSON.stringify(v).length <= 20_000);
const viewWire = z.object({
  id: z.string(),
  name: z.string(),
  isShared: z.boolean(),
  isMine: z.boolean(),
  owner: person,
  content: z.record(z.string(), z.unknown()),
  updatedAt: z.string(),
});
export type SavedViewWire = z.infer<typeof viewWire>;
const viewBody = z.object({ name: z.string().trim().min(1).max(60), isShared: z.boolean().default(false), content: viewContent });

export const listViews = defineOperation({
  id: 'savedViews',
  method: 'GET',
  path: '/documents/views/:listKind',
  tag,
  access: 'session',
  summary: text('列表的已存视图', 'Saved views of a list'),
  params: z.object({ listKind: z.string().max(64) }),
  output: z.object({ items: z.array(viewWire), canShare: z.boolean() }),
});
export const addView = defineOperation({
  id: 'savedViewAdd',
  method: 'POST',
  path: '/documents/views/:listKind',
  tag,
  access: 'session',
  summary: text('保存视图', 'Save a view'),
  params: z.object({ listKind: z.string().max(64) }),
  body: viewBody,
  output: viewWire,
});
export const changeView = defineOperation({
  id: 'savedViewChange',
  method: 'PUT',
  path: '/documents/views/:listKind/:viewId',
  tag,
  access: 'session',
  summary: text('更新视图', 'Change a saved view'),
  params: z.object({ listKind: z.string().max(64), viewId: z.string().max(64) }),
  body: viewBody,
  output: viewWire,
});
export const removeView = defineOperation({
  id: 'savedViewRemove',
  method: 'DELETE',
  path: '/documents/views/:listKind/:viewId',
  tag,
  access: 'session',
  summary: text('删除视图', 'Remove a saved view'),
  params: z.object({ listKind: z.string().max(64), viewId: z.string().max(64) }),
  output: z.object({}),
});

export const documentsOperations = [
  listFiles,
  addFile,
  downloadFile,
  removeFile,
  fileChecks,
  listComments,
  addComment,
  editComment,
  mentionable,
  listRelated,
  listNotifications,
  readNotifications,
  listViews,
  addView,
  changeView,
  removeView,
  ...importOperations,
] as const;
