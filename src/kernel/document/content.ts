import * as z from 'zod';
import { commandRefusals } from '../command/refusals.ts';
import type { Refusal } from '../command/refusal.ts';
import { fill, text, type LocalText } from '../i18n/text.ts';
import type { AnyDefinition, LineSet } from './definition.ts';
import type { Field, Fields } from './field.ts';

/** Head fields every document and record has; they can be listed, filtered and sorted like header fields. */
export const headFields = {
  number: { kind: 'code', label: text('编号', 'Number') },
  state: { kind: 'choice', label: text('状态', 'State') },
  entityId: { kind: 'ref', label: text('公司', 'Company'), target: 'legal-entity' },
  version: { kind: 'integer', label: text('版本', 'Version') },
  createdBy: { kind: 'ref', label: text('创建人', 'Created by'), target: 'user' },
  createdAt: { kind: 'instant', label: text('创建时间', 'Created at') },
  updatedAt: { kind: 'instant', label: text('更新时间', 'Updated at') },
} as const satisfies Record<string, Pick<Field, 'kind' | 'label'> & { target?: string }>;

/** Column name of a field: camelCase becomes snake_case. */
export const columnName = (fieldName: string): string => fieldName.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** PostgreSQL type of a field kind. */
export function columnType(kind: Field['kind']): string {
  switch (kind) {
    case 'date':
      return 'date';
    case 'instant':
      return 'timestamptz';
    case 'integer':
      return 'integer';
    case 'decimal':
    case 'quantity':
    case 'money':
      return 'numeric';
    case 'boolean':
      return 'boolean';
    case 'textList':
      return 'text[]';
    default:
      return 'text';
  }
}

/** Table of a line set. */
export const linesTable = (d: AnyDefinition, set: string): string => `${d.table}_${columnName(set)}`;

const sendable = (fields: Fields): [string, Field][] => Object.entries(fields).filter(([, f]) => !f.isDerived);

const schemaOf = (fields: Fields) => z.strictObject(Object.fromEntries(sendable(fields).map(([name, f]) => [name, f.schema])));

const lineSchemaOf = (set: LineSet) =>
  z.strictObject({
    lineNo: z.number().int().min(1).max(1_000_000).optional(),
    ...Object.fromEntries(sendable(set.fields).map(([name, f]) => [name, f.schema])),
  });

const schemas = new WeakMap<AnyDefinition, z.ZodType>();

/** The schema of what a caller sends: header fields and `lines` by line set; derived and unknown fields are refused. */
export function contentSchema(d: AnyDefinition): z.ZodType {
  const known = schemas.get(d);
  if (known) return known;
  const sets = Object.entries(d.lines as Record<string, LineSet>);
  const lines = z.strictObject(Object.fromEntries(sets.map(([name, set]) => [name, z.array(lineSchemaOf(set)).max(set.max).default([])])));
  const made = schemaOf(d.header).extend(sets.length ? { lines: lines.prefault({}) } : { lines: lines.optional() });
  schemas.set(d, made);
  return made;
}

/** Words for what is wrong with a value, by the checks a field can make. */
function issueText(issue: z.core.$ZodIssue, field: Field | undefined): LocalText {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? text('必填', 'required') : text('类型不对', 'wrong type');
    case 'too_small':
      return issue.origin === 'string'
        ? text('必填', 'required')
        : fill(text('不能小于 {min}', 'at least {min}'), { min: String(issue.minimum) });
    case 'too_big':
      return fill(text('最多 {max}', 'at most {max}'), { max: String(issue.maximum) });
    case 'invalid_value':
      return text('不在可选范围内', 'not one of the choices');
    case 'invalid_union': {
      const first = issue.errors[0]?.[0];
      return first ? issueText(first, field) : text('格式不对', 'wrong format');
    }
    case 'invalid_format':
      if (field?.kind === 'money' || field?.kind === 'quantity' || field?.kind === 'decimal') {
        return fill(text('应为数字，最多 {scale} 位小数', 'a number with at most {scale} decimals'), { scale: field.scale ?? 0 });
      }
      return field?.kind === 'date' ? text('应为日期 YYYY-MM-DD', 'a date YYYY-MM-DD') : text('格式不对', 'wrong format');
    default:
      return text('格式不对', 'wrong format');
  }
}

function issueRefusal(d: AnyDefinition, issue: z.core.$ZodIssue): Refusal {
  const path = issue.path;
  const inLines = path[0] === 'lines' && typeof path[1] === 'string';
  const set = inLines ? (d.lines as Record<string, LineSet>)[path[1] as string] : undefined;
  if (set && path.length === 2 && issue.code === 'too_big') {
    return commandRefusals.tooManyLines(
      { label: set.label, max: set.max, count: Array.isArray(issue.input) ? issue.input.length : set.max + 1 },
      { lines: String(path[1]) },
    );
  }
  const target = inLines
    ? {
        lines: String(path[1]),
        line: typeof path[2] === 'number' ? path[2] + 1 : undefined,
        field: path[3] === undefined ? undefined : String(path[3]),
      }
    : { field: path[0] === undefined ? undefined : String(path[0]) };
  if (issue.code === 'unrecognized_keys') {
    return commandRefusals.unknownField({ name: issue.keys.join(', ') }, target);
  }
  const field = (set ? set.fields[target.field ?? ''] : d.header[target.field ?? '']) as Field | undefined;
  return commandRefusals.inputInvalid({ label: field?.label ?? target.field ?? d.label, problem: issueText(issue, field) }, target);
}

/** Checks and normalises sent content: every problem becomes a refusal that points at its field and line. */
export function parseContent(d: AnyDefinition, content: unknown): { content: any; refusals: Refusal[] } {
  const parsed = contentSchema(d).safeParse(content ?? {}, { reportInput: true });
  if (!parsed.success) return { content: undefined, refusals: parsed.error.issues.slice(0, 200).map((issue) => issueRefusal(d, issue)) };
  const refusals: Refusal[] = [];
  const lines = (parsed.data as { lines?: Record<string, { lineNo?: number }[]> }).lines ?? {};
  for (const [name, set] of Object.entries(d.lines as Record<string, LineSet>)) {
    numberLines(lines[name] ?? []);
    if ((lines[name] ?? []).length < set.min) {
      refusals.push(commandRefusals.tooFewLines({ label: set.label, min: set.min }, { lines: name }));
    }
  }
  return { content: { ...(parsed.data as object), lines }, refusals };
}

/** Gives every line a number: kept where the caller sent a free one, else the next. */
function numberLines(lines: { lineNo?: number }[]): void {
  const taken = new Set<number>();
  for (const line of lines) {
    if (line.lineNo !== undefined && taken.has(line.lineNo)) delete line.lineNo;
    if (line.lineNo !== undefined) taken.add(line.lineNo);
  }
  let next = 1;
  for (const line of lines) {
    if (line.lineNo !== undefined) continue;
    while (taken.has(next)) next += 1;
    line.lineNo = next;
    taken.add(next);
  }
  lines.sort((a, b) => (a.lineNo ?? 0) - (b.lineNo ?? 0));
}

/** Every reference in a document, with where it stands. */
export function referencesOf(d: AnyDefinition, doc: any): { id: string; field: Field; name: string; lines?: string; line?: number }[] {
  const found: { id: string; field: Field; name: string; lines?: string; line?: number }[] = [];
  const refs = (fields: Fields) => Object.entries(fields).filter(([, f]) => f.kind === 'ref');
  for (const [name, f] of refs(d.header)) if (doc[name]) found.push({ id: doc[name], field: f, name });
  for (const [set, { fields }] of Object.entries(d.lines as Record<string, LineSet>)) {
    const inLine = refs(fields);
    for (const line of doc.lines?.[set] ?? []) {
      for (const [name, f] of inLine) if (line[name]) found.push({ id: line[name], field: f, name, lines: set, line: line.lineNo });
    }
  }
  return found;
}
