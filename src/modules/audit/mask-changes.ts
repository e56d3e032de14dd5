import type { Actor } from '#kernel/access/actor.ts';
import { levelFor, maskValue } from '#kernel/access/masking.ts';
import type { Change } from '#kernel/audit/event.ts';
import type { AnyDefinition, LineSet } from '#kernel/document/definition.ts';
import type { Field, Fields } from '#kernel/document/field.ts';

export type ShownChange = Change & { readonly isMasked?: boolean };

const fieldsOf = (d: AnyDefinition, lines: string | undefined): Fields =>
  lines === undefined ? d.header : ((d.lines as Record<string, LineSet>)[lines]?.fields ?? {});

/** What the ledger keeps under sensitivity classes stays hidden here too: the ledger is no back door to prices or bank accounts. */
export function maskChanges(
  changes: readonly Change[],
  d: AnyDefinition | undefined,
  actor: Actor,
  entityId: string | null,
): ShownChange[] {
  if (!d) return [...changes];
  const shown = (field: Field, value: unknown): unknown => maskValue(field, value, levelFor(actor, field.sensitivity!, entityId));
  const isHidden = (field: Field | undefined): field is Field =>
    field?.sensitivity !== undefined && levelFor(actor, field.sensitivity, entityId) !== 'full';
  return changes.map((change) => {
    const fields = fieldsOf(d, change.lines);
    if (change.field !== '*') {
      const field = fields[change.field];
      return isHidden(field) ? { ...change, old: shown(field, change.old), new: shown(field, change.new), isMasked: true } : change;
    }
    const line = (value: unknown): unknown =>
      value === null || typeof value !== 'object'
        ? value
        : Object.fromEntries(Object.entries(value).map(([name, v]) => [name, isHidden(fields[name]) ? shown(fields[name], v) : v]));
    const isMasked = Object.keys({ ...(change.old as object), ...(change.new as object) }).some((name) => isHidden(fields[name]));
    return { ...change, old: line(change.old), new: line(change.new), ...(isMasked ? { isMasked } : {}) };
  });
}
