import * as z from 'zod';
import { actionPermission, viewPermission } from '../access/permission.ts';
import type { AnyDefinition } from '../document/definition.ts';
import { text } from '../i18n/text.ts';
import type { Operation } from './operation.ts';
import { commandAnswer, commandBody, documentAnswer, listAnswer, listQuery } from './wire.ts';

/** What a derived operation does; the server, the route tests and OpenAPI branch on it. */
export type DocumentRole = 'list' | 'get' | 'export' | 'timeline' | 'versions' | 'create' | 'act';

/** An operation derived from a definition; `action` is set for `create` and `act`. */
export interface DocumentOperation extends Operation {
  readonly definition: AnyDefinition;
  readonly role: DocumentRole;
  readonly action: string | null;
}

/** The path below `/api` where a kind lives. */
export const collectionPath = (d: AnyDefinition): string => `/${d.module}/${d.plural}`;

export const documentId = z.object({ id: z.string().regex(/^[a-z]{2,8}_[0-9A-HJKMNP-TV-Z]{26}$/) });

/** `dryRun=true` does everything and keeps nothing: the preview of a posting. */
export const commandQuery = z.object({ dryRun: z.enum(['true', 'false']).default('false') });

/** The rows a list shows, all pages, as a file in one language. */
export const exportQuery = listQuery.omit({ cursor: true, limit: true, totals: true }).extend({
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  /** Field names, comma separated; absent means the columns of the list. */
  columns: z.string().max(2000).optional(),
});

const camel = (kebab: string): string => kebab.replace(/-(\w)/g, (_, c: string) => c.toUpperCase());
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The operation id of an action, e.g. `journalVoucherPost`; the typed client's function name. */
export const actionOperationId = (d: AnyDefinition, action: string): string => `${camel(d.kind)}${capital(camel(action))}`;

/** Whether an action makes a new document instead of moving an existing one. */
const makesNew = (d: AnyDefinition, action: string): boolean => d.actions[action]?.from.every((s) => s === 'new') ?? false;

function readOperations(d: AnyDefinition): DocumentOperation[] {
  const path = collectionPath(d);
  const common = { method: 'GET' as const, tag: d.module, access: { permission: viewPermission(d) }, definition: d, action: null };
  const many = d.pluralLabel;
  const one = d.label;
  return [
    {
      ...common,
      role: 'list',
      id: `${camel(d.plural)}List`,
      path,
      query: listQuery,
      output: listAnswer,
      summary: text(`查询${many.zh}列表`, `List ${many.en.toLowerCase()}`),
    },
    // Before `:id`, so that the word is never taken for an id.
    {
      ...common,
      role: 'export',
      id: `${camel(d.plural)}Export`,
      path: `${path}/export`,
      query: exportQuery,
      produces: 'application/octet-stream',
      summary: text(`导出${many.zh}`, `Export ${many.en.toLowerCase()}`),
    },
    {
      ...common,
      role: 'get',
      id: `${camel(d.kind)}Get`,
      path: `${path}/:id`,
      params: documentId,
      output: documentAnswer,
      summary: text(`读取${one.zh}`, `Read one ${one.en.toLowerCase()}`),
    },
    {
      ...common,
      role: 'timeline',
      id: `${camel(d.kind)}Timeline`,
      path: `${path}/:id/timeline`,
      params: documentId,
      output: z.unknown(),
      summary: text(`${one.zh}的时间线`, `Timeline of one ${one.en.toLowerCase()}`),
    },
    ...(d.nature === 'record'
      ? [
          {
            ...common,
            role: 'versions' as const,
            id: `${camel(d.kind)}Versions`,
            path: `${path}/:id/versions`,
            params: documentId,
            output: z.unknown(),
            summary: text(`${one.zh}的历史版本`, `Versions of one ${one.en.toLowerCase()}`),
          },
        ]
      : []),
  ];
}

function actionOperation(d: AnyDefinition, action: string): DocumentOperation {
  const label = d.actions[action]!.label;
  const isNew = makesNew(d, action);
  const path = action === 'create' ? collectionPath(d) : `${collectionPath(d)}${isNew ? '' : '/:id'}/${action}`;
  return {
    id: actionOperationId(d, action),
    method: 'POST',
    path,
    tag: d.module,
    access: { permission: actionPermission(d, action) },
    summary: text(`${d.label.zh}：${label.zh}`, `${d.label.en}: ${label.en.toLowerCase()}`),
    ...(isNew ? {} : { params: documentId }),
    query: commandQuery,
    body: commandBody,
    output: commandAnswer,
    definition: d,
    role: isNew ? 'create' : 'act',
    action,
  };
}

/**
 * Every operation the HTTP API has for one kind of document or record. The one list behind the mounted routes, the typed client,
 * OpenAPI and the route × role tests.
 */
export const documentOperations = (d: AnyDefinition): DocumentOperation[] => [
  ...readOperations(d),
  ...Object.keys(d.actions).map((action) => actionOperation(d, action)),
];
