import type { LocalText } from '#kernel/i18n/text.ts';

/** A part of the OpenAPI document as the reference page reads it. */
export type Json = { readonly [key: string]: any };

const DEPTH_MAX = 6;

/** Follows references and merges `allOf`, so that one object says everything. */
export function resolve(api: Json, schema: Json | undefined, depth = 0): Json {
  if (!schema || depth > DEPTH_MAX) return {};
  if (typeof schema['$ref'] === 'string') {
    const target = schema['$ref']
      .slice(2)
      .split('/')
      .reduce((at: any, part: string) => at?.[part], api) as Json | undefined;
    return resolve(api, target, depth + 1);
  }
  if (!Array.isArray(schema['allOf'])) return schema;
  const { allOf, ...own } = schema;
  const parts = (allOf as Json[]).map((s) => resolve(api, s, depth + 1));
  return [...parts, own].reduce(
    (all, part) => ({ ...all, ...part, properties: { ...all['properties'], ...part['properties'] } }),
    {} as Json,
  );
}

/** One line of a shape: where it is, what it holds, what it means. */
export interface SchemaRow {
  readonly path: string;
  readonly depth: number;
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly label: LocalText | null;
  readonly notes: readonly string[];
}

/** The type of a value in one word or a few. */
export function typeOf(schema: Json): string {
  if (Array.isArray(schema['enum'])) return (schema['enum'] as unknown[]).map((v) => JSON.stringify(v)).join(' | ');
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  const union = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined;
  if (union) return [...new Set(union.map(typeOf))].join(' | ');
  const types = ([] as string[]).concat(schema['type'] ?? 'any');
  return types.map((t) => (t === 'array' ? `${typeOf((schema['items'] as Json | undefined) ?? {})}[]` : t)).join(' | ');
}

const limits = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'pattern', 'format', 'default'] as const;

/** Limits, target and sensitivity of a value. */
export function notesOf(schema: Json): string[] {
  const bounds = limits.flatMap((key) => {
    const value = schema[key] as unknown;
    const isIdle =
      value === undefined ||
      (key === 'minLength' && value === 1) ||
      (key === 'minItems' && value === 0) ||
      (key === 'pattern' && schema['format'] !== undefined) ||
      Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;
    return isIdle ? [] : [`${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`];
  });
  const target = schema['x-target'] as string | undefined;
  const sensitivity = schema['x-sensitivity'] as string | undefined;
  return [...bounds, ...(target ? [`→ ${target}`] : []), ...(sensitivity ? [`⦿ ${sensitivity}`] : [])];
}

const labelOf = (schema: Json): LocalText | null =>
  typeof schema['title'] === 'string' ? { zh: (schema['x-title-zh'] as string | undefined) ?? schema['title'], en: schema['title'] } : null;

/** A shape as indented rows, objects and the items of arrays opened. */
export function schemaRows(api: Json, schema: Json | undefined, path = '', depth = 0): SchemaRow[] {
  const shape = resolve(api, schema);
  if (depth > DEPTH_MAX) return [];
  const required = new Set((shape['required'] as string[] | undefined) ?? []);
  return Object.entries((shape['properties'] as Json | undefined) ?? {}).flatMap(([name, given]) => {
    const value = resolve(api, given as Json);
    const inner = value['type'] === 'array' ? resolve(api, value['items'] as Json) : value;
    const here = path === '' ? name : `${path}.${name}`;
    const row: SchemaRow = {
      path: here,
      depth,
      name,
      type: typeOf(value['type'] === 'array' ? { ...value, items: inner } : value),
      isRequired: required.has(name),
      label: labelOf(value),
      notes: notesOf(value),
    };
    return [row, ...schemaRows(api, inner, here, depth + 1)];
  });
}

const formats: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T08:00:00Z',
  email: 'name@example.com',
  uri: 'https://example.com',
};
const kinds: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  instant: '2026-01-31T08:00:00Z',
  quantity: '10',
  money: '128.50',
  decimal: '1.5',
  code: 'A-001',
};

function exampleText(schema: Json): string {
  const pattern = schema['pattern'] as string | undefined;
  if (schema['x-target'] || pattern?.includes('0-9A-HJKMNP-TV-Z')) return 'xx_01JXXXXXXXXXXXXXXXXXXXXXXX';
  return kinds[schema['x-kind'] as string] ?? formats[schema['format'] as string] ?? (schema['title'] as string | undefined) ?? 'text';
}

/** A body that shows the shape: required things first, optional ones left out below the first level. */
export function exampleOf(api: Json, given: Json | undefined, depth = 0): unknown {
  const schema = resolve(api, given);
  if (schema['default'] !== undefined) return schema['default'];
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const union = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined;
  if (union) return exampleOf(api, union[0], depth);
  const type = ([] as string[]).concat(schema['type'] ?? 'object').find((t) => t !== 'null');
  switch (type) {
    case 'array':
      return depth > DEPTH_MAX ? [] : [exampleOf(api, schema['items'] as Json, depth + 1)];
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema['minimum'] ?? 1));
    case 'boolean':
      return false;
    case 'string':
      return exampleText(schema);
    default:
      return depth > DEPTH_MAX ? {} : exampleObject(api, schema, depth);
  }
}

function exampleObject(api: Json, schema: Json, depth: number): Record<string, unknown> {
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  const entries = Object.entries((schema['properties'] as Record<string, Json> | undefined) ?? {});
  const shown = entries.filter(([name]) => required.has(name) || name === 'lines' || (depth > 0 && schema['required'] === undefined));
  return Object.fromEntries(shown.map(([name, s]) => [name, exampleOf(api, s, depth + 1)]));
}
