import { secretBox } from '#kernel/access/secret-box.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { systemScope } from '#kernel/db/database.server.ts';
import type { Context } from '#kernel/http/context.server.ts';
import { beginAttempt, forgetAttempts, limitAddress } from './attempt.server.ts';
import { userById, userByLogin, type KnownUser } from './known-user.server.ts';
import { isPasswordRight } from './password.server.ts';
import { challengeLapsed, codeRefused, signInRefused } from './refusals.ts';
import { isCodeRight } from './second-factor.server.ts';
import { recordEvent, recordEventApart, unknownPerson } from './security-event.server.ts';
import { openSession, type SessionKind } from './session.server.ts';

export type SignInOutcome =
  | { readonly status: 'signed-in'; readonly token: string; readonly mustChangePassword: boolean }
  | { readonly status: 'second-factor-required'; readonly challenge: string };

const CHALLENGE = 'second-factor-challenge';
const CHALLENGE_MINUTES = 5;

const makeChallenge = (context: Context, user: KnownUser, kind: SessionKind): string =>
  secretBox(context.system.dataDir).seal(
    CHALLENGE,
    JSON.stringify({
      userId: user.id,
      kind,
      passwordChangedAt: user.passwordChangedAt,
      until: context.system.clock.now().getTime() + CHALLENGE_MINUTES * 60_000,
    }),
  );

/** The user a challenge was made for; refuses a lapsed or foreign one, and one from before a change of password. */
async function userOfChallenge(context: Context, challenge: string): Promise<{ user: KnownUser; kind: SessionKind }> {
  const opened = secretBox(context.system.dataDir).open(CHALLENGE, challenge);
  const content =
    opened === undefined
      ? undefined
      : (JSON.parse(opened) as { userId: string; kind: SessionKind; passwordChangedAt: string | null; until: number });
  if (!content || content.until < context.system.clock.now().getTime()) return refuse(challengeLapsed({}));
  const user = await context.system.db.read(systemScope, (tx) => userById(tx, content.userId));
  if (!user || !maySignIn(user) || user.passwordChangedAt !== content.passwordChangedAt) return refuse(challengeLapsed({}));
  return { user, kind: content.kind };
}

const maySignIn = (user: KnownUser): boolean => user.state === 'active' && user.accountKind === 'person';

/** Opens the session of a recognised user, in one transaction with the end of the count of attempts and the audit row. */
async function welcome(context: Context, user: KnownUser, kind: SessionKind, cookie: string | undefined): Promise<SignInOutcome> {
  const token = await context.system.db.write(systemScope, async (tx) => {
    await forgetAttempts(tx, context, user.login);
    const session = await openSession(tx, context, user.id, kind, cookie);
    await recordEvent(tx, context, { kind: 'session', action: 'sign-in', recordId: user.id, sessionId: session.sessionId }, user);
    return session.token;
  });
  return { status: 'signed-in', token, mustChangePassword: user.mustChange };
}

/**
 * Log-in with login and password. A wrong password, an unknown login, an inactive user and a service user get the same answer after
 * the same work; wrong attempts lock the login where they come from.
 */
export async function signInWithPassword(
  context: Context,
  given: { readonly login: string; readonly password: string },
  cookie: string | undefined,
): Promise<SignInOutcome> {
  const login = given.login.toLowerCase();
  const stopped = (await limitAddress(context.system, context.ip)) ?? (await beginAttempt(context, login));
  if (stopped) {
    await recordEventApart(context, { kind: 'session', action: 'sign-in-stopped', reason: stopped.code }, unknownPerson);
    return refuse(stopped);
  }
  const user = await context.system.db.read(systemScope, (tx) => userByLogin(tx, login));
  const isRight = await isPasswordRight(user?.passwordHash, given.password);
  if (!user || !isRight || !maySignIn(user)) {
    await recordEventApart(context, { kind: 'session', action: 'sign-in-refused', recordId: user?.id ?? null }, user ?? unknownPerson);
    return refuse(signInRefused({}));
  }
  return user.hasSecondFactor
    ? { status: 'second-factor-required', challenge: makeChallenge(context, user, 'password') }
    : welcome(context, user, 'password', cookie);
}

/** The second step: a code of the authenticator or a recovery code. Wrong ones count like wrong passwords. */
export async function signInWithCode(
  context: Context,
  given: { readonly challenge: string; readonly code: string },
  cookie: string | undefined,
): Promise<SignInOutcome> {
  const { user, kind } = await userOfChallenge(context, given.challenge);
  const stopped = (await limitAddress(context.system, context.ip)) ?? (await beginAttempt(context, user.login));
  if (stopped) {
    await recordEventApart(context, { kind: 'session', action: 'sign-in-stopped', recordId: user.id, reason: stopped.code }, user);
    return refuse(stopped);
  }
  const isRight = await context.system.db.write(systemScope, (tx) => isCodeRight(tx, context.system, user.id, given.code));
  if (!isRight) {
    await recordEventApart(context, { kind: 'session', action: 'second-factor-refused', recordId: user.id }, user);
    return refuse(codeRefused({}));
  }
  return welcome(context, user, kind, cookie);
}

/** A user recognised by single sign-on: the identity provider has asked for its own factors, an enrolled code is still asked for. */
export const signInRecognised = async (context: Context, user: KnownUser, cookie: string | undefined): Promise<SignInOutcome> => {
  if (!maySignIn(user)) return refuse(signInRefused({}));
  return user.hasSecondFactor
    ? { status: 'second-factor-required', challenge: makeChallenge(context, user, 'single-sign-on') }
    : welcome(context, user, 'single-sign-on', cookie);
};
