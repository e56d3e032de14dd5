import * as z from 'zod';
import { text } from '../i18n/text.ts';
import { defineOperation } from './operation.ts';
import { localText } from './wire.ts';

/** Questions the shell asks over all kinds: search, choices of a reference. */

const found = z.object({
  id: z.string(),
  kind: z.string(),
  number: z.string().nullable(),
  title: localText,
  state: z.string(),
  entityId: z.string().nullable(),
  /** The page that shows it, where it is no document or record. */
  path: z.string().optional(),
});

export const searchOperation = defineOperation({
  id: 'search',
  method: 'GET',
  path: '/search',
  tag: 'workspace',
  summary: text('全局搜索：编号、名称、批号、扫码内容', 'Global search: number, name, lot, any scan'),
  access: 'session',
  query: z.object({ q: z.string().trim().min(1).max(200), limit: z.coerce.number<string>().int().min(1).max(50).default(20) }),
  output: z.object({ items: z.array(found) }),
});

export const choicesOperation = defineOperation({
  id: 'choices',
  method: 'GET',
  path: '/choices/:kind',
  tag: 'workspace',
  summary: text('引用字段的可选项', 'Choices of a reference'),
  access: 'session',
  params: z.object({ kind: z.string().max(64) }),
  query: z.object({
    q: z.string().trim().max(200).optional(),
    /** Exact numbers or codes, comma separated, resolved in bulk (paste from a spreadsheet). */
    codes: z.string().max(200_000).optional(),
    /** Ids, comma separated, to be shown by name; inactive ones too. */
    ids: z.string().max(20_000).optional(),
    entityId: z.string().max(64).optional(),
    limit: z.coerce.number<string>().int().min(1).max(50).default(20),
  }),
  output: z.object({ items: z.array(found) }),
});

const workItem = found.extend({ due: z.string().nullable(), action: localText.nullable() });

export const myWorkOperation = defineOperation({
  id: 'myWork',
  method: 'GET',
  path: '/my-work',
  tag: 'workspace',
  summary: text('我的工作：待办、审批、提醒', 'My work: tasks, approvals, alerts'),
  access: 'session',
  output: z.object({ sections: z.array(z.object({ name: z.string(), label: localText, items: z.array(workItem) })) }),
});

export const workspaceOperations = [searchOperation, choicesOperation, myWorkOperation] as const;
