import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';

/** Log-in, the running session and one's own account. */

const tag = 'session';
const instant = z.string();
export const done = z.object({ done: z.literal(true) });
export const locale = z.enum(['zh-CN', 'en']);
const secret = z.string().min(1).max(200);
const code = z.string().trim().min(6).max(20);

/** What the log-in page needs to know before anybody is signed in. */
export const signInOptions = defineOperation({
  id: 'signInOptions',
  method: 'GET',
  path: '/session/options',
  tag,
  access: 'public',
  summary: text('登录页选项', 'What the log-in page offers'),
  output: z.object({
    isDemo: z.boolean(),
    /** Fixed accounts of the demo company; empty outside the demo. */
    demoAccounts: z.array(z.object({ login: z.string(), name: z.string(), role: localText })),
    demoPassword: z.string().nullable(),
    /** Single sign-on is set up: show the button that opens `GET /api/session/oidc`. */
    hasSingleSignOn: z.boolean(),
    /** No administrator exists yet: the one-time setup link printed by the server creates the first one. */
    needsSetup: z.boolean(),
  }),
});

export const signInAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signed-in'), mustChangePassword: z.boolean() }),
  z.object({ status: z.literal('second-factor-required'), challenge: z.string() }),
]);

/** Answers with the cookie `medtrade_session`, or with a challenge for the second factor (valid five minutes). */
export const signIn = defineOperation({
  id: 'signIn',
  method: 'POST',
  path: '/session',
  tag,
  access: 'public',
  summary: text('登录', 'Sign in'),
  body: z.object({ login: z.string().trim().min(1).max(64), password: secret }),
  output: signInAnswer,
  isSecret: true,
});

/** `code` is six digits of the authenticator or a recovery code. */
export const signInSecondFactor = defineOperation({
  id: 'signInSecondFactor',
  method: 'POST',
  path: '/session/second-factor',
  tag,
  access: 'public',
  summary: text('第二因素验证', 'Second factor'),
  body: z.object({ challenge: z.string().max(2000), code }),
  output: signInAnswer,
  isSecret: true,
});

export const signOut = defineOperation({
  id: 'signOut',
  method: 'DELETE',
  path: '/session',
  tag,
  access: 'session',
  summary: text('退出登录', 'Sign out'),
  output: done,
});

const scopeSet = z.union([z.literal('*'), z.array(z.string())]);

/** 401 where nobody is signed in. */
export const getSession = defineOperation({
  id: 'getSession',
  method: 'GET',
  path: '/session',
  tag,
  access: 'session',
  summary: text('当前会话', 'The running session'),
  output: z.object({
    user: z.object({ id: z.string(), login: z.string(), name: z.string(), locale }),
    sessionId: z.string().nullable(),
    /** Legal entities the user reaches with any permission. */
    entities: z.array(
      z.object({
        id: z.string(),
        code: z.string(),
        nameZh: z.string(),
        nameEn: z.string(),
        functionalCurrency: z.string(),
        timeZone: z.string(),
      }),
    ),
    /** Names may be wildcards: `finance.*`; see `covers`. */
    grants: z.array(
      z.object({ permission: z.string(), entityIds: scopeSet, warehouseIds: scopeSet, regions: scopeSet, isOwnOnly: z.boolean() }),
    ),
    isDemo: z.boolean(),
    /** Until the password is changed the session holds no permission. */
    mustChangePassword: z.boolean(),
  }),
});

export const startSingleSignOn = defineOperation({
  id: 'startSingleSignOn',
  method: 'GET',
  path: '/session/oidc',
  tag,
  access: 'public',
  produces: 'text/html',
  summary: text('单点登录', 'Single sign-on'),
});
export const finishSingleSignOn = defineOperation({
  id: 'finishSingleSignOn',
  method: 'GET',
  path: '/session/oidc/callback',
  tag,
  access: 'public',
  produces: 'text/html',
  summary: text('单点登录回调', 'Single sign-on callback'),
});

/** Creates the first legal entity and the first administrator with the one-time token of the setup link. */
export const setUp = defineOperation({
  id: 'setUp',
  method: 'POST',
  path: '/setup',
  tag,
  access: 'public',
  summary: text('首次设置', 'First setup'),
  body: z.object({
    token: z.string().min(20).max(200),
    administrator: z.object({ login: z.string().trim().min(2).max(64), name: z.string().trim().min(1).max(100), password: secret, locale }),
    entity: z.object({
      code: z.string().trim().min(1).max(20),
      nameZh: z.string().trim().min(1).max(200),
      nameEn: z.string().trim().min(1).max(200),
      uscc: z.string().trim().length(18).optional(),
      country: z.string().length(2),
      functionalCurrency: z.string().length(3),
      timeZone: z.string().min(1).max(64),
    }),
  }),
  output: done,
  isSecret: true,
});

const account = 'account';

export const getAccount = defineOperation({
  id: 'getAccount',
  method: 'GET',
  path: '/account',
  tag: account,
  access: 'session',
  summary: text('我的账户', 'My account'),
  output: z.object({
    user: z.object({ id: z.string(), login: z.string(), name: z.string(), email: z.string().nullable(), locale }),
    hasPassword: z.boolean(),
    passwordChangedAt: instant.nullable(),
    hasSecondFactor: z.boolean(),
    recoveryCodesLeft: z.number(),
    singleSignOn: z.array(z.object({ issuer: z.string() })),
    roles: z.array(
      z.object({ name: localText, entityId: z.string().nullable(), validFrom: z.string().nullable(), validUntil: z.string().nullable() }),
    ),
  }),
});

export const changePassword = defineOperation({
  id: 'changePassword',
  method: 'POST',
  path: '/account/password',
  tag: account,
  access: 'session',
  summary: text('修改密码', 'Change password'),
  body: z.object({ current: secret, next: secret }),
  output: done,
  isSecret: true,
});

export const setLocale = defineOperation({
  id: 'setLocale',
  method: 'POST',
  path: '/account/locale',
  tag: account,
  access: 'session',
  summary: text('切换语言', 'Choose language'),
  body: z.object({ locale }),
  output: done,
});

/** Begins enrolment: the factor counts only after `confirmSecondFactor`. */
export const enrolSecondFactor = defineOperation({
  id: 'enrolSecondFactor',
  method: 'POST',
  path: '/account/second-factor',
  tag: account,
  access: 'session',
  summary: text('绑定第二因素', 'Enrol a second factor'),
  body: z.object({ password: secret }),
  output: z.object({ uri: z.string(), secret: z.string(), qrSvg: z.string() }),
  isSecret: true,
});

/** Recovery codes are shown this once. */
export const confirmSecondFactor = defineOperation({
  id: 'confirmSecondFactor',
  method: 'POST',
  path: '/account/second-factor/confirm',
  tag: account,
  access: 'session',
  summary: text('确认第二因素', 'Confirm the second factor'),
  body: z.object({ code }),
  output: z.object({ recoveryCodes: z.array(z.string()) }),
  isSecret: true,
});

export const disableSecondFactor = defineOperation({
  id: 'disableSecondFactor',
  method: 'POST',
  path: '/account/second-factor/disable',
  tag: account,
  access: 'session',
  summary: text('停用第二因素', 'Turn the second factor off'),
  body: z.object({ password: secret, code }),
  output: done,
  isSecret: true,
});

export const renewRecoveryCodes = defineOperation({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/account/second-factor/recovery-codes',
  tag: account,
  access: 'session',
  summary: text('重新生成恢复码', 'New recovery codes'),
  body: z.object({ password: secret }),
  output: z.object({ recoveryCodes: z.array(z.string()) }),
  isSecret: true,
});

export const sessionRow = z.object({
  sessionId: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  kind: z.enum(['password', 'single-sign-on']),
  isCurrent: z.boolean(),
});

export const mySessions = defineOperation({
  id: 'mySessions',
  method: 'GET',
  path: '/account/sessions',
  tag: account,
  access: 'session',
  summary: text('我的会话', 'My sessions'),
  output: z.object({ sessions: z.array(sessionRow) }),
});

export const revokeMySession = defineOperation({
  id: 'revokeMySession',
  method: 'DELETE',
  path: '/account/sessions/:sessionId',
  tag: account,
  access: 'session',
  summary: text('结束我的会话', 'End one of my sessions'),
  params: z.object({ sessionId: z.string().max(64) }),
  output: done,
});

const substitution = z.object({
  substitutionId: z.string(),
  userId: z.string(),
  userName: z.string(),
  substituteId: z.string(),
  substituteName: z.string(),
  from: z.string(),
  until: z.string(),
  reason: z.string(),
  isInForce: z.boolean(),
});

/** One's own; with `access.substitution.manage` everybody's. */
export const listSubstitutions = defineOperation({
  id: 'listSubstitutions',
  method: 'GET',
  path: '/account/substitutions',
  tag: account,
  access: 'session',
  summary: text('代理安排', 'Substitutes'),
  output: z.object({ substitutions: z.array(substitution) }),
});

/** Names who approves and answers tasks while a person is away. `userId` is oneself unless one holds `access.substitution.manage`. */
export const nameSubstitute = defineOperation({
  id: 'nameSubstitute',
  method: 'POST',
  path: '/account/substitutions',
  tag: account,
  access: 'session',
  summary: text('指定代理人', 'Name a substitute'),
  body: z.object({
    userId: z.string().max(64).optional(),
    substituteLogin: z.string().trim().min(1).max(64),
    from: z.iso.date(),
    until: z.iso.date(),
    reason: z.string().trim().min(1).max(400),
  }),
  output: z.object({ substitutionId: z.string() }),
});

export const endSubstitution = defineOperation({
  id: 'endSubstitution',
  method: 'POST',
  path: '/account/substitutions/:substitutionId/end',
  tag: account,
  access: 'session',
  summary: text('结束代理', 'End a substitution'),
  params: z.object({ substitutionId: z.string().max(64) }),
  output: done,
});

export const accountOperations = [
  signInOptions,
  signIn,
  signInSecondFactor,
  signOut,
  getSession,
  startSingleSignOn,
  finishSingleSignOn,
  setUp,
  getAccount,
  changePassword,
  setLocale,
  enrolSecondFactor,
  confirmSecondFactor,
  disableSecondFactor,
  renewRecoveryCodes,
  mySessions,
  revokeMySession,
  listSubstitutions,
  nameSubstitute,
  endSubstitution,
] as const;
