import { covers, type Grant } from '#kernel/access/actor.ts';

/** A grant of a role as the database gives it. */
export interface RoleGrant {
  readonly permissions: readonly string[];
  readonly entityId: string | null;
  readonly warehouseId: string | null;
  readonly region: string | null;
  readonly isOwnOnly: boolean;
}

/** One grant per permission, with the data it reaches. */
export const expandGrants = (roles: readonly RoleGrant[]): Grant[] =>
  roles.flatMap((role) => {
    const scope = {
      entityIds: role.entityId === null ? ('*' as const) : [role.entityId],
      warehouseIds: role.warehouseId === null ? ('*' as const) : [role.warehouseId],
      regions: role.region === null ? ('*' as const) : [role.region],
      isOwnOnly: role.isOwnOnly,
    };
    return role.permissions.map((permission) => ({ permission, ...scope }));
  });

/**
 * What an API key may do: what its user holds and its scopes name, both. A scope inside a granted wildcard narrows it; a scope the
 * user does not hold gives nothing.
 */
export const limitGrants = (grants: readonly Grant[], scopes: readonly string[]): Grant[] =>
  grants.flatMap((grant) => {
    if (scopes.some((scope) => covers(scope, grant.permission))) return [grant];
    return scopes.filter((scope) => covers(grant.permission, scope)).map((permission) => ({ ...grant, permission }));
  });
