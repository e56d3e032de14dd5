import type { ScopeSet } from '#kernel/access/actor.ts';
import { sql, systemScope } from '#kernel/db/database.server.ts';
import { handle, type Context, type OperationExtras, type OperationHandler } from '#kernel/http/context.server.ts';
import { entitiesIn } from '#modules/organisation/index.server.ts';
import { demoPassword, demoPeople } from './demo.ts';
import { userById } from './known-user.server.ts';
import * as operations from './operations.ts';
import { recordEvent } from './security-event.server.ts';
import { endedCookieHeader, endSessions, sessionCookieHeader, sessionCookieOf } from './session.server.ts';
import { needsSetup } from './setup.server.ts';
import { signInWithCode, signInWithPassword, type SignInOutcome } from './sign-in.server.ts';
import type { SingleSignOnSettings } from './single-sign-on.server.ts';

/** Turns an outcome into the answer; the token goes into the cookie and nowhere else. */
function answerWith(context: Context, extras: OperationExtras, outcome: SignInOutcome) {
  if (outcome.status === 'second-factor-required') return outcome;
  extras.headers.append('set-cookie', sessionCookieHeader(context, outcome.token));
  return { status: outcome.status, mustChangePassword: outcome.mustChangePassword };
}

const signIn = handle(operations.signIn, async (context, { body }, extras) =>
  answerWith(context, extras, await signInWithPassword(context, body, sessionCookieOf(extras))),
);

const signInSecondFactor = handle(operations.signInSecondFactor, async (context, { body }, extras) =>
  answerWith(context, extras, await signInWithCode(context, body, sessionCookieOf(extras))),
);

const signOut = handle(operations.signOut, async (context, _, extras) => {
  const { actor, system } = context;
  if (actor.kind === 'user' && actor.sessionId !== null) {
    const sessionId = actor.sessionId;
    await system.db.write(systemScope, async (tx) => {
      await endSessions(tx, context, { userId: actor.id, sessionId });
      await recordEvent(tx, context, { kind: 'session', action: 'sign-out', recordId: actor.id });
    });
  }
  extras.headers.append('set-cookie', endedCookieHeader(context));
  extras.headers.append('clear-site-data', '"cache"');
  return { done: true } as const;
});

/** Legal entities reached with any permission. */
const reachOf = (context: Context): ScopeSet =>
  context.actor.grants.some((g) => g.entityIds === '*')
    ? '*'
    : [...new Set(context.actor.grants.flatMap((g) => (g.entityIds === '*' ? [] : g.entityIds)))];

const getSession = handle(operations.getSession, async (context) => {
  const { actor, system } = context;
  const { user, entities } = await system.db.read(systemScope, async (tx) => ({
    user: await userById(tx, actor.id),
    entities: await entitiesIn(tx, reachOf(context)),
  }));
  return {
    user: { id: actor.id, login: user?.login ?? actor.id, name: actor.name, locale: user?.locale ?? 'zh-CN' },
    sessionId: actor.sessionId,
    entities: entities.map(({ id, code, nameZh, nameEn, functionalCurrency, timeZone }) => ({
      id,
      code,
      nameZh,
      nameEn,
      functionalCurrency,
      timeZone,
    })),
    grants: actor.grants.map(({ permission, entityIds, warehouseIds, regions, isOwnOnly }) => ({
      permission,
      entityIds: mutable(entityIds),
      warehouseIds: mutable(warehouseIds),
      regions: mutable(regions),
      isOwnOnly,
    })),
    isDemo: system.isDemo,
    mustChangePassword: (actor.kind === 'user' && user?.mustChange) ?? false,
  };
});

const mutable = (set: ScopeSet): '*' | string[] => (set === '*' ? '*' : [...set]);

const signInOptions = (singleSignOn: SingleSignOnSettings | undefined): OperationHandler =>
  handle(operations.signInOptions, async ({ system }) => {
    const demo = system.isDemo ? demoPeople.filter((p) => p.accountKind === 'person') : [];
    const known =
      demo.length === 0
        ? new Set<string>()
        : await system.db.read(
            systemScope,
            async (tx) =>
              new Set(
                (
                  await tx.query<{ login: string }>(sql`
          select login from access.user_account where state = 'active' and login = any(${demo.map((p) => p.login)}::text[])`)
                ).map((r) => r.login),
              ),
          );
    return {
      isDemo: system.isDemo,
      demoAccounts: demo.filter((p) => known.has(p.login)).map(({ login, name, position }) => ({ login, name, role: position })),
      demoPassword: known.size > 0 ? demoPassword : null,
      hasSingleSignOn: singleSignOn !== undefined,
      needsSetup: !system.isDemo && (await system.db.read(systemScope, needsSetup)),
    };
  });

export const sessionHandlers = (singleSignOn: SingleSignOnSettings | undefined): readonly OperationHandler[] => [
  signIn,
  signInSecondFactor,
  signOut,
  getSession,
  signInOptions(singleSignOn),
];
