import type { PeoplePort } from '#kernel/access/ports.server.ts';
import { sql } from '#kernel/db/database.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import { actorOf } from './authentication.server.ts';
import { isInForce } from './grant-period.server.ts';

/** Questions about people, answered from users, roles and substitutions. */
export function createPeople(system: System): PeoplePort {
  return {
    holdersOf: (tx, permission, entityId) => {
      const now = system.clock.now();
      return tx.query<{ id: string; name: string }>(sql`
        select u.id, u.name from access.user_account u
        where u.state = 'active' and u.account_kind = 'person' and exists (
          select from access.user_account_grants g
          join access.role r on r.id = g.role_id and r.state = 'active'
          cross join lateral unnest(r.permissions) as held (name)
          where g.document_id = u.id
            and (held.name = ${permission} or held.name = '*' or (held.name like '%.*' and starts_with(${permission}, left(held.name, -1)))
              or (held.name like '*.%' and right(${permission}, length(held.name) - 1) = right(held.name, -1)))
            and (${entityId}::text is null or g.scope_entity_id is null or g.scope_entity_id = ${entityId})
            and ${isInForce(now)})
        order by u.name, u.id limit 1000`);
    },
    holdersOfRole: (tx, roleId, entityId) => {
      const now = system.clock.now();
      return tx.query<{ id: string; name: string }>(sql`
        select u.id, u.name from access.user_account u
        where u.state = 'active' and u.account_kind = 'person' and exists (
          select from access.user_account_grants g
          join access.role r on r.id = g.role_id and r.state = 'active'
          where g.document_id = u.id and g.role_id = ${roleId}
            and (${entityId}::text is null or g.scope_entity_id is null or g.scope_entity_id = ${entityId})
            and ${isInForce(now)})
        order by u.name, u.id limit 1000`);
    },
    substitutesFor: async (tx, userIds, day) => {
      const rows = await tx.query<{ user_id: string; ids: string[] }>(sql`
        select s.user_id, array_agg(distinct s.substitute_id order by s.substitute_id) ids
        from access.substitution s join access.user_account u on u.id = s.substitute_id and u.state = 'active'
        where s.user_id = any(${[...userIds]}::text[]) and s.ended_at is null and ${day}::date between s.from_day and s.until_day
        group by s.user_id`);
      return new Map(rows.map((row) => [row.user_id, row.ids]));
    },
    actorOf: (tx, userId) => actorOf(tx, userId, system.clock.now()),
    namesOf: async (tx, userIds) => {
      const rows = await tx.query<{ id: string; name: string }>(
        sql`select id, name from access.user_account where id = any(${[...userIds]}::text[])`,
      );
      return new Map(rows.map((row) => [row.id, row.name]));
    },
  };
}
