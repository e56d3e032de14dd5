import type { Refusal } from '#kernel/command/refusal.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { lockedOut, tooManyRequests } from './refusals.ts';

/** Wrong attempts before the first lock; each one more doubles it. */
const FAILURES_MAX = 5;
const LOCK_SECONDS = 60;
const LOCK_SECONDS_MAX = 3600;
/** Attempts older than this count no more. */
const FORGET_HOURS = 24;

/**
 * Counts an attempt for a login before it is checked, so that a hundred guesses at once are still five; refuses where the login is
 * locked. Works the same for logins nobody has. A right attempt takes the count back with `forgetAttempts`.
 */
export async function beginAttempt(system: System, login: string): Promise<Refusal | undefined> {
  const now = system.clock.now();
  const row = await system.db.write(systemScope, (tx) =>
    tx.maybe<{ failures: number }>(sql`
    insert into access.login_attempt as a (login, failures, last_at) values (${login}, 1, ${now})
    on conflict (login) do update set
      failures = case when a.last_at < ${now}::timestamptz - make_interval(hours => ${FORGET_HOURS}) then 1 else a.failures + 1 end,
      last_at = ${now},
      locked_until = case
        when a.last_at < ${now}::timestamptz - make_interval(hours => ${FORGET_HOURS}) or a.failures + 1 < ${FAILURES_MAX} then null
        else ${now}::timestamptz + make_interval(secs =>
          least(${LOCK_SECONDS_MAX}, ${LOCK_SECONDS} * power(2, least(a.failures + 1 - ${FAILURES_MAX}, 10)))) end
    where a.locked_until is null or a.locked_until <= ${now}
    returning failures`),
  );
  if (row) return undefined;
  const lock = await system.db.read(systemScope, (tx) => lockOf(tx, login));
  const seconds = lock ? (new Date(lock).getTime() - now.getTime()) / 1000 : LOCK_SECONDS;
  return lockedOut({ minutes: Math.max(1, Math.ceil(seconds / 60)) });
}

/** Until when a login is locked, in the past where it was. */
export const lockOf = async (tx: Tx, login: string): Promise<string | null> =>
  (await tx.maybe<{ locked_until: string | null }>(sql`select locked_until from access.login_attempt where login = ${login}`))
    ?.locked_until ?? null;

export const forgetAttempts = (tx: Tx, login: string): Promise<unknown> =>
  tx.query(sql`delete from access.login_attempt where login = ${login}`);

export const forgetOldAttempts = (tx: Tx, now: Date): Promise<unknown> =>
  tx.query(sql`delete from access.login_attempt where last_at < ${now}::timestamptz - make_interval(hours => ${FORGET_HOURS})`);

/** Log-in requests one address may make in a minute, right or wrong, before it has to wait. */
const REQUESTS_PER_MINUTE = 60;
const byAddress = new WeakMap<System, RateLimiterMemory>();

/** Slows down one address trying many logins. Counted per process: coarse on purpose, the lock by login is the exact one. */
export async function limitAddress(system: System, ip: string | null): Promise<Refusal | undefined> {
  if (ip === null) return undefined;
  const limiter = byAddress.get(system) ?? new RateLimiterMemory({ points: REQUESTS_PER_MINUTE, duration: 60 });
  byAddress.set(system, limiter);
  try {
    await limiter.consume(ip);
    return undefined;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return tooManyRequests({ seconds: Math.ceil(error.msBeforeNext / 1000) });
  }
}
