import type * as z from 'zod';
import type { AnyDefinition, LineSet } from '#kernel/document/definition.ts';
import type { Field, Fields } from '#kernel/document/field.ts';
import type { RefusalWire } from '#kernel/http/wire.ts';
import { fill, text, type LocalText } from '#kernel/i18n/text.ts';
import { isDecimal } from './decimal-text.ts';
import { fieldsOf, isBlankRow, lineSetsOf, type FormContent, type FormRow } from './form-content.ts';

/** Messages by row key and field. */
export type RowErrors = ReadonlyMap<string, Readonly<Record<string, LocalText>>>;

export interface FormErrors {
  readonly header: Readonly<Record<string, LocalText>>;
  readonly lines: Readonly<Record<string, RowErrors>>;
  /** Messages about a line set as a whole. */
  readonly sets: Readonly<Record<string, LocalText>>;
  readonly count: number;
}

const messages = {
  required: text('请填写{label}', '{label} is needed'),
  notListed: text('找不到“{value}”，请从列表中选择', '“{value}” was not found. Choose it from the list.'),
  notDate: text('“{value}”不是日期，请写成 2026-11-22', '“{value}” is no date. Write it as 2026-11-22.'),
  notNumber: text('“{value}”不是数字', '“{value}” is no number'),
  places: text('最多 {scale} 位小数', 'At most {scale} decimal places'),
  negative: text('不能为负数', 'It cannot be negative'),
  digits: text('小数点前最多 14 位', 'At most 14 digits before the point'),
  notWhole: text('请填写整数', 'Enter a whole number'),
  least: text('不能小于 {limit}', 'At least {limit}'),
  most: text('不能大于 {limit}', 'At most {limit}'),
  long: text('最多 {limit} 个字', 'At most {limit} characters'),
  form: text('{label}的格式不正确', '{label} is not written the right way'),
  notChoice: text('“{value}”不在可选项中', '“{value}” is not one of the choices'),
  yesNo: text('请填写“是”或“否”', 'Enter yes or no'),
  fewLines: text('至少需要 {limit} 行', 'At least {limit} lines are needed'),
  manyLines: text('最多 {limit} 行', 'At most {limit} lines'),
};

/** What is wrong with a value, in both languages; undefined when nothing is. */
export function fieldError(field: Field, value: unknown): LocalText | undefined {
  if (field.isDerived) return undefined;
  const read = field.schema.safeParse(value ?? undefined);
  if (read.success) return undefined;
  if (value === null || value === undefined || value === '') return fill(messages.required, { label: field.label });
  return fill(wrongValue(field, value, firstIssue(read.error)), {
    label: field.label,
    value: String(value),
    scale: field.scale ?? 0,
    limit: limitOf(field, firstIssue(read.error)),
  });
}

type Issue = z.core.$ZodIssue;

/** The issue of the value itself, not of the empty alternatives an optional field also has. */
function firstIssue(error: z.ZodError): Issue | undefined {
  const issue = error.issues[0];
  return issue?.code === 'invalid_union' ? issue.errors[0]?.[0] : issue;
}

function limitOf(field: Field, issue: Issue | undefined): string | number {
  if (issue?.code === 'too_small') return Number(issue.minimum);
  if (issue?.code === 'too_big') return Number(issue.maximum);
  return field.max ?? 0;
}

function wrongValue(field: Field, value: unknown, issue: Issue | undefined): LocalText {
  switch (field.kind) {
    case 'ref':
      return messages.notListed;
    case 'date':
    case 'instant':
      return messages.notDate;
    case 'decimal':
    case 'quantity':
    case 'money':
      return wrongDecimal(field, value);
    case 'integer':
      return wrongInteger(value, issue);
    case 'boolean':
      return messages.yesNo;
    case 'choice':
      return messages.notChoice;
    case 'text':
    case 'code':
    case 'longText':
    case 'textList':
      return issue?.code === 'too_big' ? messages.long : messages.form;
    default:
      return field.kind satisfies never;
  }
}

function wrongDecimal(field: Field, value: unknown): LocalText {
  if (!isDecimal(value)) return messages.notNumber;
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  if (fraction.length > (field.scale ?? 6)) return messages.places;
  return whole.length > 14 ? messages.digits : messages.negative;
}

function wrongInteger(value: unknown, issue: Issue | undefined): LocalText {
  if (typeof value !== 'number') return messages.notNumber;
  if (issue?.code === 'too_small') return messages.least;
  return issue?.code === 'too_big' ? messages.most : messages.notWhole;
}

// Rows never change in place, so what was found out about one holds as long as it lives: 2 000 lines are checked once.
const knownRows = new WeakMap<FormRow, Readonly<Record<string, LocalText>>>();

export function rowErrors(set: LineSet, row: FormRow): Readonly<Record<string, LocalText>> {
  const known = knownRows.get(row);
  if (known) return known;
  const found = isBlankRow(set, row) ? {} : errorsIn(Object.entries(set.fields), row.values);
  knownRows.set(row, found);
  return found;
}

function errorsIn(fields: readonly (readonly [string, Field])[], values: Readonly<Record<string, unknown>>): Record<string, LocalText> {
  const found: Record<string, LocalText> = {};
  for (const [name, f] of fields) {
    const message = fieldError(f, values[name]);
    if (message) found[name] = message;
  }
  return found;
}

/** Everything the fields' own checks say about a form, before it is sent. */
export function formErrors(definition: AnyDefinition, form: FormContent): FormErrors {
  const header = errorsIn(fieldsOf(definition), form.header);
  const lines: Record<string, RowErrors> = {};
  const sets: Record<string, LocalText> = {};
  let count = Object.keys(header).length;
  for (const [name, set] of lineSetsOf(definition)) {
    const rows = form.lines[name] ?? [];
    const wrong = new Map(rows.map((row) => [row.key, rowErrors(set, row)] as const).filter(([, e]) => Object.keys(e).length > 0));
    const filled = rows.filter((row) => !isBlankRow(set, row)).length;
    if (filled < set.min) sets[name] = fill(messages.fewLines, { limit: set.min });
    if (filled > set.max) sets[name] = fill(messages.manyLines, { limit: set.max });
    lines[name] = wrong;
    for (const e of wrong.values()) count += Object.keys(e).length;
  }
  return { header, lines, sets, count: count + Object.keys(sets).length };
}

/** Puts the server's refusals where they belong: at the field, at the cell, or nowhere (then only the summary says them). */
export function pointAt(definition: AnyDefinition, form: FormContent, refusals: readonly RefusalWire[]): FormErrors {
  const header: Record<string, LocalText> = {};
  const lines: Record<string, Map<string, Record<string, LocalText>>> = {};
  const sets: Record<string, LocalText> = {};
  const fields = definition.header as Fields;
  for (const r of refusals) {
    const said = { zh: `${r.text.zh} ${r.wayOut.zh}`, en: `${r.text.en} ${r.wayOut.en}` };
    if (r.lines === undefined) {
      if (r.field !== undefined && r.field in fields) header[r.field] = said;
      continue;
    }
    const row = r.line === undefined ? undefined : sentRows(definition, form, r.lines)[r.line - 1];
    if (!row) {
      sets[r.lines] = said;
      continue;
    }
    const set = (lines[r.lines] ??= new Map<string, Record<string, LocalText>>());
    set.set(row.key, { ...set.get(row.key), [r.field ?? '']: said });
  }
  return { header, lines, sets, count: refusals.length };
}

/** Rows in the order they were sent: the server counts without the blank ones. */
function sentRows(definition: AnyDefinition, form: FormContent, name: string): readonly FormRow[] {
  const set = (definition.lines as Readonly<Record<string, LineSet>>)[name];
  const rows = form.lines[name] ?? [];
  return set ? rows.filter((row) => !isBlankRow(set, row)) : rows;
}
