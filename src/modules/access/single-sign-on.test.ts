import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessWorld, type AccessWorld } from './world.server.ts';

/** What the provider says of whoever signs in there next, and how it misbehaves. */
const said = { sub: 'p-1', email: 'zhou.min@example.com', email_verified: true, name: 'Zhou Min', nonce: undefined as string | undefined };
const codes = new Map<string, { nonce: string; challenge: string }>();
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function idToken(issuer: string, nonce: string): string {
  const now = Math.floor(Date.now() / 1000);
  const { sub, email, email_verified, name } = said;
  const claims = { iss: issuer, aud: 'medtrade', sub, email, email_verified, name, nonce: said.nonce ?? nonce, iat: now, exp: now + 300 };
  const body = `${base64({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${base64(claims)}`;
  return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`;
}

async function answer(issuer: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const json = (value: object, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (request.url?.startsWith('/.well-known/openid-configuration')) {
    json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
    return;
  }
  if (request.url === '/keys') {
    json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] });
    return;
  }
  const form = new URLSearchParams(await readText(request));
  const given = codes.get(form.get('code') ?? '');
  const isProven =
    given?.challenge ===
    createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
  if (!given || !isProven) json({ error: 'invalid_grant' }, 400);
  else json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: idToken(issuer, given.nonce) });
}

let provider: Server;
let issuer: string;
let world: AccessWorld;
beforeAll(async () => {
  provider = createServer((request, response) => void answer(issuer, request, response));
  await new Promise<void>((ready) => provider.listen(0, '127.0.0.1', ready));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  world = await accessWorld({ singleSignOn: { issuer, clientId: 'medtrade', clientSecret: 'secret', createsUsers: false } });
  await world.system.database.owner.query("update access.user_account set email = 'Zhou.Min@example.com' where login = 'quality'");
});
afterAll(() => new Promise((closed) => provider.close(closed)));

/** Goes to the provider and comes back with a code, as a browser does. */
async function away(): Promise<{ cookie: string; to: URL; back: URLSearchParams; header: string }> {
  const started = await world.raw('/session/oidc');
  expect(started.status).toBe(302);
  const to = new URL(started.headers.get('location')!);
  const header = started.headers.getSetCookie()[0]!;
  const code = randomUUID();
  codes.set(code, { nonce: to.searchParams.get('nonce')!, challenge: to.searchParams.get('code_challenge')! });
  return { cookie: header.split(';')[0]!, to, header, back: new URLSearchParams({ code, state: to.searchParams.get('state')! }) };
}

const back = async (query: URLSearchParams, cookie: string) => {
  const response = await world.raw(`/session/oidc/callback?${query.toString()}`, { headers: { cookie } });
  const session = response.headers.getSetCookie().find((c) => c.startsWith('medtrade_session='));
  return { status: response.status, body: await response.text(), session, token: session?.split(';')[0]?.split('=')[1] };
};

test('a person with a verified address is linked once and recognised by identity from then on', async () => {
  const first = await away();
  expect(Object.fromEntries(first.to.searchParams)).toMatchObject({
    code_challenge_method: 'S256',
    scope: 'openid email profile',
    client_id: 'medtrade',
  });
  expect(first.header).toMatch(/Path=\/api\/session\/oidc; HttpOnly; SameSite=Lax; Max-Age=600$/);
  const answered = await back(first.back, first.cookie);
  expect(answered.status).toBe(200);
  expect(answered.body).toContain('content="0;url=/"');
  expect(answered.session).toMatch(/SameSite=Strict/);
  expect((await world.call('GET', '/session', { cookie: answered.token })).body.user.login).toBe('quality');
  said.email = 'married.name@example.com';
  const again = await away();
  expect((await back(again.back, again.cookie)).token).toBeDefined();
  said.email = 'zhou.min@example.com';
});

test('an address the provider does not vouch for finds nobody', async () => {
  Object.assign(said, { sub: 'p-2', email_verified: false });
  const leg = await away();
  const answered = await back(leg.back, leg.cookie);
  expect(answered).toMatchObject({ status: 401, session: undefined });
  expect(answered.body).toContain('no user has your verified e-mail address');
  Object.assign(said, { sub: 'p-1', email_verified: true });
});

test('somebody the product does not know is refused unless the settings let them in, and then without any permission', async () => {
  Object.assign(said, { sub: 'p-3', email: 'new.person@example.com' });
  const leg = await away();
  expect((await back(leg.back, leg.cookie)).status).toBe(401);
  const open = await accessWorld({ singleSignOn: { issuer, clientId: 'medtrade', clientSecret: 'secret', createsUsers: true } });
  const before = world;
  world = open;
  const next = await away();
  const { token } = await back(next.back, next.cookie);
  expect((await world.call('GET', '/session', { cookie: token })).body).toMatchObject({
    user: { login: 'new.person@example.com' },
    grants: [],
    entities: [],
  });
  world = before;
  Object.assign(said, { sub: 'p-1', email: 'zhou.min@example.com' });
});

test('another state, another nonce, another browser and a lapsed attempt are refused', async () => {
  const one = await away();
  const other = await away();
  expect((await back(new URLSearchParams({ code: one.back.get('code')!, state: 'forged' }), one.cookie)).status).toBe(401);
  expect((await back(one.back, other.cookie)).status).toBe(401);
  expect((await back(other.back, '')).status).toBe(401);
  said.nonce = 'replayed';
  const replay = await away();
  expect((await back(replay.back, replay.cookie)).status).toBe(401);
  said.nonce = undefined;
  const late = await away();
  world.system.clock.advance(11 * 60_000);
  const answered = await back(late.back, late.cookie);
  expect(answered.body).toContain('it took too long');
});

test('a deactivated person does not come in by single sign-on', async () => {
  await world.system.database.owner.query("update access.user_account set state = 'inactive' where login = 'quality'");
  const leg = await away();
  expect(await back(leg.back, leg.cookie)).toMatchObject({ status: 401, session: undefined });
});

test('without settings there is no single sign-on', async () => {
  const plain = await accessWorld();
  expect((await plain.call('GET', '/session/oidc')).body.code).toBe('access/single-sign-on-is-off');
  expect((await plain.call('GET', '/session/options')).body).toMatchObject({ hasSingleSignOn: false, demoPassword: expect.any(String) });
});
