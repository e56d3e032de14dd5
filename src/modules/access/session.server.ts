import { appendEvents } from '#kernel/outbox/append.server.ts';
import { cookieHeader, cookieValue, SESSION_COOKIE } from '#kernel/access/cookie.server.ts';
import { newToken, tokenHash } from '#kernel/access/secret-box.server.ts';
import { sql, type Tx } from '#kernel/db/database.server.ts';
import { newId } from '#kernel/db/id.server.ts';
import type { Context, OperationExtras } from '#kernel/http/context.server.ts';

/** A session ends after this long without a request, and after a working day in any case. */
const IDLE_SECONDS = 60 * 60;
const SESSION_HOURS = 12;

export type SessionKind = 'password' | 'single-sign-on';

/**
 * Opens a session under a new token, whatever cookie the browser brought (session fixation); a session it still had ends. Returns the
 * token for the cookie: only its hash is stored.
 */
export async function openSession(tx: Tx, context: Context, userId: string, kind: SessionKind, cookie: string | undefined) {
  const now = context.system.clock.now();
  const token = newToken();
  const sessionId = newId('ses');
  if (cookie) {
    await tx.query(
      sql`update access.session set revoked_at = ${now}, revoked_by = ${userId} where token_hash = ${tokenHash(cookie)} and revoked_at is null`,
    );
  }
  await tx.query(sql`
    insert into access.session (session_id, token_hash, user_id, kind, created_at, last_seen_at, expires_at, idle_seconds, ip, user_agent)
    values (${sessionId}, ${tokenHash(token)}, ${userId}, ${kind}, ${now}, ${now}, ${now}::timestamptz + make_interval(hours => ${SESSION_HOURS}),
      ${IDLE_SECONDS}, ${context.ip}, ${context.userAgent?.slice(0, 300) ?? null})`);
  return { sessionId, token };
}

export const sessionCookieOf = (extras: OperationExtras): string | undefined =>
  cookieValue(extras.request.headers.get('cookie'), SESSION_COOKIE);

export const sessionCookieHeader = (context: Context, token: string): string =>
  cookieHeader(SESSION_COOKIE, token, { origin: context.system.origin, sameSite: 'Strict' });

export const endedCookieHeader = (context: Context): string =>
  cookieHeader(SESSION_COOKIE, '', { origin: context.system.origin, sameSite: 'Strict', maxAge: 0 });

/** Ends sessions of a user, all or one, but not `except`. Returns how many ended. */
export async function endSessions(
  tx: Tx,
  context: Context,
  which: { readonly userId: string; readonly sessionId?: string; readonly except?: string | null },
): Promise<number> {
  const rows = await tx.query<{ session_id: string }>(sql`
    update access.session set revoked_at = ${context.system.clock.now()}, revoked_by = ${context.actor.id}
    where user_id = ${which.userId} and revoked_at is null
      and (${which.sessionId ?? null}::text is null or session_id = ${which.sessionId ?? null})
      and session_id is distinct from ${which.except ?? null}
    returning session_id`);
  // Open live streams of these sessions end with them.
  await appendEvents(
    tx,
    rows.map((row) => ({ name: 'session.revoked', kind: 'session', recordId: row.session_id, entityId: null })),
  );
  return rows.length;
}

export interface SessionRow {
  readonly sessionId: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly kind: SessionKind;
  readonly isCurrent: boolean;
}

/** The running sessions of a user, the latest first. */
export const runningSessions = (tx: Tx, context: Context, userId: string): Promise<SessionRow[]> => {
  const now = context.system.clock.now();
  return tx.query<SessionRow>(sql`
    select session_id "sessionId", created_at "createdAt", last_seen_at "lastSeenAt", expires_at "expiresAt", ip, user_agent "userAgent", kind,
      session_id is not distinct from ${context.actor.sessionId} "isCurrent"
    from access.session
    where user_id = ${userId} and revoked_at is null and expires_at > ${now}
      and last_seen_at + make_interval(secs => idle_seconds) > ${now}
    order by last_seen_at desc limit 200`);
};
