import { covers } from '#kernel/access/actor.ts';
import type { Refusal } from '#kernel/command/refusal.ts';
import type { LocalText } from '#kernel/i18n/text.ts';
import type { ModuleManifest } from '#kernel/module.ts';
import { dutiesAreSeparate } from './refusals.ts';

export type Conflict = ModuleManifest['conflicts'][number];

/** A role as one person holds it, with the days it holds (null: without limit). */
export interface HeldRole {
  readonly name: LocalText;
  readonly permissions: readonly string[];
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

const holds = (role: HeldRole, permission: string): boolean => role.permissions.some((granted) => covers(granted, permission));

const overlap = (a: HeldRole, b: HeldRole): boolean =>
  (a.validFrom === null || b.validUntil === null || a.validFrom <= b.validUntil) &&
  (b.validFrom === null || a.validUntil === null || b.validFrom <= a.validUntil);

/**
 * Pairs of roles that one person may not hold on the same day, each pair named once per conflict; a role that holds both sides conflicts
 * with itself. The company a grant is limited to does not matter: a person is one person in all of them.
 */
export function refuseConflicts(roles: readonly HeldRole[], conflicts: readonly Conflict[], today: string): Refusal[] {
  const current = roles.filter((role) => role.validUntil === null || role.validUntil >= today);
  const refused = new Map<string, Refusal>();
  for (const { permissions, reason } of conflicts) {
    const [one, other] = permissions;
    for (const first of current.filter((role) => holds(role, one))) {
      for (const second of current.filter((role) => holds(role, other) && overlap(first, role))) {
        const key = [...[first.name.en, second.name.en].toSorted(), ...permissions].join('\n');
        refused.set(
          key,
          dutiesAreSeparate({ first: first.name, second: second.name, reason, permissions: `${one} ≠ ${other}` }, { lines: 'grants' }),
        );
      }
    }
  }
  return [...refused.values()];
}
