import { defineRefusal } from '#kernel/command/refusal.ts';
import { text } from '#kernel/i18n/text.ts';

export const documentsRefusals = {
  recordNotFound: defineRefusal({
    code: 'documents/record-not-found',
    status: 404,
    text: text('找不到该记录，或您无权查看', 'There is no such record, or you may not see it'),
    wayOut: text('请检查链接，或用全局搜索查找。', 'Check the link, or look for it with the global search.'),
  }),
  fileNotFound: defineRefusal({
    code: 'documents/file-not-found',
    status: 404,
    text: text('找不到该文件，或已被移除', 'There is no such file, or it was removed'),
    wayOut: text('刷新后查看当前文件。', 'Reload to see the files as they are now.'),
  }),
  alreadyRemoved: defineRefusal<{ name: string }>({
    code: 'documents/file-already-removed',
    status: 409,
    text: text('文件「{name}」已被移除', 'The file “{name}” was removed already'),
    wayOut: text('刷新后查看当前文件。', 'Reload to see the files as they are now.'),
  }),
  validityReversed: defineRefusal({
    code: 'documents/validity-reversed',
    text: text('有效期的截止日早于起始日', 'The validity ends before it begins'),
    wayOut: text('更正起止日期。', 'Correct the two dates.'),
  }),
  commentNotFound: defineRefusal({
    code: 'documents/comment-not-found',
    status: 404,
    text: text('找不到该评论', 'There is no such comment'),
    wayOut: text('刷新页面。', 'Reload the page.'),
  }),
  commentNotYours: defineRefusal({
    code: 'documents/comment-not-yours',
    status: 403,
    text: text('只能修改自己写的评论', 'Only the writer may change a comment'),
    wayOut: text('另写一条评论。', 'Write another comment.'),
  }),
  commentTooOld: defineRefusal<{ minutes: number }>({
    code: 'documents/comment-too-old',
    status: 409,
    text: text('评论写下 {minutes} 分钟后不能再修改', 'A comment cannot be changed after {minutes} minutes'),
    wayOut: text('另写一条评论加以更正。', 'Correct it with another comment.'),
  }),
  mentionedCannotSee: defineRefusal<{ name: string }>({
    code: 'documents/mentioned-cannot-see',
    text: text('{name}无权查看本记录，不能被提及', '{name} may not see this record and cannot be mentioned here'),
    wayOut: text('去掉该提及，或请系统管理员为其授权。', 'Remove the mention, or have the administrator grant access.'),
  }),
  viewNotFound: defineRefusal({
    code: 'documents/view-not-found',
    status: 404,
    text: text('找不到该视图', 'There is no such view'),
    wayOut: text('刷新后重试。', 'Reload and try again.'),
  }),
  viewNameTaken: defineRefusal<{ name: string }>({
    code: 'documents/view-name-taken',
    status: 409,
    text: text('您已有名为「{name}」的视图', 'You already have a view named “{name}”'),
    wayOut: text('换一个名称，或覆盖原视图。', 'Choose another name, or overwrite that view.'),
  }),
} as const;
