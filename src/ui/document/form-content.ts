import type { AnyDefinition, LineSet } from '#kernel/document/definition.ts';
import type { Field, Fields } from '#kernel/document/field.ts';

/** One line while it is edited: a key that stays with it, and its values as typed. */
export interface FormRow {
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A document while it is edited: values as typed, valid or not, so that nothing typed is lost. */
export interface FormContent {
  readonly header: Readonly<Record<string, unknown>>;
  readonly lines: Readonly<Record<string, readonly FormRow[]>>;
}

type Row = Readonly<Record<string, unknown>>;

export const fieldsOf = (definition: AnyDefinition): readonly [string, Field][] => Object.entries(definition.header as Fields);
export const lineSetsOf = (definition: AnyDefinition): readonly [string, LineSet][] =>
  Object.entries(definition.lines as Readonly<Record<string, LineSet>>);

const pick = (fields: Fields, from: Row): Row => Object.fromEntries(Object.keys(fields).map((name) => [name, from[name] ?? null]));

/** What the form of a new one begins with: initial values, and today where the day it happened is asked. */
export function newForm(definition: AnyDefinition, today: string): FormContent {
  const header: Record<string, unknown> = {};
  for (const [name, field] of fieldsOf(definition)) {
    const given = field.initial ?? (field.kind === 'boolean' && !field.isOptional ? false : null);
    header[name] = given === null && name === definition.occurredOnField ? today : given;
  }
  const lines = lineSetsOf(definition).map(([name, set]) => [name, Array.from({ length: set.min }, (_, i) => newRow(set, `new-${i}`))]);
  return { header, lines: Object.fromEntries(lines) };
}

export function newRow(set: LineSet, key: string): FormRow {
  const values = Object.entries(set.fields).map(([name, f]) => [name, f.initial ?? (f.kind === 'boolean' && !f.isOptional ? false : null)]);
  return { key, values: Object.fromEntries(values) };
}

/** The form of a document or record as the server answered it. */
export function formOf(definition: AnyDefinition, document: Row): FormContent {
  const stored = (document['lines'] ?? {}) as Readonly<Record<string, readonly Row[]>>;
  const lines = lineSetsOf(definition).map(([name, set]) => [
    name,
    (stored[name] ?? []).map((line, i) => ({ key: `line-${String(line['lineNo'] ?? i + 1)}`, values: pick(set.fields, line) })),
  ]);
  return { header: pick(definition.header as Fields, document), lines: Object.fromEntries(lines) };
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** A line nobody has filled in yet is not sent and not checked. */
export const isBlankRow = (set: LineSet, row: FormRow): boolean =>
  Object.entries(set.fields).every(
    ([name, f]) => f.isDerived || isNothing(row.values[name]) || row.values[name] === (f.initial ?? (f.kind === 'boolean' ? false : null)),
  );

const sendable = (fields: Fields, values: Row): Row =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, f]) => !f.isDerived)
      .map(([name, f]) => [name, normalised(f, values[name])]),
  );

function normalised(field: Field, value: unknown): unknown {
  const read = field.schema.safeParse(value ?? undefined);
  return read.success ? read.data : (value ?? null);
}

/** What is sent to create, amend or change: without computed fields and blank lines. */
export function contentOf(definition: AnyDefinition, form: FormContent): Record<string, unknown> {
  const lines = lineSetsOf(definition).map(([name, set]) => [
    name,
    (form.lines[name] ?? []).filter((row) => !isBlankRow(set, row)).map((row) => sendable(set.fields, row.values)),
  ]);
  return { ...sendable(definition.header as Fields, form.header), ...(lines.length ? { lines: Object.fromEntries(lines) } : {}) };
}

// Rows never change in place: each is put into words once, so that comparing 2 000 lines after every cell costs nothing.
const spelledRows = new WeakMap<FormRow, string>();

function spelled(set: LineSet, row: FormRow): string {
  const known = spelledRows.get(row);
  if (known !== undefined) return known;
  const words = isBlankRow(set, row) ? '' : JSON.stringify(sendable(set.fields, row.values));
  spelledRows.set(row, words);
  return words;
}

/** Whether two forms would be sent alike. */
export function isSameForm(definition: AnyDefinition, a: FormContent, b: FormContent): boolean {
  if (a === b) return true;
  const header = (form: FormContent) => JSON.stringify(sendable(definition.header as Fields, form.header));
  const rows = (set: LineSet, of: readonly FormRow[] | undefined) => (of ?? []).map((row) => spelled(set, row)).filter((w) => w !== '');
  return (
    header(a) === header(b) &&
    lineSetsOf(definition).every(([name, set]) => {
      const left = rows(set, a.lines[name]);
      const right = rows(set, b.lines[name]);
      return left.length === right.length && left.every((words, i) => words === right[i]);
    })
  );
}

/**
 * The definition as somebody sees it who may not see every sensitive value: hidden fields are neither asked, checked nor sent; the
 * server keeps what is stored in them.
 */
export function visibleDefinition(definition: AnyDefinition, canSee: (sensitivity: string) => boolean): AnyDefinition {
  const veil = (fields: Fields): Fields =>
    Object.fromEntries(
      Object.entries(fields).map(([name, f]) => [
        name,
        f.sensitivity !== undefined && !canSee(f.sensitivity) ? { ...f, isDerived: true, isOptional: true } : f,
      ]),
    );
  const lines = lineSetsOf(definition).map(([name, set]) => [name, { ...set, fields: veil(set.fields) }]);
  return { ...definition, header: veil(definition.header as Fields), lines: Object.fromEntries(lines) };
}

export interface Merged {
  readonly form: FormContent;
  /** Fields and line sets that both sides changed differently; they keep what was typed here. */
  readonly contested: readonly string[];
}

/**
 * Puts what was typed here on top of what another person saved meanwhile: what only one side changed is taken from that side.
 * Lines are taken as a whole set, because line numbers on both sides no longer mean the same line.
 */
export function mergeForms(definition: AnyDefinition, base: FormContent, mine: FormContent, theirs: FormContent): Merged {
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  const contested: string[] = [];
  const choose = <T>(name: string, b: T, m: T, t: T, view: (v: T) => unknown): T => {
    if (same(view(m), view(b))) return t;
    if (!same(view(t), view(b)) && !same(view(t), view(m))) contested.push(name);
    return m;
  };
  const header = Object.fromEntries(
    fieldsOf(definition).map(([name, f]) => [
      name,
      f.isDerived ? theirs.header[name] : choose(name, base.header[name], mine.header[name], theirs.header[name], (v) => v),
    ]),
  );
  const values = (rows: readonly FormRow[] | undefined) => (rows ?? []).map((row) => row.values);
  const lines = Object.fromEntries(
    lineSetsOf(definition).map(([name]) => [
      name,
      choose(name, base.lines[name] ?? [], mine.lines[name] ?? [], theirs.lines[name] ?? [], values),
    ]),
  );
  return { form: { header, lines }, contested };
}
