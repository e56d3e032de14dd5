import { createHash } from 'node:crypto';
import type { AnyDefinition, LineSet } from './definition.ts';
import type { Fields } from './field.ts';

/** JSON with sorted keys: the same content gives the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );
}

export const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');

const entered = (fields: Fields, values: any): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, f]) => !f.isDerived)
      .map(([name]) => [name, values[name] ?? null]),
  );

/** What an electronic signature is bound to: everything a person entered, lines included (21 CFR 11.70). */
export function contentHash(d: AnyDefinition, doc: any): string {
  const lines = Object.entries(d.lines as Record<string, LineSet>).map(([name, set]) => [
    name,
    (doc.lines?.[name] ?? []).map((line: any) => ({ lineNo: line.lineNo, ...entered(set.fields, line) })),
  ]);
  return sha256(canonicalJson({ kind: d.kind, id: doc.id, ...entered(d.header, doc), lines: Object.fromEntries(lines) }));
}
