import * as z from 'zod';
import { commandRefusals } from '../command/refusals.ts';
import type { RefusalDefinition } from '../command/refusal.ts';
import type { ActionDefinition, AnyDefinition } from '../document/definition.ts';
import { text } from '../i18n/text.ts';
import type { ModuleManifest } from '../module.ts';
import { documentOperations, type DocumentOperation } from './document-operations.ts';
import {
  componentName,
  contentComponent,
  described,
  documentComponent,
  inputSchema,
  refTo,
  SchemaBook,
  type JsonSchema,
} from './openapi-schema.ts';
import type { Operation } from './operation.ts';
import { httpRefusals } from './refusals.ts';
import { commandBody, documentAnswer, listAnswer, commandAnswer, problem } from './wire.ts';

/** What the description is made from: the manifests and operations that belong to no module. */
export interface ApiSource {
  readonly modules: readonly ModuleManifest[];
  readonly more?: readonly Operation[];
  readonly version: string;
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: JsonSchema;
  readonly paths: Record<string, Record<string, JsonSchema>>;
  readonly components: { readonly schemas: Record<string, JsonSchema>; readonly [part: string]: unknown };
  readonly [part: string]: unknown;
}

const isDerived = (o: Operation): o is DocumentOperation => 'definition' in o && 'role' in o;

/** Every operation of the HTTP API, in the order of the modules. */
export const allOperations = (source: Pick<ApiSource, 'modules' | 'more'>): Operation[] => [
  ...(source.more ?? []),
  ...source.modules.flatMap((m) => [...m.definitions.flatMap(documentOperations), ...m.operations]),
];

/** `/access/sessions/:id{[a-z]+}` → `/access/sessions/{id}`. */
export const openApiPath = (honoPath: string): string => honoPath.replace(/:(\w+)(\{[^}]*\})?\??/g, '{$1}');

const pathNames = (path: string): string[] => [...openApiPath(path).matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string);

function properties(schema: JsonSchema): [string, JsonSchema][] {
  return Object.entries((schema['properties'] as Record<string, JsonSchema> | undefined) ?? {});
}

function parameters(o: Operation, book: SchemaBook): JsonSchema[] {
  const declared = new Map(o.params ? properties(book.of(o.params as z.ZodType, 'input')) : []);
  const inPath = pathNames(o.path).map((name) => ({ name, in: 'path', required: true, schema: declared.get(name) ?? { type: 'string' } }));
  const query = o.query ? book.of(o.query as z.ZodType, 'input') : {};
  const required = (query['required'] as string[] | undefined) ?? [];
  const inQuery = properties(query).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', minLength: 8, maxLength: 200 },
    description: 'One new key per intent, the same one for every repetition: a repeat gets the first answer.',
    'x-description-zh': '每个操作意图一个新键，重试沿用同一个键：重复请求得到第一次的结果。',
  };
  return [...inPath, ...inQuery, ...(isDerived(o) && o.action !== null ? [key] : [])];
}

const both = (first: JsonSchema, more: JsonSchema): JsonSchema => ({ allOf: [first, more] });

/** The body of an action says exactly what this action takes: content, input, reason, signature. */
function commandSchema(d: AnyDefinition, action: ActionDefinition, book: SchemaBook): JsonSchema {
  const all = Object.fromEntries(properties(book.of(z.object(commandBody.shape), 'input')));
  const { content: _content, input: _input, reason, signature, entityId, expectedVersion, ...rest } = all;
  const isNew = action.from.every((s) => s === 'new');
  const content = action.editsContent ? { content: refTo(`${componentName(d.kind)}Content`) } : {};
  const required = [
    ...(action.editsContent ? ['content'] : []),
    ...(action.reason === 'required' ? ['reason'] : []),
    ...(action.signature ? ['signature'] : []),
  ];
  return {
    type: 'object',
    properties: {
      ...(isNew ? { entityId } : { expectedVersion }),
      ...content,
      ...(action.input ? { input: inputSchema(action.input) } : {}),
      ...(action.reason ? { reason } : {}),
      ...(action.signature ? { signature: both(signature as JsonSchema, described(action.signature.meaning)) } : {}),
      ...rest,
    },
    ...(required.length > 0 ? { required } : {}),
  };
}

function body(o: Operation, book: SchemaBook): JsonSchema {
  if (isDerived(o) && o.action !== null) {
    const action = o.definition.actions[o.action] as ActionDefinition;
    const schema = commandSchema(o.definition, action, book);
    return { requestBody: { required: schema['required'] !== undefined, content: { 'application/json': { schema } } } };
  }
  if (o.consumes) return { requestBody: { required: true, content: { [o.consumes]: { schema: { type: 'string', format: 'binary' } } } } };
  if (!o.body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: book.of(o.body as z.ZodType, 'input') } } } };
}

function answerSchema(o: Operation, book: SchemaBook): JsonSchema | undefined {
  if (isDerived(o)) {
    const whole = refTo(componentName(o.definition.kind));
    const withDocument = { type: 'object', properties: { document: whole } };
    if (o.role === 'list')
      return both(book.of(listAnswer, 'output'), { type: 'object', properties: { rows: { type: 'array', items: whole } } });
    if (o.role === 'get') return both(book.of(documentAnswer, 'output'), withDocument);
    if (o.action !== null) return both(book.of(commandAnswer, 'output'), withDocument);
  }
  return o.output ? book.of(o.output as z.ZodType, 'output') : undefined;
}

function success(o: Operation, book: SchemaBook): JsonSchema {
  if (o.produces) return { description: 'Done', content: { [o.produces]: { schema: { type: 'string', format: 'binary' } } } };
  const schema = answerSchema(o, book);
  return schema ? { description: 'Done', content: { 'application/json': { schema } } } : { description: 'Done' };
}

const kernelRefusals: readonly RefusalDefinition<any>[] = [...Object.values(commandRefusals), ...Object.values(httpRefusals)];
const writes: readonly RefusalDefinition<any>[] = Object.values(commandRefusals).filter((r) => r.code !== 'list/filter-invalid');

/** The refusals an operation may answer with: the pipeline's own and its module's. */
function refusalsOf(o: Operation, module: ModuleManifest | undefined): readonly RefusalDefinition<any>[] {
  const own = o.method === 'GET' ? [] : (module?.refusals ?? []);
  if (isDerived(o) && o.action !== null) return [...writes, ...own];
  const access = typeof o.access === 'object' ? [commandRefusals.notPermitted] : [];
  const reading = isDerived(o)
    ? o.role === 'list' || o.role === 'export'
      ? [commandRefusals.filterInvalid]
      : [commandRefusals.notFound]
    : [];
  return [...access, ...reading, ...own];
}

function problems(o: Operation, module: ModuleManifest | undefined): Record<string, JsonSchema> {
  const byStatus = new Map<number, Set<string>>();
  const add = (status: number, code?: string): void => {
    const codes = byStatus.get(status) ?? new Set<string>();
    if (code !== undefined) codes.add(code);
    byStatus.set(status, codes);
  };
  if (o.access !== 'public') add(401, httpRefusals.signInFirst.code);
  if (o.query || o.params || o.body) add(400, httpRefusals.malformed.code);
  add(429);
  for (const r of refusalsOf(o, module)) add(r.status, r.code);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        { $ref: '#/components/responses/Problem', ...(codes.size > 0 ? { 'x-refusals': [...codes].sort() } : {}) },
      ]),
  );
}

function derivedFacts(o: Operation): JsonSchema {
  if (!isDerived(o)) return {};
  const action = o.action === null ? undefined : (o.definition.actions[o.action] as ActionDefinition);
  return {
    'x-kind': o.definition.kind,
    'x-role': o.role,
    ...(action ? { 'x-action': o.action, 'x-from': action.from, 'x-to': action.to } : {}),
  };
}

function describe(o: Operation, source: ApiSource, book: SchemaBook): JsonSchema {
  const module = source.modules.find((m) => (isDerived(o) ? m.name === o.definition.module : m.operations.includes(o)));
  return {
    operationId: o.id,
    tags: [o.tag],
    summary: o.summary.en,
    'x-summary-zh': o.summary.zh,
    ...(typeof o.access === 'object' ? { 'x-permission': o.access.permission } : {}),
    ...derivedFacts(o),
    security: o.access === 'public' ? [] : [{ session: [] }, { apiKey: [] }],
    parameters: parameters(o, book),
    ...body(o, book),
    responses: { '200': success(o, book), ...problems(o, module) },
  };
}

function components(source: ApiSource, book: SchemaBook): OpenApiDocument['components'] {
  return {
    schemas: Object.fromEntries(Object.entries(book.components).sort(([a], [b]) => (a < b ? -1 : 1))),
    responses: {
      Problem: {
        description: 'A refusal (RFC 9457): what was refused, by which rule, and the way out, in both languages.',
        content: { 'application/problem+json': { schema: book.of(problem, 'output') } },
      },
    },
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: 'medtrade_session', description: 'The session of a signed-in person.' },
      apiKey: { type: 'http', scheme: 'bearer', description: 'The key of a program, made under access › API keys.' },
    },
    'x-refusals': [...kernelRefusals, ...source.modules.flatMap((m) => m.refusals)].map((r) => ({
      code: r.code,
      status: r.status,
      ...(r.rule ? { rule: r.rule } : {}),
      text: r.text,
      wayOut: r.wayOut,
    })),
  };
}

/** The whole HTTP API as OpenAPI 3.1, made from the same definitions and contracts the server runs on. */
export function openApiDocument(source: ApiSource): OpenApiDocument {
  const book = new SchemaBook();
  for (const d of source.modules.flatMap((m) => m.definitions)) {
    book.add(componentName(d.kind), documentComponent(d));
    book.add(`${componentName(d.kind)}Content`, contentComponent(d));
  }
  const operations = allOperations(source);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const o of operations) {
    const path = openApiPath(o.path);
    (paths[path] ??= {})[o.method.toLowerCase()] = describe(o, source, book);
  }
  const labels = new Map([['workspace', text('工作台', 'Workspace')], ...source.modules.map((m) => [m.name, m.label] as const)]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'MedTrade',
      version: source.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Everything the screens do goes through this API, under the same rules. Writes carry an Idempotency-Key; `dryRun=true` rehearses.',
      'x-description-zh': '界面所做的一切都经由本接口，规则相同。写操作须带 Idempotency-Key；dryRun=true 为预演。',
    },
    servers: [{ url: '/api' }],
    tags: [...new Set(operations.map((o) => o.tag))].map((name) => {
      const label = labels.get(name);
      return { name, ...(label ? { description: label.en, 'x-description-zh': label.zh } : {}) };
    }),
    paths,
    components: components(source, book),
  };
}
