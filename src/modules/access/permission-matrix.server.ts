import { sql, systemScope } from '#kernel/db/database.server.ts';
import { handle, type OperationHandler } from '#kernel/http/context.server.ts';
import type { ModuleManifest } from '#kernel/module.ts';
import { permissionMatrix } from './administration-operations.ts';
import { coveredBy, permissionCatalogue } from './permission-catalogue.ts';

interface RoleRow {
  readonly id: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly permissions: string[];
  readonly holders: number;
}

/** Roles × permissions, wildcards resolved to the permissions they cover today. */
export const permissionMatrixHandler = (manifests: () => readonly ModuleManifest[]): OperationHandler =>
  handle(permissionMatrix, async (context) => {
    const roles = await context.system.db.read(systemScope, (tx) =>
      tx.query<RoleRow>(sql`
      select r.id, r.code, r.name_zh zh, r.name_en en, r.permissions,
        (select count(distinct g.document_id)::int from access.user_account_grants g join access.user_account u on u.id = g.document_id and u.state = 'active'
         where g.role_id = r.id) holders
      from access.role r where r.state = 'active' order by r.code limit 500`),
    );
    const catalogue = permissionCatalogue(manifests());
    const modules = manifests()
      .map((m) => ({
        name: m.name,
        label: m.label,
        permissions: catalogue.filter((p) => p.module === m.name).map(({ name, group, label }) => ({ name, group, label })),
      }))
      .filter((m) => m.permissions.length > 0);
    return {
      modules,
      roles: roles.map(({ id, code, zh, en, permissions, holders }) => ({
        id,
        code,
        name: { zh, en },
        granted: permissions,
        permissions: coveredBy(permissions, catalogue),
        holders,
      })),
      conflicts: manifests()
        .flatMap((m) => m.conflicts)
        .map(({ permissions, reason }) => ({ permissions: [...permissions], reason })),
    };
  });
