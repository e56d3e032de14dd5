import type { AnyDefinition, LineSet } from '../document/definition.ts';
import type { Field, Fields } from '../document/field.ts';
import { can, scopeOf, type Actor, type ScopeSet } from './actor.ts';
import { sensitivityPermission } from './permission.ts';

/** How much of a sensitive value somebody sees. */
export type MaskLevel = 'full' | 'masked' | 'none';
export type LevelOf = (sensitivity: string) => MaskLevel;

/** How much of a sensitivity class an actor sees in an entity (null: group-wide records). */
export function levelFor(actor: Actor, sensitivity: string, entityId: string | null = null): MaskLevel {
  if (can(actor, sensitivityPermission(sensitivity, 'full'), entityId)) return 'full';
  return can(actor, sensitivityPermission(sensitivity, 'masked'), entityId) ? 'masked' : 'none';
}

const SHOWN_SIGNS = 4;

/** One value at a level. Masked texts keep their last four signs where that leaves more hidden than shown; other kinds show nothing. */
export function maskValue(field: Field, value: unknown, level: MaskLevel): unknown {
  if (level === 'full' || value === null || value === undefined) return value;
  if (level === 'none') return null;
  const isWritten = field.kind === 'text' || field.kind === 'code';
  if (!isWritten || typeof value !== 'string') return null;
  return value.length > SHOWN_SIGNS * 2 ? `••••${value.slice(-SHOWN_SIGNS)}` : '••••';
}

const sensitiveIn = (fields: Fields): [string, Field][] => Object.entries(fields).filter(([, f]) => f.sensitivity !== undefined);

function maskFields(fields: Fields, values: Record<string, unknown>, levelOf: LevelOf): Record<string, unknown> {
  const sensitive = sensitiveIn(fields).filter(([name]) => name in values);
  if (sensitive.length === 0) return values;
  const masked = sensitive.map(([name, f]) => [name, maskValue(f, values[name], levelOf(f.sensitivity!))]);
  return { ...values, ...Object.fromEntries(masked) };
}

/** Whether a definition holds anything that masking could hide. */
export const hasSensitive = (d: AnyDefinition): boolean =>
  sensitiveIn(d.header).length > 0 || Object.values(d.lines as Record<string, LineSet>).some((set) => sensitiveIn(set.fields).length > 0);

/** Names of header fields an actor does not see in full: they may be neither filtered, sorted, searched nor summed. */
export const hiddenFields = (d: AnyDefinition, levelOf: LevelOf): string[] =>
  sensitiveIn(d.header)
    .filter(([, f]) => levelOf(f.sensitivity!) !== 'full')
    .map(([name]) => name);

/** A document or list row as somebody with these levels sees it; header and lines. Used by list, detail, export, print, audit and live. */
export function maskRow<R extends Record<string, any>>(d: AnyDefinition, row: R, levelOf: LevelOf): R {
  if (!hasSensitive(d)) return row;
  const masked = maskFields(d.header, row, levelOf);
  if (typeof row['lines'] !== 'object' || row['lines'] === null) return masked as R;
  const lines = Object.entries(row['lines'] as Record<string, Record<string, unknown>[]>).map(([name, of]) => {
    const set = (d.lines as Record<string, LineSet>)[name];
    return [name, set ? of.map((line) => maskFields(set.fields, line, levelOf)) : of];
  });
  return { ...(masked as R), lines: Object.fromEntries(lines) as unknown };
}

function keepHidden(
  fields: Fields,
  stored: Record<string, unknown>,
  sent: Record<string, unknown>,
  levelOf: LevelOf,
): Record<string, unknown> {
  const hidden = sensitiveIn(fields).filter(([, f]) => levelOf(f.sensitivity!) !== 'full');
  return hidden.length === 0 ? sent : { ...sent, ...Object.fromEntries(hidden.map(([name]) => [name, stored[name] ?? null])) };
}

/**
 * Content sent by somebody who does not see everything, with the stored values where they saw a mask: what one cannot see one cannot
 * overwrite. Lines are matched by number; a new line keeps nothing.
 */
export function restoreHidden(d: AnyDefinition, stored: any, content: any, levelOf: LevelOf): any {
  if (!hasSensitive(d) || content === undefined || content === null) return content;
  const restored = keepHidden(d.header, stored, content, levelOf);
  if (!content.lines) return restored;
  const lines = Object.entries(content.lines as Record<string, any[]>).map(([name, of]) => {
    const set = (d.lines as Record<string, LineSet>)[name];
    const before = new Map<number, any>((stored.lines?.[name] ?? []).map((line: any) => [line.lineNo, line]));
    return [name, set ? of.map((line) => keepHidden(set.fields, before.get(line.lineNo) ?? {}, line, levelOf)) : of];
  });
  return { ...restored, lines: Object.fromEntries(lines) };
}

/** A document or row as an actor sees it, by what they hold in the entity it belongs to. */
export const maskForActor = <R extends Record<string, any>>(
  actor: Actor,
  d: AnyDefinition,
  row: R,
  entityId: string | null = row['entityId'] ?? null,
): R => maskRow(d, row, (s) => levelFor(actor, s, entityId));

/** Whether an actor sees a sensitivity class fully in all these entities: only then may a list be filtered, sorted or summed by it. */
export function seesEverywhere(actor: Actor, sensitivity: string, entityIds: ScopeSet): boolean {
  const full = scopeOf(actor, sensitivityPermission(sensitivity, 'full'))?.entityIds;
  if (full === undefined) return false;
  return full === '*' || (entityIds !== '*' && entityIds.every((id) => full.includes(id)));
}
