import type { Refusal } from '#kernel/command/refusal.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import type { Context, System } from '#kernel/http/context.server.ts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { lockedOut, tooManyRequests } from './refusals.ts';

/** Wrong attempts for a login from one address before the first lock; each one more doubles it. */
const FAILURES_MAX = 5;
const LOCK_SECONDS = 60;
const LOCK_SECONDS_MAX = 3600;
/** Attempts for a login in an hour, over all addresses it is not known at. */
const STRANGERS_MAX = 50;
/** An address is known to a login for this long after it signed in there. */
const KNOWN_DAYS = 30;
/** Attempts older than this count no more. */
const FORGET_HOURS = 24;

/** Who is trying: the address is what the request says, or nothing. */
type Origin = Pick<Context, 'system' | 'ip'>;

const EVERYWHERE = '*';
const addressOf = (origin: Origin): string => origin.ip ?? '';

/** Thrown to take the attempt at the address back where the count over all addresses refuses it. */
class TooManyStrangers extends Error {}

/** Counts at one address; nothing comes back where the login is locked there. */
const countHere = (tx: Tx, login: string, address: string, now: Date) =>
  tx.maybe(sql`
    insert into access.login_attempt as a (login, address, failures, last_at, since) values (${login}, ${address}, 1, ${now}, ${now})
    on conflict (login, address) do update set
      failures = case when a.last_at < ${now}::timestamptz - make_interval(hours => ${FORGET_HOURS}) then 1 else a.failures + 1 end,
      last_at = ${now},
      locked_until = case
        when a.last_at < ${now}::timestamptz - make_interval(hours => ${FORGET_HOURS}) or a.failures + 1 < ${FAILURES_MAX} then null
        else ${now}::timestamptz + make_interval(secs =>
          least(${LOCK_SECONDS_MAX}, ${LOCK_SECONDS} * power(2, least(a.failures + 1 - ${FAILURES_MAX}, 10)))) end
    where a.locked_until is null or a.locked_until <= ${now}
    returning failures`);

/** Counts over all addresses, by the hour; nothing comes back where the hour's attempts are used up. */
const countEverywhere = (tx: Tx, login: string, now: Date) =>
  tx.maybe(sql`
    insert into access.login_attempt as a (login, address, failures, last_at, since) values (${login}, ${EVERYWHERE}, 1, ${now}, ${now})
    on conflict (login, address) do update set
      failures = case when a.since <= ${now}::timestamptz - interval '1 hour' then 1 else a.failures + 1 end,
      since = case when a.since <= ${now}::timestamptz - interval '1 hour' then ${now} else a.since end,
      last_at = ${now},
      locked_until = case when a.since > ${now}::timestamptz - interval '1 hour' and a.failures + 1 >= ${STRANGERS_MAX}
        then a.since + interval '1 hour' end
    where a.since <= ${now}::timestamptz - interval '1 hour' or a.failures < ${STRANGERS_MAX}
    returning failures`);

/** Whether somebody signed in with this login at this address lately. An unknown login or address is known nowhere. */
const isKnownHere = async (tx: Tx, login: string, address: string, now: Date): Promise<boolean> =>
  (await tx.maybe(sql`
    select 1 from access.session s join access.user_account u on u.id = s.user_id
    where u.login = ${login} and s.ip = ${address} and s.created_at > ${now}::timestamptz - make_interval(days => ${KNOWN_DAYS}) limit 1`)) !==
  undefined;

/**
 * Counts an attempt for a login at an address before it is checked, so that a hundred guesses at once are still five; refuses where the
 * login is locked there, or where too many strangers try it. An address the login is known at is counted for itself alone, so that
 * nobody locks a person out of their own place. Works the same for logins nobody has. A right attempt takes the count back with
 * `forgetAttempts`.
 */
export async function beginAttempt(origin: Origin, login: string): Promise<Refusal | undefined> {
  const { system } = origin;
  const [now, address] = [system.clock.now(), addressOf(origin)];
  try {
    const isCounted = await system.db.write(systemScope, async (tx) => {
      if (!(await countHere(tx, login, address, now))) return false;
      if (!(await isKnownHere(tx, login, address, now)) && !(await countEverywhere(tx, login, now))) throw new TooManyStrangers();
      return true;
    });
    return isCounted ? undefined : await lockedFor(origin, login, address);
  } catch (error) {
    if (!(error instanceof TooManyStrangers)) throw error;
    return await lockedFor(origin, login, EVERYWHERE);
  }
}

async function lockedFor({ system }: Origin, login: string, address: string): Promise<Refusal> {
  const row = await system.db.read(systemScope, (tx) =>
    tx.maybe<{ until: string | null }>(
      sql`select locked_until until from access.login_attempt where login = ${login} and address = ${address}`,
    ),
  );
  const seconds = row?.until ? (new Date(row.until).getTime() - system.clock.now().getTime()) / 1000 : LOCK_SECONDS;
  return lockedOut({ minutes: Math.max(1, Math.ceil(seconds / 60)) });
}

/** Until when a login is locked anywhere, in the past where it was. */
export const lockOf = async (tx: Tx, login: string): Promise<string | null> =>
  (await tx.one<{ until: string | null }>(sql`select max(locked_until) until from access.login_attempt where login = ${login}`)).until;

/** Ends the count at the address of a right attempt, and takes that one attempt back from the count over all addresses. */
export async function forgetAttempts(tx: Tx, origin: Origin, login: string): Promise<void> {
  const address = addressOf(origin);
  await tx.query(sql`delete from access.login_attempt where login = ${login} and address = ${address}`);
  if (await isKnownHere(tx, login, address, origin.system.clock.now())) return;
  await tx.query(sql`
    update access.login_attempt set failures = greatest(failures - 1, 0), locked_until = null
    where login = ${login} and address = ${EVERYWHERE}`);
}

/** Ends every count of a login: an administrator unlocks it. */
export const forgetAllAttempts = (tx: Tx, login: string): Promise<unknown> =>
  tx.query(sql`delete from access.login_attempt where login = ${login}`);

export const forgetOldAttempts = (tx: Tx, now: Date): Promise<unknown> =>
  tx.query(sql`delete from access.login_attempt where last_at < ${now}::timestamptz - make_interval(hours => ${FORGET_HOURS})`);

/** Log-in requests one address may make in a minute, right or wrong, before it has to wait. */
const REQUESTS_PER_MINUTE = 60;
const byAddress = new WeakMap<System, RateLimiterMemory>();

/** Slows down one address trying many logins. Counted per process: coarse on purpose, the locks by login are the exact ones. */
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
