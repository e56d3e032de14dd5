import * as z from 'zod';
import { headFields } from '../document/content.ts';
import type { AnyDefinition, LineSet } from '../document/definition.ts';
import type { Field, Fields } from '../document/field.ts';
import type { LocalText } from '../i18n/text.ts';
import * as wire from './wire.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

export const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** `journal-voucher` → `JournalVoucher`, the name of a kind's components. */
export const componentName = (kebab: string): string => kebab.replace(/(^|[-_])(\w)/g, (_, _dash, c: string) => c.toUpperCase());

/** Both languages of a label: English where the standard has a place, Chinese beside it. */
export const described = (label: LocalText, help?: LocalText): JsonSchema => ({
  title: label.en,
  'x-title-zh': label.zh,
  ...(help ? { description: help.en, 'x-description-zh': help.zh } : {}),
});

const named: readonly (readonly [string, z.ZodType])[] = [
  ['LocalText', wire.localText],
  ['Refusal', wire.refusalWire],
  ['Problem', wire.problem],
  ['FilterItem', wire.filterItem],
  ['Titles', wire.titles],
  ['ListAnswer', wire.listAnswer],
  ['ActionStatus', wire.actionStatus],
  ['DocumentAnswer', wire.documentAnswer],
  ['Signature', wire.signatureBody],
  ['CommandBody', wire.commandBody],
  ['PreviewMove', wire.previewMove],
  ['PreviewLine', wire.previewLine],
  ['GateVerdict', wire.gateVerdict],
  ['CommandAnswer', wire.commandAnswer],
];

/** Shapes that travel everywhere get a name instead of being repeated. */
function wireRegistry(): z.core.$ZodRegistry<{ id?: string | undefined }> {
  const registry = z.registry<{ id?: string | undefined }>();
  for (const [id, schema] of named) registry.add(schema, { id });
  return registry;
}

/** Turns zod shapes into JSON Schema and gathers what they refer to as named components. */
export class SchemaBook {
  readonly components: Record<string, JsonSchema> = {};
  private readonly registry = wireRegistry();

  /** The schema of a shape; `input` is what a caller sends, `output` what comes back. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const made = z.toJSONSchema(schema, { metadata: this.registry, io, unrepresentable: 'any', target: 'draft-2020-12' });
    const {
      $schema: _schema,
      $defs,
      id,
      ...rest
    } = relink(made) as Record<string, unknown> & { $defs?: Record<string, JsonSchema>; id?: string };
    for (const [name, definition] of Object.entries($defs ?? {})) this.add(name, definition);
    if (typeof id !== 'string') return rest;
    this.add(id, rest);
    return refTo(id);
  }

  add(name: string, schema: JsonSchema): JsonSchema {
    const { id: _id, $schema: _schema, ...rest } = schema;
    this.components[name] ??= rest;
    return refTo(name);
  }
}

/** References inside a shape point to the components of the whole document. */
function relink(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relink);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) =>
      key === '$ref' && typeof v === 'string' ? [key, v.replace('#/$defs/', '#/components/schemas/')] : [key, relink(v)],
    ),
  );
}

// The ban on control characters stands in every text field; it would only hide the pattern that says something.
const isNoise = (pattern: unknown): boolean => typeof pattern === 'string' && pattern.startsWith('^[^\\u0000');

function clean(schema: JsonSchema): JsonSchema {
  const { $schema: _schema, pattern, allOf, minimum, maximum, ...rest } = schema;
  const patterns = [pattern, ...(Array.isArray(allOf) ? (allOf as JsonSchema[]).map((s) => s['pattern']) : [])].filter(
    (p) => p !== undefined && !isNoise(p),
  );
  return {
    ...rest,
    ...(patterns.length > 0 ? { pattern: patterns[0] } : {}),
    ...(minimum === undefined || minimum === -2147483648 ? {} : { minimum }),
    ...(maximum === undefined || maximum === 2147483647 ? {} : { maximum }),
  };
}

/** The value of a field as JSON Schema, with its words, target, options and sensitivity. */
export function fieldSchema(f: Field): JsonSchema {
  const made = z.toJSONSchema(f.schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const base = clean(f.isOptional && Array.isArray(made['anyOf']) ? (made['anyOf'][0] as JsonSchema) : made);
  const value = f.isOptional && typeof base['type'] === 'string' ? { ...base, type: [base['type'], 'null'] } : base;
  // An enum lists every value, so an optional one has to list null, too.
  const choice = f.isOptional && Array.isArray(base['enum']) ? { enum: [...(base['enum'] as unknown[]), null] } : {};
  return {
    ...value,
    ...choice,
    ...described(f.label, f.help),
    ...(f.target ? { 'x-target': f.target } : {}),
    ...(f.sensitivity ? { 'x-sensitivity': f.sensitivity } : {}),
    ...(f.options ? { 'x-options': f.options } : {}),
    ...(f.isDerived ? { readOnly: true } : {}),
    'x-kind': f.kind,
  };
}

const schemasOf = (fields: Fields): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, fieldSchema(f)]));

const sendable = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, f]) => !f.isDerived));
const needed = (fields: Fields): string[] =>
  Object.entries(fields)
    .filter(([, f]) => !f.isOptional && !f.isDerived)
    .map(([name]) => name);

/** An object of fields as a caller sends them. */
export const inputSchema = (fields: Fields): JsonSchema => ({
  type: 'object',
  properties: schemasOf(sendable(fields)),
  required: needed(fields),
  additionalProperties: false,
});

const linesOf = (d: AnyDefinition): [string, LineSet][] => Object.entries(d.lines as Record<string, LineSet>);

function lineArray(set: LineSet, isInput: boolean): JsonSchema {
  const shape = isInput ? inputSchema(set.fields) : { type: 'object', properties: schemasOf(set.fields) };
  const lineNo = { type: 'integer', minimum: 1, title: 'Line', 'x-title-zh': '行号' };
  const items = { ...shape, properties: { lineNo, ...(shape['properties'] as object) } };
  return { type: 'array', ...described(set.label), minItems: isInput ? set.min : 0, maxItems: set.max, items };
}

function withLines(d: AnyDefinition, isInput: boolean): Record<string, JsonSchema> {
  const sets = linesOf(d);
  if (sets.length === 0) return {};
  const properties = Object.fromEntries(sets.map(([name, set]) => [name, lineArray(set, isInput)]));
  return { lines: { type: 'object', properties, additionalProperties: false } };
}

/** What a caller sends to create or change one of a kind. */
export const contentComponent = (d: AnyDefinition): JsonSchema => {
  const shape = inputSchema(d.header as Fields);
  return {
    ...shape,
    title: `${d.label.en}: content`,
    'x-title-zh': `${d.label.zh}：内容`,
    properties: { ...(shape['properties'] as object), ...withLines(d, true) },
  };
};

const headTypes: Readonly<Record<string, JsonSchema>> = {
  id: { type: 'string', title: 'Id', 'x-title-zh': '标识' },
  number: { type: ['string', 'null'] },
  entityId: { type: ['string', 'null'] },
  version: { type: 'integer' },
};

function headSchema(d: AnyDefinition): Record<string, JsonSchema> {
  const fields = Object.entries(headFields).map(([name, f]): [string, JsonSchema] => [
    name,
    { ...(headTypes[name] ?? { type: 'string', ...(f.kind === 'instant' ? { format: 'date-time' } : {}) }), ...described(f.label) },
  ]);
  const states = { type: 'string', enum: Object.keys(d.states), ...described(headFields.state.label), 'x-options': stateLabels(d) };
  return { id: headTypes['id'] as JsonSchema, ...Object.fromEntries(fields), state: states };
}

const stateLabels = (d: AnyDefinition): Record<string, LocalText> =>
  Object.fromEntries(Object.entries(d.states).map(([name, s]) => [name, s.label]));

/** One whole document or record as it comes back; sensitive values may be masked or absent. */
export const documentComponent = (d: AnyDefinition): JsonSchema => ({
  type: 'object',
  ...described(d.label),
  properties: { ...headSchema(d), ...schemasOf(d.header as Fields), ...withLines(d, false) },
  required: ['id', 'state', 'version'],
});
