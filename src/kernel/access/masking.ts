import type { AnyDefinition, LineSet } from '../document/definition.ts';
import type { Field, Fields } from '../document/field.ts';
import type { LocalText } from '../i18n/text.ts';
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

/** Where somebody sent another value for one they do not see in full. */
export interface HiddenOverwrite {
  readonly label: LocalText;
  readonly field: string;
  readonly lines?: string;
  readonly line?: number;
}

interface Restored {
  readonly content: any;
  readonly overwritten: readonly HiddenOverwrite[];
}

/** Fills the hidden fields of one header or line from what is stored; a mask sent back counts as nothing sent. */
function restoreFields(fields: Fields, stored: any, sent: any, levelOf: LevelOf, at: { lines?: string; line?: number }): Restored {
  const overwritten: HiddenOverwrite[] = [];
  const filled: Record<string, unknown> = {};
  for (const [name, f] of sensitiveIn(fields)) {
    const level = levelOf(f.sensitivity!);
    if (level === 'full' || f.isDerived) continue;
    const was = stored?.[name] ?? null;
    const is = sent[name] ?? null;
    if (is === null || is === maskValue(f, was, level)) filled[name] = was;
    else if (was !== null && is !== was) overwritten.push({ label: f.label, field: name, ...at });
  }
  return { content: { ...sent, ...filled }, overwritten };
}

/** Whether a line still is about the same things: only then does its hidden value still belong to it. */
const isSameLine = (fields: Fields, stored: any, sent: any): boolean =>
  Object.entries(fields).every(([name, f]) => f.kind !== 'ref' || (stored[name] ?? null) === (sent[name] ?? null));

/**
 * Content as it was sent, with the stored values where its sender sees a mask: what one cannot see one cannot overwrite, and need not
 * know. Lines are matched by number, and only while they refer to the same things; a new line keeps nothing.
 */
export function restoreHidden(d: AnyDefinition, stored: any, content: any, levelOf: LevelOf): Restored {
  if (!hasSensitive(d) || typeof content !== 'object' || content === null) return { content, overwritten: [] };
  const header = restoreFields(d.header, stored, content, levelOf, {});
  const overwritten = [...header.overwritten];
  const lines: Record<string, unknown> = {};
  for (const [name, of] of Object.entries((content.lines ?? {}) as Record<string, unknown>)) {
    const set = (d.lines as Record<string, LineSet>)[name];
    const before = new Map<number, any>((stored.lines?.[name] ?? []).map((line: any) => [line.lineNo, line]));
    lines[name] =
      !set || !Array.isArray(of)
        ? of
        : of.map((line: any) => {
            const was = before.get(line?.lineNo);
            if (typeof line !== 'object' || line === null || !was || !isSameLine(set.fields, was, line)) return line;
            const restored = restoreFields(set.fields, was, line, levelOf, { lines: name, line: line.lineNo });
            overwritten.push(...restored.overwritten);
            return restored.content;
          });
  }
  return { content: content.lines ? { ...header.content, lines } : header.content, overwritten };
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
