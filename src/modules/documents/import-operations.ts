import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText, refusalWire } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';

const tag = 'import';
const kindParams = z.object({ kind: z.string().max(64) });
const sessionParams = z.object({ sessionId: z.string().max(64) });
const locale = z.enum(['zh-CN', 'en']).default('zh-CN');

const columnWire = z.object({
  id: z.string(),
  label: localText,
  hint: localText,
  isRequired: z.boolean(),
  set: z.string().nullable(),
  setLabel: localText.nullable(),
});
export type ImportColumnWire = z.infer<typeof columnWire>;

export const importSessionWire = z.object({
  id: z.string(),
  kind: z.string(),
  entityId: z.string().nullable(),
  fileName: z.string(),
  format: z.string(),
  encoding: z.string().nullable(),
  sheets: z.array(
    z.object({
      name: z.string(),
      headers: z.array(z.string()),
      headerRow: z.number(),
      rows: z.number(),
      comments: z.number(),
      sample: z.array(z.array(z.string())),
    }),
  ),
  mapping: z.array(z.array(z.string().nullable())),
  state: z.enum(['uploaded', 'checking', 'checked', 'running', 'done', 'failed', 'rolling-back', 'rolled-back']),
  mode: z.enum(['create', 'update', 'both']),
  onError: z.enum(['all-or-nothing', 'skip']),
  totals: z
    .object({
      rows: z.number(),
      items: z.number(),
      ready: z.number(),
      refused: z.number(),
      unchanged: z.number(),
      toCreate: z.number(),
      toUpdate: z.number(),
      lines: z.number(),
      done: z.number(),
      sums: z.array(z.object({ label: localText, sum: z.string() })),
    })
    .partial(),
  done: z.number(),
  total: z.number(),
  failure: z.array(refusalWire).nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type ImportSessionWire = z.infer<typeof importSessionWire>;

const sessionAnswer = z.object({
  session: importSessionWire,
  /** Exactly the same file was imported before. */
  sameFile: z.object({ id: z.string(), at: z.string(), by: z.string(), count: z.number() }).nullable(),
});

export const importHome = defineOperation({
  id: 'importHome',
  method: 'GET',
  path: '/documents/import-kinds/:kind',
  tag,
  access: 'session',
  summary: text('某类数据可导入的列与最近的导入', 'Columns of an import and the latest imports of a kind'),
  params: kindParams,
  output: z.object({
    kind: z.string(),
    label: localText,
    isEntityScoped: z.boolean(),
    canUpdate: z.boolean(),
    canRollBack: z.boolean(),
    columns: z.array(columnWire),
    recent: z.array(importSessionWire),
  }),
});

export const importTemplateOperation = defineOperation({
  id: 'importTemplate',
  method: 'GET',
  path: '/documents/import-kinds/:kind/template',
  tag,
  access: 'session',
  summary: text('下载导入模板', 'Download the import template'),
  params: kindParams,
  query: z.object({ locale }),
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

/** The body is the file itself. */
export const importUpload = defineOperation({
  id: 'importUpload',
  method: 'POST',
  path: '/documents/import-upload/:kind',
  tag,
  access: 'session',
  summary: text('上传要导入的文件', 'Upload a file to import'),
  params: kindParams,
  query: z.object({ name: z.string().min(1).max(500), entityId: z.string().max(64).optional() }),
  consumes: 'application/octet-stream',
  output: sessionAnswer,
});

export const importSession = defineOperation({
  id: 'importSession',
  method: 'GET',
  path: '/documents/imports/:sessionId',
  tag,
  access: 'session',
  summary: text('一次导入的状态与进度', 'State and progress of an import'),
  params: sessionParams,
  output: sessionAnswer,
});

export const importCheck = defineOperation({
  id: 'importCheck',
  method: 'POST',
  path: '/documents/imports/:sessionId/check',
  tag,
  access: 'session',
  summary: text('按对应关系检查全部数据（不写入）', 'Check the whole file by the mapping, writing nothing'),
  params: sessionParams,
  body: z.object({
    mapping: z.array(z.array(z.string().max(200).nullable()).max(200)).max(50),
    mode: z.enum(['create', 'update', 'both']).default('create'),
  }),
  output: sessionAnswer,
});

export const importItemWire = z.object({
  item: z.number(),
  sheet: z.number(),
  row: z.number(),
  label: z.string(),
  action: z.enum(['create', 'update']),
  state: z.string(),
  recordId: z.string().nullable(),
  number: z.string().nullable(),
  errors: z.array(z.object({ sheet: z.number(), row: z.number(), column: z.number().nullable(), refusal: refusalWire })),
  changes: z.array(
    z.object({ label: localText, lines: localText.nullable(), line: z.number().nullable(), old: z.unknown(), new: z.unknown() }),
  ),
});
export type ImportItemWire = z.infer<typeof importItemWire>;

export const importItems = defineOperation({
  id: 'importItems',
  method: 'GET',
  path: '/documents/imports/:sessionId/items',
  tag,
  access: 'session',
  summary: text('导入的逐条结果', 'Items of an import with their errors'),
  params: sessionParams,
  query: z.object({
    show: z.enum(['all', 'errors', 'changes']).default('errors'),
    q: z.string().trim().max(100).default(''),
    after: z.coerce.number<string>().int().min(0).default(0),
    limit: z.coerce.number<string>().int().min(1).max(200).default(100),
  }),
  output: z.object({ items: z.array(importItemWire), next: z.number().nullable() }),
});

export const importResultFile = defineOperation({
  id: 'importResultFile',
  method: 'GET',
  path: '/documents/imports/:sessionId/result',
  tag,
  access: 'session',
  summary: text('下载导入结果或错误清单', 'Download the result or the list of errors'),
  params: sessionParams,
  query: z.object({ locale, show: z.enum(['all', 'errors']).default('all') }),
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

export const importRun = defineOperation({
  id: 'importRun',
  method: 'POST',
  path: '/documents/imports/:sessionId/run',
  tag,
  access: 'session',
  summary: text('执行导入', 'Carry out an import'),
  params: sessionParams,
  body: z.object({ onError: z.enum(['all-or-nothing', 'skip']), isSameFileWanted: z.boolean().default(false) }),
  output: sessionAnswer,
});

export const importRollback = defineOperation({
  id: 'importRollback',
  method: 'POST',
  path: '/documents/imports/:sessionId/rollback',
  tag,
  access: 'session',
  summary: text('撤回导入所建的内容', 'Take back what an import created'),
  params: sessionParams,
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  output: sessionAnswer,
});

export const importOperations = [
  importHome,
  importTemplateOperation,
  importUpload,
  importSession,
  importCheck,
  importItems,
  importResultFile,
  importRun,
  importRollback,
] as const;
