/** Where a grant holds: everywhere (`'*'`) or only for these. */
export type ScopeSet = '*' | readonly string[];

/** One permission as granted to an actor, with the data it reaches. */
export interface Grant {
  readonly permission: string;
  readonly entityIds: ScopeSet;
  readonly warehouseIds: ScopeSet;
  readonly regions: ScopeSet;
  /** Reaches only records the actor made. */
  readonly isOwnOnly: boolean;
}

/** Who is acting, with everything needed to decide permissions without another query. */
export interface Actor {
  readonly kind: 'user' | 'service' | 'system';
  readonly id: string;
  readonly name: string;
  readonly sessionId: string | null;
  readonly grants: readonly Grant[];
}

/** The data an actor reaches with one permission: the union of the grants that hold it. */
export interface DataScope {
  readonly entityIds: ScopeSet;
  readonly warehouseIds: ScopeSet;
  readonly regions: ScopeSet;
  readonly ownOnlyFor: string | null;
}

const union = (sets: readonly ScopeSet[]): ScopeSet => (sets.includes('*') ? '*' : [...new Set(sets.flatMap((s) => (s === '*' ? [] : s)))]);

/** Whether a granted name covers a permission: itself, everything (`*`), a module (`finance.*`), or one verb everywhere (`*.view`). */
export const covers = (granted: string, permission: string): boolean =>
  granted === permission ||
  granted === '*' ||
  (granted.endsWith('.*') && permission.startsWith(granted.slice(0, -1))) ||
  (granted.startsWith('*.') && permission.endsWith(granted.slice(1)));

/** The data scope of a permission, or undefined where the actor does not hold it anywhere. */
export function scopeOf(actor: Actor, permission: string): DataScope | undefined {
  const grants = actor.grants.filter((g) => covers(g.permission, permission));
  if (grants.length === 0) return undefined;
  return {
    entityIds: union(grants.map((g) => g.entityIds)),
    warehouseIds: union(grants.map((g) => g.warehouseIds)),
    regions: union(grants.map((g) => g.regions)),
    ownOnlyFor: grants.every((g) => g.isOwnOnly) ? actor.id : null,
  };
}

export const reaches = (scope: ScopeSet, id: string | null): boolean => scope === '*' || id === null || scope.includes(id);

/** Whether the actor holds a permission in an entity (null: anywhere). */
export function can(actor: Actor, permission: string, entityId: string | null = null): boolean {
  const scope = scopeOf(actor, permission);
  return scope !== undefined && reaches(scope.entityIds, entityId);
}
