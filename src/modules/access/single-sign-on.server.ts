import { cookieHeader, cookieValue } from '#kernel/access/cookie.server.ts';
import { secretBox } from '#kernel/access/secret-box.server.ts';
import { refuse, RefusedError } from '#kernel/command/refusal.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import { text } from '#kernel/i18n/text.ts';
import type { Product } from '#kernel/product.server.ts';
import * as oidc from 'openid-client';
import { limitAddress } from './attempt.server.ts';
import { createPerson, installerContext } from './commands.server.ts';
import { userById, type KnownUser } from './known-user.server.ts';
import { finishSingleSignOn, startSingleSignOn } from './operations.ts';
import { singleSignOnIsOff, singleSignOnRefused } from './refusals.ts';
import { recordEvent, recordEventApart, unknownPerson } from './security-event.server.ts';
import { sessionCookieHeader, sessionCookieOf } from './session.server.ts';
import { signInRecognised } from './sign-in.server.ts';
import { refusedPage, movedPage } from './single-sign-on-page.ts';

/** An identity provider spoken to by OpenID Connect. */
export interface SingleSignOnSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Somebody the provider knows and we do not becomes a user without any role; else they are refused. */
  readonly createsUsers: boolean;
}

/** Settings from the environment; undefined where single sign-on is not set up. */
export function singleSignOnFrom(env: Readonly<Record<string, string | undefined>>): SingleSignOnSettings | undefined {
  const issuer = env['OIDC_ISSUER'];
  const clientId = env['OIDC_CLIENT_ID'];
  if (!issuer || !clientId) return undefined;
  return { issuer, clientId, clientSecret: env['OIDC_CLIENT_SECRET'] ?? '', createsUsers: env['OIDC_CREATES_USERS'] === 'true' };
}

const COOKIE = 'medtrade_single_sign_on';
const PATH = '/api/session/oidc';
const PURPOSE = 'single-sign-on';
const MINUTES = 10;

interface Leg {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly until: number;
}

const callbackOf = (context: Context): string => `${context.system.origin}${PATH}/callback`;

// Lax, because the provider sends the browser back from its own site; it holds nothing but this one attempt, encrypted.
const legCookie = (context: Context, value: string, maxAge: number): string =>
  cookieHeader(COOKIE, value, { origin: context.system.origin, sameSite: 'Lax', path: PATH, maxAge });

/** Finds the provider's addresses once per settings; a failure is not kept. Plain http is for a provider on this machine only. */
function finder(settings: SingleSignOnSettings): () => Promise<oidc.Configuration> {
  let found: Promise<oidc.Configuration> | undefined;
  return () => {
    const server = new URL(settings.issuer);
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(server.hostname);
    found ??= oidc
      .discovery(server, settings.clientId, settings.clientSecret, undefined, isLocal ? { execute: [oidc.allowInsecureRequests] } : {})
      .catch((error: unknown) => {
        found = undefined;
        throw error;
      });
    return found;
  };
}

interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | undefined;
  readonly name: string | undefined;
}

async function identityFrom(config: oidc.Configuration, context: Context, request: Request): Promise<Identity> {
  const opened = secretBox(context.system.dataDir).open(PURPOSE, cookieValue(request.headers.get('cookie'), COOKIE) ?? '');
  const leg = opened === undefined ? undefined : (JSON.parse(opened) as Leg);
  if (!leg || leg.until < context.system.clock.now().getTime())
    return refuse(singleSignOnRefused({ reason: text('登录已超时。', 'it took too long.') }));
  const here = new URL(callbackOf(context));
  here.search = new URL(request.url).search;
  const tokens = await oidc.authorizationCodeGrant(config, here, {
    expectedState: leg.state,
    expectedNonce: leg.nonce,
    pkceCodeVerifier: leg.verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error('the identity provider sent no id token');
  // Only an address the provider vouches for may find an account: else anybody could claim a colleague's.
  const email = claims['email_verified'] === true && typeof claims['email'] === 'string' ? claims['email'] : undefined;
  return { issuer: claims.iss, subject: claims.sub, email, name: typeof claims['name'] === 'string' ? claims['name'] : undefined };
}

const linkedUser = async (tx: Tx, identity: Identity): Promise<string | undefined> =>
  (
    await tx.maybe<{ user_id: string }>(
      sql`select user_id from access.oidc_identity where issuer = ${identity.issuer} and subject = ${identity.subject}`,
    )
  )?.user_id;

async function userByEmail(tx: Tx, email: string | undefined): Promise<string | undefined> {
  if (email === undefined) return undefined;
  const row = await tx.maybe<{ id: string }>(sql`
    select id from access.user_account where lower(email) = ${email.toLowerCase()} and state = 'active' and account_kind = 'person'`);
  return row?.id;
}

/** The user of an identity: linked before, or linked now by the verified address, or made now where the settings say so. */
async function userOf(context: Context, product: Product, settings: SingleSignOnSettings, identity: Identity): Promise<KnownUser> {
  const found = await context.system.db.write(systemScope, async (tx) => {
    const linked = await linkedUser(tx, identity);
    if (linked) return userById(tx, linked);
    let id = await userByEmail(tx, identity.email);
    if (id === undefined && settings.createsUsers && identity.email !== undefined) {
      const login = identity.email.toLowerCase();
      const person = {
        login,
        email: login,
        name: identity.name ?? login,
        locale: 'zh-CN',
        accountKind: 'person',
        roleIds: [],
        passwordHash: null,
      } as const;
      id = await createPerson(tx, product, installerContext(context.system), person);
    }
    if (id === undefined) return undefined;
    await tx.query(sql`
      insert into access.oidc_identity (issuer, subject, user_id, linked_at)
      values (${identity.issuer}, ${identity.subject}, ${id}, ${context.system.clock.now()})`);
    const user = await userById(tx, id);
    await recordEvent(tx, context, { kind: 'credential', action: 'link-single-sign-on', recordId: id, number: identity.issuer }, user);
    return user;
  });
  const reason = text('没有与您的已验证邮箱对应的用户。', 'no user has your verified e-mail address.');
  return found ?? refuse(singleSignOnRefused({ reason }));
}

const html = (body: string, cookies: readonly string[], status = 200): Response => {
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(body, { status, headers });
};

/** The two steps of single sign-on: away to the provider (code flow with PKCE, state and nonce) and back. */
export function singleSignOnHandlers(product: () => Product, settings: SingleSignOnSettings | undefined): readonly OperationHandler[] {
  const find = settings && finder(settings);
  const start = handle(startSingleSignOn, async (context) => {
    if (!find) return refuse(singleSignOnIsOff({}));
    const stopped = await limitAddress(context.system, context.ip);
    if (stopped) refuse(stopped);
    const config = await find();
    const verifier = oidc.randomPKCECodeVerifier();
    const leg: Leg = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier,
      until: context.system.clock.now().getTime() + MINUTES * 60_000,
    };
    const to = oidc.buildAuthorizationUrl(config, {
      redirect_uri: callbackOf(context),
      scope: 'openid email profile',
      state: leg.state,
      nonce: leg.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const sealed = secretBox(context.system.dataDir).seal(PURPOSE, JSON.stringify(leg));
    return new Response(null, {
      status: 302,
      headers: { location: to.href, 'set-cookie': legCookie(context, sealed, MINUTES * 60), 'cache-control': 'no-store' },
    });
  });
  const finish = handle(finishSingleSignOn, async (context, _, extras) => {
    if (!find || !settings) return refuse(singleSignOnIsOff({}));
    const ended = legCookie(context, '', 0);
    try {
      const user = await userOf(context, product(), settings, await identityFrom(await find(), context, extras.request));
      const outcome = await signInRecognised(context, user, sessionCookieOf(extras));
      // A page of ours that moves on, not a redirect: a strict cookie would not travel with a chain that began at the provider.
      if (outcome.status === 'second-factor-required') return html(movedPage(`/login#challenge=${outcome.challenge}`), [ended]);
      return html(movedPage('/'), [ended, sessionCookieHeader(context, outcome.token)]);
    } catch (error) {
      const refusal = error instanceof RefusedError ? error.refusals[0] : undefined;
      if (!refusal) context.system.log.warn({ err: error, requestId: context.requestId }, 'single sign-on failed');
      const said =
        refusal ?? singleSignOnRefused({ reason: text('身份提供方的答复无效。', 'the answer of the identity provider is not valid.') });
      await recordEventApart(context, { kind: 'session', action: 'sign-in-refused', reason: said.code }, unknownPerson);
      return html(refusedPage(said), [ended], said.status);
    }
  });
  return [start, finish];
}
