import { scopeOf } from '#kernel/access/actor.ts';
import { sql, type Tx } from '#kernel/db/database.server.ts';
import { implementDefinition, type DefinitionServer } from '#kernel/module.server.ts';
import type { ModuleManifest } from '#kernel/module.ts';
import { hasAdministrator, isAdministrativeSql } from '../administrator.server.ts';
import { permissions } from '../permissions.ts';
import { endSessions } from '../session.server.ts';
import { user, type GrantValues, type UserFacts } from './user.ts';

async function storedUser(tx: Tx, id: string): Promise<UserFacts['stored']> {
  const head = await tx.maybe<{ login: string; accountKind: string }>(sql`
    select login, account_kind "accountKind" from access.user_account where id = ${id}`);
  if (!head) return undefined;
  const grants = await tx.query<GrantValues>(sql`
    select role_id "roleId", scope_entity_id "scopeEntityId", scope_warehouse_id "scopeWarehouseId", scope_region "scopeRegion",
      is_own_only "isOwnOnly", valid_from "validFrom", valid_until "validUntil"
    from access.user_account_grants where document_id = ${id} order by line_no`);
  return { ...head, grants };
}

async function rolesOf(tx: Tx, ids: readonly string[]): Promise<UserFacts['roles']> {
  const rows = await tx.query<{ id: string; zh: string; en: string; permissions: string[]; isAdministrative: boolean }>(sql`
    select r.id, r.name_zh zh, r.name_en en, r.permissions, ${isAdministrativeSql} "isAdministrative"
    from access.role r where r.id = any(${[...ids]}::text[]) and r.state = 'active'`);
  return new Map(
    rows.map((r) => [r.id, { name: { zh: r.zh, en: r.en }, permissions: r.permissions, isAdministrative: r.isAdministrative }]),
  );
}

export const userServer = (manifests: () => readonly ModuleManifest[]): DefinitionServer =>
  implementDefinition(user, {
    facts: async (tx, doc, context) => {
      const stored = await storedUser(tx, doc.id);
      const roleIds = [...(stored?.grants ?? []), ...(doc.lines.grants ?? [])].map((g) => g.roleId);
      return {
        stored,
        roles: await rolesOf(tx, roleIds),
        conflicts: manifests().flatMap((m) => m.conflicts),
        grantScope: scopeOf(context.actor, permissions.grant)?.entityIds,
        hasOtherAdministrator: await hasAdministrator(tx, { userId: doc.id }),
      };
    },
    // An account that ends takes its sessions and keys with it: they do not come back when it is activated again.
    after: async (tx, doc, context, action) => {
      if (action !== 'deactivate') return;
      await endSessions(tx, context, { userId: doc.id });
      await tx.query(sql`
        update access.api_key set revoked_at = ${context.system.clock.now()}, revoked_by = ${context.actor.id}
        where user_id = ${doc.id} and revoked_at is null`);
    },
  });
