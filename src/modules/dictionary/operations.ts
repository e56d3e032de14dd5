import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';

const fieldEntry = z.object({
  name: z.string(),
  kind: z.string(),
  label: localText,
  help: localText.nullable(),
  isOptional: z.boolean(),
  isDerived: z.boolean(),
  /** Kind a reference points to. */
  target: z.string().nullable(),
  sensitivity: z.string().nullable(),
  max: z.number().nullable(),
  scale: z.number().nullable(),
  options: z.array(z.object({ value: z.string(), label: localText })),
});

const actionEntry = z.object({
  name: z.string(),
  label: localText,
  from: z.array(z.string()),
  to: z.string(),
  permission: z.string(),
  isPrimary: z.boolean(),
  isDangerous: z.boolean(),
  editsContent: z.boolean(),
  reason: z.enum(['required', 'optional']).nullable(),
  signature: localText.nullable(),
  canNeedApproval: z.boolean(),
  /** Where it rests while approval is waited for. */
  pending: z.string().nullable(),
  /** Whoever did one of these may not do this one. */
  notBy: z.array(z.string()),
  posts: z.boolean(),
  reverses: z.string().nullable(),
  input: z.array(fieldEntry),
  /** Gates of higher modules that stand before it, in their order. */
  gates: z.array(z.string()),
});

const kindEntry = z.object({
  kind: z.string(),
  nature: z.enum(['document', 'record']),
  module: z.string(),
  label: localText,
  pluralLabel: localText,
  table: z.string(),
  idPrefix: z.string(),
  path: z.string(),
  isEntityScoped: z.boolean(),
  numbering: z.object({ pattern: z.string(), isGapless: z.boolean(), restarts: z.string(), takenBy: z.string() }).nullable(),
  states: z.array(z.object({ name: z.string(), label: localText, tone: z.string() })),
  fields: z.array(fieldEntry),
  lines: z.array(z.object({ name: z.string(), label: localText, min: z.number(), max: z.number(), fields: z.array(fieldEntry) })),
  actions: z.array(actionEntry),
});

/** Everything the product consists of, as the definitions say it. */
export const dictionaryAnswer = z.object({
  modules: z.array(z.object({ name: z.string(), label: localText, dependsOn: z.array(z.string()) })),
  kinds: z.array(kindEntry),
  permissions: z.array(z.object({ name: z.string(), label: localText, module: z.string() })),
  conflicts: z.array(z.object({ permissions: z.array(z.string()), reason: localText })),
  refusals: z.array(
    z.object({ code: z.string(), module: z.string(), rule: z.string().nullable(), status: z.number(), text: localText, wayOut: localText }),
  ),
  sensitivities: z.array(z.object({ name: z.string(), label: localText, module: z.string() })),
  jobs: z.array(z.object({ name: z.string(), module: z.string(), cron: z.string().nullable() })),
  operations: z.array(
    z.object({ id: z.string(), method: z.string(), path: z.string(), tag: z.string(), summary: localText, access: z.string() }),
  ),
});

export type Dictionary = z.infer<typeof dictionaryAnswer>;
export type KindEntry = z.infer<typeof kindEntry>;
export type FieldEntry = z.infer<typeof fieldEntry>;
export type ActionEntry = z.infer<typeof actionEntry>;

export const readDictionary = defineOperation({
  id: 'dictionaryRead',
  method: 'GET',
  path: '/dictionary',
  tag: 'dictionary',
  summary: text(
    '读取数据字典：单据、字段、状态、权限、拒绝原因等',
    'Read the data dictionary: kinds, fields, states, permissions, refusals',
  ),
  access: 'session',
  output: dictionaryAnswer,
});

export const exportDictionary = defineOperation({
  id: 'dictionaryExport',
  method: 'GET',
  path: '/dictionary/export',
  tag: 'dictionary',
  summary: text('以 Excel 导出数据字典', 'Export the data dictionary to Excel'),
  access: 'session',
  query: z.object({ locale: z.enum(['zh-CN', 'en']).default('zh-CN'), format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

export const readOpenApi = defineOperation({
  id: 'openApi',
  method: 'GET',
  path: '/openapi.json',
  tag: 'dictionary',
  summary: text('本接口的 OpenAPI 3.1 描述', 'This API as OpenAPI 3.1'),
  access: 'session',
  output: z.record(z.string(), z.unknown()),
});

export const dictionaryOperations = [readDictionary, exportDictionary, readOpenApi] as const;
