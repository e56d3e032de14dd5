import { refuse } from '#kernel/command/refusal.ts';
import { sql, systemScope } from '#kernel/db/database.server.ts';
import type { Context } from '#kernel/http/context.server.ts';
import { handle, type OperationHandler } from '#kernel/http/context.server.ts';
import { toString as qrToString } from 'qrcode';
import { beginAttempt, forgetAttempts } from './attempt.server.ts';
import { storePassword, userById, type KnownUser } from './known-user.server.ts';
import * as operations from './operations.ts';
import { passwordProblem } from './password-policy.ts';
import { hashPassword, isPasswordRight } from './password.server.ts';
import {
  codeRefused,
  noPassword,
  onlyPeople,
  passwordIsTheSame,
  passwordIsWeak,
  passwordIsWrong,
  secondFactorIsNotStarted,
  secondFactorIsOn,
  sessionIsUnknown,
} from './refusals.ts';
import { beginSecondFactor, isCodeRight, makeRecoveryCodes, removeSecondFactor } from './second-factor.server.ts';
import { recordEvent, recordEventApart } from './security-event.server.ts';
import { endSessions, runningSessions } from './session.server.ts';

const done = { done: true } as const;

/** The person who is signed in; refuses service users. */
export async function self(context: Context): Promise<KnownUser> {
  const found =
    context.actor.kind === 'user' ? await context.system.db.read(systemScope, (tx) => userById(tx, context.actor.id)) : undefined;
  return found ?? refuse(onlyPeople({}));
}

/** Asks the person's password again before something about how they are recognised changes; wrong ones count towards the lock. */
async function provePassword(context: Context, user: KnownUser, password: string): Promise<void> {
  if (user.passwordHash === null) refuse(noPassword({}));
  const stopped = await beginAttempt(context, user.login);
  if (stopped) refuse(stopped);
  if (!(await isPasswordRight(user.passwordHash, password))) {
    await recordEventApart(context, { kind: 'credential', action: 'password-refused', recordId: user.id });
    refuse(passwordIsWrong({}));
  }
  await context.system.db.write(systemScope, (tx) => forgetAttempts(tx, context, user.login));
}

const getAccount = handle(operations.getAccount, async (context) => {
  const user = await self(context);
  const { roles, identities } = await context.system.db.read(systemScope, async (tx) => ({
    roles: await tx.query<{ zh: string; en: string; entityId: string | null; validFrom: string | null; validUntil: string | null }>(sql`
      select r.name_zh zh, r.name_en en, g.scope_entity_id "entityId", g.valid_from "validFrom", g.valid_until "validUntil"
      from access.user_account_grants g join access.role r on r.id = g.role_id where g.document_id = ${user.id} order by g.line_no`),
    identities: await tx.query<{ issuer: string }>(sql`select issuer from access.oidc_identity where user_id = ${user.id} order by issuer`),
  }));
  const { id, login, name, email, locale } = user;
  return {
    user: { id, login, name, email, locale },
    hasPassword: user.passwordHash !== null,
    passwordChangedAt: user.passwordChangedAt,
    hasSecondFactor: user.hasSecondFactor,
    recoveryCodesLeft: user.recoveryCodesLeft,
    singleSignOn: identities,
    roles: roles.map(({ zh, en, ...rest }) => ({ name: { zh, en }, ...rest })),
  };
});

const changePassword = handle(operations.changePassword, async (context, { body }) => {
  const user = await self(context);
  await provePassword(context, user, body.current);
  const problem = passwordProblem(body.next, user);
  if (problem) refuse(passwordIsWeak({ problem }, { field: 'next' }));
  if (body.next === body.current) refuse(passwordIsTheSame({}, { field: 'next' }));
  const hashed = await hashPassword(body.next);
  await context.system.db.write(systemScope, async (tx) => {
    await storePassword(tx, user.id, hashed, false, context.system.clock.now());
    const ended = await endSessions(tx, context, { userId: user.id, except: context.actor.sessionId });
    await recordEvent(tx, context, {
      kind: 'credential',
      action: 'change-password',
      recordId: user.id,
      reason: `${ended} other sessions ended`,
    });
  });
  return done;
});

const setLocale = handle(operations.setLocale, async (context, { body }) => {
  const user = await self(context);
  await context.system.db.write(systemScope, (tx) =>
    tx.query(sql`
    insert into access.preference (user_id, locale) values (${user.id}, ${body.locale})
    on conflict (user_id) do update set locale = excluded.locale`),
  );
  return done;
});

const enrolSecondFactor = handle(operations.enrolSecondFactor, async (context, { body }) => {
  const user = await self(context);
  if (user.hasSecondFactor) refuse(secondFactorIsOn({}));
  await provePassword(context, user, body.password);
  const begun = await context.system.db.write(systemScope, (tx) => beginSecondFactor(tx, context.system, user));
  return { ...begun, qrSvg: await qrToString(begun.uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 1 }) };
});

const confirmSecondFactor = handle(operations.confirmSecondFactor, async (context, { body }) => {
  const user = await self(context);
  if (user.hasSecondFactor) refuse(secondFactorIsOn({}));
  const recoveryCodes = await context.system.db.write(systemScope, async (tx) => {
    const begun = await tx.maybe(sql`select 1 from access.totp where user_id = ${user.id} and confirmed_at is null`);
    if (!begun) refuse(secondFactorIsNotStarted({}));
    if (!(await isCodeRight(tx, context.system, user.id, body.code))) refuse(codeRefused({}, { field: 'code' }));
    await tx.query(sql`update access.totp set confirmed_at = ${context.system.clock.now()} where user_id = ${user.id}`);
    await recordEvent(tx, context, { kind: 'credential', action: 'enrol-second-factor', recordId: user.id });
    return makeRecoveryCodes(tx, user.id);
  });
  return { recoveryCodes };
});

const disableSecondFactor = handle(operations.disableSecondFactor, async (context, { body }) => {
  const user = await self(context);
  if (!user.hasSecondFactor) refuse(secondFactorIsNotStarted({}));
  const stopped = await beginAttempt(context, user.login);
  if (stopped) refuse(stopped);
  const isRight =
    (await isPasswordRight(user.passwordHash, body.password)) &&
    (await context.system.db.write(systemScope, (tx) => isCodeRight(tx, context.system, user.id, body.code)));
  if (!isRight) {
    await recordEventApart(context, { kind: 'credential', action: 'second-factor-refused', recordId: user.id });
    refuse(codeRefused({}, { field: 'code' }));
  }
  await context.system.db.write(systemScope, async (tx) => {
    await forgetAttempts(tx, context, user.login);
    await removeSecondFactor(tx, user.id);
    await recordEvent(tx, context, { kind: 'credential', action: 'disable-second-factor', recordId: user.id });
  });
  return done;
});

const renewRecoveryCodes = handle(operations.renewRecoveryCodes, async (context, { body }) => {
  const user = await self(context);
  if (!user.hasSecondFactor) refuse(secondFactorIsNotStarted({}));
  await provePassword(context, user, body.password);
  const recoveryCodes = await context.system.db.write(systemScope, async (tx) => {
    await recordEvent(tx, context, { kind: 'credential', action: 'renew-recovery-codes', recordId: user.id });
    return makeRecoveryCodes(tx, user.id);
  });
  return { recoveryCodes };
});

const mySessions = handle(operations.mySessions, async (context) => {
  const user = await self(context);
  return { sessions: await context.system.db.read(systemScope, (tx) => runningSessions(tx, context, user.id)) };
});

const revokeMySession = handle(operations.revokeMySession, async (context, { params }) => {
  const user = await self(context);
  await context.system.db.write(systemScope, async (tx) => {
    const ended = await endSessions(tx, context, { userId: user.id, sessionId: params.sessionId });
    if (ended === 0) refuse(sessionIsUnknown({}));
    await recordEvent(tx, context, { kind: 'session', action: 'revoke', recordId: user.id, number: params.sessionId });
  });
  return done;
});

export const accountHandlers: readonly OperationHandler[] = [
  getAccount,
  changePassword,
  setLocale,
  enrolSecondFactor,
  confirmSecondFactor,
  disableSecondFactor,
  renewRecoveryCodes,
  mySessions,
  revokeMySession,
];
