import { sql, type Sql, type Tx } from '#kernel/db/database.server.ts';
import { permissions } from './permissions.ts';

/** SQL: whether a list of granted names covers a permission; the twin of `covers`. */
export const coversSql = (granted: Sql, permission: string): Sql => sql`
  exists (select from unnest(${granted}) as held (name)
    where held.name = ${permission} or held.name = '*' or (held.name like '%.*' and starts_with(${permission}, left(held.name, -1))))`;

/** SQL: whether role `r` lets its holder administer users and permissions. */
export const isAdministrativeSql: Sql = sql`
  (${coversSql(sql`r.permissions`, permissions.grant)} and ${coversSql(sql`r.permissions`, 'access.user.change')})`;

/** Whether an active person administers the whole group for good, besides one user and not by one role. */
export async function hasAdministrator(tx: Tx, besides: { readonly userId?: string; readonly roleId?: string } = {}): Promise<boolean> {
  // Two administrators removing each other at once must not both see the other one still there; who only looks does not wait.
  await tx.query(sql`
    select case when current_setting('transaction_read_only') = 'off' then pg_advisory_xact_lock(hashtext('access.administrator')) end`);
  const row = await tx.maybe(sql`
    select 1 from access.user_account u
    join access.user_account_grants g on g.document_id = u.id
    join access.role r on r.id = g.role_id and r.state = 'active'
    where u.state = 'active' and u.account_kind = 'person' and g.scope_entity_id is null and not g.is_own_only and g.valid_until is null
      and coalesce(g.valid_from <= access.day_for(clock_timestamp(), null), true)
      and u.id is distinct from ${besides.userId ?? null} and r.id is distinct from ${besides.roleId ?? null} and ${isAdministrativeSql}
    limit 1`);
  return row !== undefined;
}
