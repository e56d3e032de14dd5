import { can } from '#kernel/access/actor.ts';
import { sql, type Tx } from '#kernel/db/database.server.ts';
import { implementDefinition, type DefinitionServer } from '#kernel/module.server.ts';
import type { ModuleManifest } from '#kernel/module.ts';
import { hasAdministrator, isAdministrativeSql } from '../administrator.server.ts';
import { permissionCatalogue } from '../permission-catalogue.ts';
import { permissions } from '../permissions.ts';
import type { HeldRole } from '../separation-of-duties.ts';
import { role, type RoleFacts } from './role.ts';

interface HolderRow extends HeldRole {
  readonly userId: string;
  readonly isThis: boolean;
}

/** Every grant of everybody who holds the role, once per person and period of it. */
async function holdersOf(tx: Tx, roleId: string): Promise<{ userIds: string[]; holders: RoleFacts['holders'] }> {
  const rows = await tx.query<HolderRow>(sql`
    select g.document_id "userId", g.role_id = ${roleId} "isThis", jsonb_build_object('zh', r.name_zh, 'en', r.name_en) as name, r.permissions,
      g.valid_from "validFrom", g.valid_until "validUntil"
    from access.user_account_grants g join access.role r on r.id = g.role_id
    join access.user_account u on u.id = g.document_id and u.state = 'active'
    where g.document_id in (select document_id from access.user_account_grants where role_id = ${roleId})
      and (r.state = 'active' or r.id = ${roleId})`);
  const byUser = new Map<string, HolderRow[]>();
  for (const row of rows) byUser.set(row.userId, [...(byUser.get(row.userId) ?? []), row]);
  const holders = [...byUser.values()].flatMap((of) => {
    const others = of.filter((row) => !row.isThis);
    return of.filter((row) => row.isThis).map(({ validFrom, validUntil }) => ({ own: { validFrom, validUntil }, others }));
  });
  return { userIds: [...byUser.keys()], holders };
}

export const roleServer = (manifests: () => readonly ModuleManifest[]): DefinitionServer =>
  implementDefinition(role, {
    facts: async (tx, doc, context) => {
      const stored = await tx.maybe<{ permissions: string[]; is_administrative: boolean }>(sql`
        select r.permissions, ${isAdministrativeSql} and r.state = 'active' is_administrative from access.role r where r.id = ${doc.id}`);
      const { userIds, holders } = await holdersOf(tx, doc.id);
      return {
        known: new Set(permissionCatalogue(manifests()).map((p) => p.name)),
        conflicts: manifests().flatMap((m) => m.conflicts),
        mayGrant: can(context.actor, permissions.grant),
        storedPermissions: stored?.permissions ?? [],
        isHeldByActor: userIds.includes(context.actor.id),
        holders,
        hasOtherAdministrator: await hasAdministrator(tx, { roleId: doc.id }),
        givesAdministration: (stored?.is_administrative ?? false) && (await hasAdministrator(tx)),
      };
    },
  });
