import type { Actor, Grant } from '#kernel/access/actor.ts';
import type { AuthenticationPort, Credentials } from '#kernel/access/ports.server.ts';
import { tokenHash } from '#kernel/access/secret-box.server.ts';
import { sql, systemScope, type Sql, type Tx } from '#kernel/db/database.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import { isInForce } from './grant-period.server.ts';
import { expandGrants, limitGrants, type RoleGrant } from './grants.ts';

/** What is written back of "last seen" may lag this much: a write per request would cost more than the request. */
const SEEN_EVERY_SECONDS = 60;
const EXPANDED_MAX = 500;

/** Grants in force now, as JSON text. */
const grantsOf = (now: Date): Sql => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('permissions', r.permissions, 'entityId', g.scope_entity_id, 'warehouseId', g.scope_warehouse_id,
      'region', g.scope_region, 'isOwnOnly', g.is_own_only) order by g.line_no), '[]')::text
   from access.user_account_grants g
   join access.role r on r.id = g.role_id and r.state = 'active'
   where g.document_id = u.id and ${isInForce(now)})`;

interface SessionRow {
  readonly session_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly must_change: boolean;
  readonly is_stale: boolean;
  readonly grants: string;
}

interface KeyRow {
  readonly key_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly is_stale: boolean;
  readonly grants: string;
}

/** An active user with the grants in force now, without any session. */
export async function actorOf(tx: Tx, userId: string, now: Date): Promise<Actor | undefined> {
  const row = await tx.maybe<{ name: string; account_kind: string; grants: string }>(sql`
    select u.name, u.account_kind, ${grantsOf(now)} grants from access.user_account u where u.id = ${userId} and u.state = 'active'`);
  return (
    row && {
      kind: row.account_kind === 'service' ? 'service' : 'user',
      id: userId,
      name: row.name,
      sessionId: null,
      grants: expandGrants(JSON.parse(row.grants) as RoleGrant[]),
    }
  );
}

/** Recognises sessions and API keys. What is kept between requests is only the parsed form of an answer the database just gave. */
export function createAuthentication(system: System): AuthenticationPort {
  const expanded = new Map<string, readonly Grant[]>();
  const grantsFrom = (json: string): readonly Grant[] => {
    const known = expanded.get(json);
    if (known) return known;
    if (expanded.size >= EXPANDED_MAX) expanded.clear();
    const grants = expandGrants(JSON.parse(json) as RoleGrant[]);
    expanded.set(json, grants);
    return grants;
  };

  const bySession = async (token: string, isBackground: boolean): Promise<Actor | undefined> => {
    const now = system.clock.now();
    const row = await system.db.read(systemScope, (tx) =>
      tx.maybe<SessionRow>(sql`
      select s.session_id, u.id user_id, u.name, coalesce(c.must_change, false) must_change,
        s.last_seen_at < ${now}::timestamptz - make_interval(secs => ${SEEN_EVERY_SECONDS}) is_stale, ${grantsOf(now)} grants
      from access.session s
      join access.user_account u on u.id = s.user_id and u.state = 'active'
      left join access.credential c on c.user_id = u.id and s.kind = 'password'
      where s.token_hash = ${tokenHash(token)} and s.revoked_at is null and s.expires_at > ${now}
        and s.last_seen_at + make_interval(secs => s.idle_seconds) > ${now}`),
    );
    if (!row) return undefined;
    if (row.is_stale && !isBackground) {
      await system.db.write(systemScope, (tx) =>
        tx.query(sql`update access.session set last_seen_at = ${now} where session_id = ${row.session_id}`),
      );
    }
    // With an issued password nothing is allowed but choosing one's own.
    const grants = row.must_change ? [] : grantsFrom(row.grants);
    return { kind: 'user', id: row.user_id, name: row.name, sessionId: row.session_id, grants };
  };

  const byKey = async (token: string): Promise<Actor | undefined> => {
    if (!token.startsWith('mt_')) return undefined;
    const now = system.clock.now();
    const row = await system.db.read(systemScope, (tx) =>
      tx.maybe<KeyRow>(sql`
      select k.key_id, u.id user_id, u.name, k.scopes,
        coalesce(k.last_used_at, '-infinity') < ${now}::timestamptz - make_interval(secs => ${SEEN_EVERY_SECONDS}) is_stale, ${grantsOf(now)} grants
      from access.api_key k
      join access.user_account u on u.id = k.user_id and u.state = 'active' and u.account_kind = 'service'
      where k.token_hash = ${tokenHash(token)} and k.revoked_at is null and k.expires_at > ${now}`),
    );
    if (!row) return undefined;
    if (row.is_stale) {
      await system.db.write(systemScope, (tx) =>
        tx.query(sql`update access.api_key set last_used_at = ${now} where key_id = ${row.key_id}`),
      );
    }
    return {
      kind: 'service',
      id: row.user_id,
      name: row.name,
      sessionId: row.key_id,
      grants: limitGrants(grantsFrom(row.grants), row.scopes),
    };
  };

  return {
    authenticate: async ({ bearer, cookieToken, isBackground }: Credentials) => {
      if (bearer !== undefined) return byKey(bearer);
      return cookieToken === undefined || cookieToken === '' ? undefined : bySession(cookieToken, isBackground ?? false);
    },
  };
}
