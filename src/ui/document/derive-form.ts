import type { AnyDefinition } from '#kernel/document/definition.ts';
import { fieldsOf, isBlankRow, lineSetsOf, type FormContent, type FormRow } from './form-content.ts';
import { rowErrors } from './form-errors.ts';

type Row = Readonly<Record<string, unknown>>;

/** Keeps the head of the document the server knows; a new one has none yet. */
const blankHead = { id: '', entityId: null, number: null, state: 'draft', version: 0, createdBy: '', createdAt: '', updatedAt: '' };

/**
 * Computed fields while typing, by the definition's own `derive`. Lines that are not valid yet stay out, as derive may rely on
 * valid values; when it cannot work on what is there, the computed fields keep their last values.
 */
export function derivedForm(definition: AnyDefinition, form: FormContent, head: Row = {}): FormContent {
  if (!definition.derive) return form;
  const used: Record<string, FormRow[]> = {};
  const lines: Record<string, Row[]> = {};
  for (const [name, set] of lineSetsOf(definition)) {
    const valid = (form.lines[name] ?? []).filter((row) => !isBlankRow(set, row) && Object.keys(rowErrors(set, row)).length === 0);
    used[name] = valid;
    lines[name] = valid.map((row, i) => ({ ...row.values, lineNo: i + 1 }));
  }
  try {
    const derived = definition.derive({ ...blankHead, ...head, ...form.header, lines }) as Row & { lines?: Record<string, readonly Row[]> };
    return { header: withHeader(definition, form.header, derived), lines: withLines(definition, form, used, derived.lines) };
  } catch {
    return form;
  }
}

function withHeader(definition: AnyDefinition, header: Row, derived: Row): Row {
  const changed = fieldsOf(definition).filter(([name, f]) => f.isDerived && name in derived && derived[name] !== header[name]);
  return changed.length ? { ...header, ...Object.fromEntries(changed.map(([name]) => [name, derived[name]])) } : header;
}

function withLines(
  definition: AnyDefinition,
  form: FormContent,
  used: Readonly<Record<string, readonly FormRow[]>>,
  derived: Readonly<Record<string, readonly Row[]>> | undefined,
): FormContent['lines'] {
  if (!derived) return form.lines;
  const result: Record<string, readonly FormRow[]> = { ...form.lines };
  for (const [name, set] of lineSetsOf(definition)) {
    const names = Object.entries(set.fields)
      .filter(([, f]) => f.isDerived)
      .map(([n]) => n);
    const answers = derived[name];
    if (!answers || names.length === 0) continue;
    const byKey = new Map((used[name] ?? []).map((row, i) => [row.key, answers[i]] as const));
    result[name] = (form.lines[name] ?? []).map((row) => {
      const answer = byKey.get(row.key);
      // Unchanged rows stay the same object, so that only touched rows are drawn and checked again.
      if (!answer || names.every((n) => answer[n] === row.values[n])) return row;
      return { key: row.key, values: { ...row.values, ...Object.fromEntries(names.map((n) => [n, answer[n] ?? null])) } };
    });
  }
  return result;
}
