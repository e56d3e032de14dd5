import type { AnyDefinition } from '../document/definition.ts';
import type { Fields } from '../document/field.ts';
import type { Change } from './event.ts';

type Content = Readonly<Record<string, unknown>>;
type NumberedLine = Content & { readonly lineNo: number };

const stored = (value: unknown): unknown => value ?? null;
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

function changedValues(before: Content, after: Content, fields: Fields): Change[] {
  return Object.keys(fields).flatMap((field) => {
    const [old, now] = [stored(before[field]), stored(after[field])];
    return isSame(old, now) ? [] : [{ field, old, new: now }];
  });
}

/** The values of a whole line; empty ones are left out. */
const filled = (line: Content, fields: Fields): Content =>
  Object.fromEntries(Object.keys(fields).flatMap((name) => (stored(line[name]) === null ? [] : [[name, line[name]]])));

function changedLines(set: string, before: readonly NumberedLine[], after: readonly NumberedLine[], fields: Fields): Change[] {
  const olds = new Map(before.map((line) => [line.lineNo, line]));
  const news = new Map(after.map((line) => [line.lineNo, line]));
  const numbers = [...new Set([...olds.keys(), ...news.keys()])].toSorted((a, b) => a - b);
  return numbers.flatMap((line): Change[] => {
    const [old, now] = [olds.get(line), news.get(line)];
    if (old && now) return changedValues(old, now, fields).map((change) => ({ ...change, lines: set, line }));
    return [{ field: '*', lines: set, line, old: old ? filled(old, fields) : null, new: now ? filled(now, fields) : null }];
  });
}

const linesOf = (content: Content | null, set: string): readonly NumberedLine[] =>
  (content?.['lines'] as Readonly<Record<string, readonly NumberedLine[]>> | undefined)?.[set] ?? [];

/**
 * What changed between two contents of one document or record, field by field; lines are matched by `lineNo`. `before` is null for a
 * new one. Nothing is shortened: the old value must stay readable as long as the record (21 CFR 11.10(e)).
 */
export function diffContent(before: Content | null, after: Content, definition: AnyDefinition): Change[] {
  const sets = definition.lines as Readonly<Record<string, { readonly fields: Fields }>>;
  return [
    ...changedValues(before ?? {}, after, definition.header),
    ...Object.entries(sets).flatMap(([set, { fields }]) => changedLines(set, linesOf(before, set), linesOf(after, set), fields)),
  ];
}
