import { createHash, randomBytes } from 'node:crypto';
import { secretBox } from '#kernel/access/secret-box.server.ts';
import { sql, type Tx } from '#kernel/db/database.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import { Secret, TOTP } from 'otpauth';

const PURPOSE = 'second-factor-secret';
const STEP_SECONDS = 30;
const RECOVERY_CODES = 10;

const totpOf = (login: string, secret: Secret): TOTP =>
  new TOTP({ issuer: 'MedTrade', label: login, secret, period: STEP_SECONDS, digits: 6 });

/** Recovery codes are random, so a plain hash keeps them. */
const recoveryHash = (code: string): string =>
  createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest('hex');

const newRecoveryCode = (): string =>
  randomBytes(8)
    .toString('hex')
    .replace(/(.{4})(?=.)/g, '$1-');

/** Begins enrolment with a fresh secret; an unconfirmed one is replaced. */
export async function beginSecondFactor(
  tx: Tx,
  system: System,
  user: { id: string; login: string },
): Promise<{ uri: string; secret: string }> {
  const totp = totpOf(user.login, new Secret({ size: 20 }));
  await tx.query(sql`
    insert into access.totp (user_id, secret_sealed) values (${user.id}, ${secretBox(system.dataDir).seal(`${PURPOSE} ${user.id}`, totp.secret.base32)})
    on conflict (user_id) do update set secret_sealed = excluded.secret_sealed, last_step = 0, recovery_codes = '{}' where access.totp.confirmed_at is null`);
  return { uri: totp.toString(), secret: totp.secret.base32 };
}

/** The six-digit code of this moment or the one before or after, each good once: a code overheard is worth nothing (RFC 6238 5.2). */
async function isTotpRight(tx: Tx, system: System, userId: string, code: string): Promise<boolean> {
  const row = await tx.maybe<{ secret_sealed: string }>(sql`select secret_sealed from access.totp where user_id = ${userId}`);
  const secret = row && secretBox(system.dataDir).open(`${PURPOSE} ${userId}`, row.secret_sealed);
  if (!secret) return false;
  const timestamp = system.clock.now().getTime();
  const totp = totpOf('', Secret.fromBase32(secret));
  const delta = totp.validate({ token: code, timestamp, window: 1 });
  if (delta === null) return false;
  const step = totp.counter({ timestamp }) + delta;
  const used = await tx.query(
    sql`update access.totp set last_step = ${step} where user_id = ${userId} and last_step < ${step} returning user_id`,
  );
  return used.length === 1;
}

async function isRecoveryCodeRight(tx: Tx, userId: string, code: string): Promise<boolean> {
  const hash = recoveryHash(code);
  const used = await tx.query(sql`
    update access.totp set recovery_codes = array_remove(recovery_codes, ${hash})
    where user_id = ${userId} and confirmed_at is not null and ${hash} = any(recovery_codes) returning user_id`);
  return used.length === 1;
}

/** Checks and uses up a code of the authenticator or a recovery code. */
export async function isCodeRight(tx: Tx, system: System, userId: string, code: string): Promise<boolean> {
  const plain = code.replace(/\s/g, '');
  return /^\d{6}$/.test(plain) ? isTotpRight(tx, system, userId, plain) : isRecoveryCodeRight(tx, userId, plain);
}

/** Makes new recovery codes, shown once; the old ones end. */
export async function makeRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await tx.query(sql`update access.totp set recovery_codes = ${codes.map(recoveryHash)}::text[] where user_id = ${userId}`);
  return codes;
}

export const removeSecondFactor = async (tx: Tx, userId: string): Promise<boolean> =>
  (await tx.query(sql`delete from access.totp where user_id = ${userId} returning user_id`)).length === 1;
