import { refuse } from '#kernel/command/refusal.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import * as operations from './administration-operations.ts';
import { forgetAllAttempts, lockOf } from './attempt.server.ts';
import { storePassword, userById, type KnownUser } from './known-user.server.ts';
import { hashPassword, randomPassword } from './password.server.ts';
import { ownCredentialsElsewhere, secondFactorIsNotStarted, serviceUsersHaveNoLogin, userIsUnknown } from './refusals.ts';
import { removeSecondFactor } from './second-factor.server.ts';
import { recordEvent } from './security-event.server.ts';
import { endSessions, runningSessions } from './session.server.ts';

const done = { done: true } as const;

const known = async (tx: Tx, id: string): Promise<KnownUser> => (await userById(tx, id)) ?? refuse(userIsUnknown({}));

/** A person other than oneself whose credentials an administrator may reset (nobody gets around their own). */
async function other(tx: Tx, context: Context, id: string): Promise<KnownUser> {
  const user = await known(tx, id);
  if (user.id === context.actor.id) refuse(ownCredentialsElsewhere({}));
  if (user.accountKind !== 'person') refuse(serviceUsersHaveNoLogin({}));
  return user;
}

const userSecurity = handle(operations.userSecurity, (context, { params }) =>
  context.system.db.read(systemScope, async (tx) => {
    const user = await known(tx, params.userId);
    const locked = await lockOf(tx, user.login);
    const isLocked = locked !== null && new Date(locked).getTime() > context.system.clock.now().getTime();
    return {
      user: { id: user.id, login: user.login, name: user.name, state: user.state },
      hasPassword: user.passwordHash !== null,
      mustChangePassword: user.mustChange,
      hasSecondFactor: user.hasSecondFactor,
      lockedUntil: isLocked ? locked : null,
      sessions: await runningSessions(tx, context, user.id),
    };
  }),
);

const revokeUserSessions = handle(operations.revokeUserSessions, async (context, { params, body }) => {
  const revoked = await context.system.db.write(systemScope, async (tx) => {
    const user = await known(tx, params.userId);
    const ended = await endSessions(tx, context, { userId: user.id });
    await recordEvent(tx, context, { kind: 'session', action: 'revoke-all', recordId: user.id, reason: body.reason });
    return ended;
  });
  return { revoked };
});

const issuePassword = handle(operations.issuePassword, async (context, { params, body }) => {
  const password = randomPassword();
  const hashed = await hashPassword(password);
  await context.system.db.write(systemScope, async (tx) => {
    const user = await other(tx, context, params.userId);
    await storePassword(tx, user.id, hashed, true, context.system.clock.now());
    await forgetAllAttempts(tx, user.login);
    await endSessions(tx, context, { userId: user.id });
    await recordEvent(tx, context, { kind: 'credential', action: 'issue-password', recordId: user.id, reason: body.reason });
  });
  return { password };
});

const resetSecondFactor = handle(operations.resetSecondFactor, async (context, { params, body }) => {
  await context.system.db.write(systemScope, async (tx) => {
    const user = await other(tx, context, params.userId);
    if (!(await removeSecondFactor(tx, user.id))) refuse(secondFactorIsNotStarted({}));
    await endSessions(tx, context, { userId: user.id });
    await recordEvent(tx, context, { kind: 'credential', action: 'reset-second-factor', recordId: user.id, reason: body.reason });
  });
  return done;
});

const unlockUser = handle(operations.unlockUser, async (context, { params, body }) => {
  await context.system.db.write(systemScope, async (tx) => {
    const user = await other(tx, context, params.userId);
    await forgetAllAttempts(tx, user.login);
    await recordEvent(tx, context, { kind: 'credential', action: 'unlock', recordId: user.id, reason: body.reason });
  });
  return done;
});

interface ReviewRow {
  userId: string;
  login: string;
  name: string;
  accountKind: 'person' | 'service';
  state: string;
  roleId: string | null;
  role: { zh: string; en: string } | null;
  entityId: string | null;
  entityName: { zh: string; en: string } | null;
  validFrom: string | null;
  validUntil: string | null;
  hasSecondFactor: boolean;
  lastSeenAt: string | null;
}

const accessReview = handle(operations.accessReview, async (context) => {
  const rows = await context.system.db.read(systemScope, (tx) =>
    tx.query<Omit<ReviewRow, 'lastSeenAt'> & { lastSeenAt: string | null }>(sql`
    select u.id "userId", u.login, u.name, u.account_kind "accountKind", u.state, r.id "roleId",
      case when r.id is not null then jsonb_build_object('zh', r.name_zh, 'en', r.name_en) end "role", e.id "entityId",
      case when e.id is not null then jsonb_build_object('zh', e.name_zh, 'en', e.name_en) end "entityName",
      g.valid_from "validFrom", g.valid_until "validUntil", t.confirmed_at is not null "hasSecondFactor",
      greatest((select max(s.last_seen_at) from access.session s where s.user_id = u.id),
        (select max(k.last_used_at) from access.api_key k where k.user_id = u.id)) "lastSeenAt"
    from access.user_account u
    left join access.user_account_grants g on g.document_id = u.id
    left join access.role r on r.id = g.role_id
    left join organisation.legal_entity e on e.id = g.scope_entity_id
    left join access.totp t on t.user_id = u.id
    order by u.login, g.line_no limit 10000`),
  );
  return { rows };
});

export const administrationHandlers: readonly OperationHandler[] = [
  userSecurity,
  revokeUserSessions,
  issuePassword,
  resetSecondFactor,
  unlockUser,
  accessReview,
];
