import { beforeAll, expect, test } from 'vitest';
import { hashPassword, isPasswordRight } from './password.server.ts';
import { demoPassword } from './demo.ts';
import { accessWorld, type AccessWorld } from './world.server.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await accessWorld();
});

const wrong = (login: string) => world.call('POST', '/session', { body: { login, password: 'not the password' } });

test('a person signs in with login and password and gets a session that knows them', async () => {
  const answer = await world.call('POST', '/session', { body: { login: 'Quality', password: demoPassword } });
  expect(answer.body).toEqual({ status: 'signed-in', mustChangePassword: false });
  expect(answer.cookieHeader).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  const session = await world.call('GET', '/session', { cookie: answer.cookie });
  expect(session.body.user).toMatchObject({ login: 'quality', name: '周敏', locale: 'zh-CN' });
});

test('over TLS the session cookie is secure', async () => {
  const secure = await accessWorld({ origin: 'https://erp.example.com' });
  const answer = await secure.call('POST', '/session', { body: { login: 'admin', password: demoPassword } });
  expect(answer.cookieHeader).toMatch(/; Secure$/);
});

test('nothing is answered without a session', async () => {
  expect((await world.call('GET', '/session')).status).toBe(401);
  expect((await world.call('GET', '/session', { cookie: 'made-up' })).status).toBe(401);
});

test('a wrong password, an unknown login, a service user and an inactive person get the same answer', async () => {
  const answers = await Promise.all(['buyer', 'nobody-has-this', 'integrator'].map(wrong));
  const admin = await world.signIn('admin');
  const id = world.users.get('accepter')!;
  expect((await world.call('POST', `/access/users/${id}/deactivate`, { cookie: admin, body: { reason: 'left' } })).status).toBe(200);
  answers.push(await world.call('POST', '/session', { body: { login: 'accepter', password: demoPassword } }));
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('access/sign-in-refused');
    expect(answer.body.refusals).toEqual(answers[0]?.body.refusals);
  }
});

test('an unknown login costs the same work as a wrong password', async () => {
  const hash = await hashPassword('a password somebody has');
  const timeOf = async (of: string | null) => {
    const started = performance.now();
    expect(await isPasswordRight(of, 'guess')).toBe(false);
    return performance.now() - started;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let i = 0; i < 15; i += 1) {
    known.push(await timeOf(hash));
    unknown.push(await timeOf(null));
  }
  // The quickest of each: what the machine does besides can only add.
  expect(Math.min(...unknown) / Math.min(...known)).toBeGreaterThan(0.5);
  expect(Math.min(...unknown) / Math.min(...known)).toBeLessThan(2);
});

test('five wrong attempts lock a login, known or not, for a minute; each more doubles it', async () => {
  for (const login of ['clerk', 'ghost']) {
    for (let i = 0; i < 5; i += 1) expect((await wrong(login)).body.code).toBe('access/sign-in-refused');
    expect(await wrong(login)).toMatchObject({ status: 429, body: { code: 'access/locked-out' } });
  }
  const right = () => world.call('POST', '/session', { body: { login: 'clerk', password: demoPassword } });
  expect((await right()).status).toBe(429);
  world.system.clock.advance(61_000);
  expect((await wrong('clerk')).status).toBe(401);
  world.system.clock.advance(61_000);
  expect((await right()).status).toBe(429);
  world.system.clock.advance(60_000);
  expect((await right()).status).toBe(200);
  expect((await wrong('clerk')).status).toBe(401);
});

test('thirty guesses at once are still five', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => wrong('sales')));
  expect(answers.filter((a) => a.status === 401)).toHaveLength(5);
  expect(answers.filter((a) => a.status === 429)).toHaveLength(25);
});

test('an administrator unlocks a login, but nobody unlocks their own', async () => {
  const admin = await world.signIn('admin');
  const unlock = (id: string) =>
    world.call('POST', `/access/user-security/${id}/unlock`, { cookie: admin, body: { reason: 'asked by phone' } });
  expect((await unlock(world.users.get('sales')!)).status).toBe(200);
  await world.signIn('sales');
  expect((await unlock(world.users.get('admin')!)).body.code).toBe('access/own-credentials-elsewhere');
});

test('a new log-in makes a new session and ends the one the browser brought', async () => {
  const first = await world.signIn('controller');
  const second = await world.call('POST', '/session', { cookie: first, body: { login: 'controller', password: demoPassword } });
  expect(second.cookie).not.toBe(first);
  expect((await world.call('GET', '/session', { cookie: first })).status).toBe(401);
  expect((await world.call('GET', '/session', { cookie: second.cookie })).status).toBe(200);
});

test('a session ends by signing out, by an hour without use and by twelve hours in any case', async () => {
  const out = await world.signIn('keeper');
  expect((await world.call('DELETE', '/session', { cookie: out })).status).toBe(200);
  expect((await world.call('GET', '/session', { cookie: out })).status).toBe(401);
  const idle = await world.signIn('keeper');
  world.system.clock.advance(61 * 60_000);
  expect((await world.call('GET', '/session', { cookie: idle })).status).toBe(401);
  const used = await world.signIn('keeper');
  for (let half = 0; half < 23; half += 1) {
    world.system.clock.advance(30 * 60_000);
    expect((await world.call('GET', '/session', { cookie: used })).status).toBe(200);
  }
  world.system.clock.advance(31 * 60_000);
  expect((await world.call('GET', '/session', { cookie: used })).status).toBe(401);
});

test('a session revoked by the administrator stops at once; without the permission it is refused', async () => {
  const [admin, victim, other] = [await world.signIn('admin'), await world.signIn('buyer'), await world.signIn('sales')];
  const path = `/access/user-security/${world.users.get('buyer')}/revoke-sessions`;
  expect((await world.call('POST', path, { cookie: other, body: { reason: 'x' } })).status).toBe(403);
  expect((await world.call('GET', '/session', { cookie: victim })).status).toBe(200);
  expect((await world.call('POST', path, { cookie: admin, body: { reason: 'laptop lost' } })).body.revoked).toBeGreaterThan(0);
  expect((await world.call('GET', '/session', { cookie: victim })).status).toBe(401);
});

test('a person sees and ends their own sessions, not those of others', async () => {
  const [one, two] = [await world.signIn('buyer'), await world.signIn('buyer')];
  const { sessions } = (await world.call('GET', '/account/sessions', { cookie: one })).body;
  const far = sessions.find((s: { isCurrent: boolean }) => !s.isCurrent);
  const foreign = await world.signIn('sales');
  expect((await world.call('DELETE', `/account/sessions/${far.sessionId}`, { cookie: foreign })).status).toBe(404);
  expect((await world.call('DELETE', `/account/sessions/${far.sessionId}`, { cookie: one })).status).toBe(200);
  expect((await world.call('GET', '/session', { cookie: two })).status).toBe(401);
});

test('tokens are kept as hashes only and every log-in, refusal and revocation is in the audit ledger', async () => {
  const cookie = await world.signIn('buyer');
  const { rows: hashes } = await world.system.database.owner.query('select token_hash from access.session');
  expect(hashes.map((r) => r.token_hash)).not.toContain(cookie);
  const { rows } = await world.system.database.owner.query(
    "select distinct action from audit.event where kind in ('session', 'credential')",
  );
  expect(rows.map((r) => r.action)).toEqual(
    expect.arrayContaining(['sign-in', 'sign-in-refused', 'sign-in-stopped', 'sign-out', 'revoke', 'revoke-all', 'unlock']),
  );
});
