import { Secret, TOTP } from 'otpauth';
import { beforeAll, expect, test } from 'vitest';
import { demoPassword } from './demo.ts';
import { accessWorld, type AccessWorld } from './world.server.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await accessWorld();
});

const codeNow = (secret: string, shift = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.system.clock.now().getTime() + shift * 30_000 });

/** Enrols a second factor for a person; the secret and the recovery codes. */
async function enrol(login: string) {
  const cookie = await world.signIn(login);
  const begun = await world.call('POST', '/account/second-factor', { cookie, body: { password: demoPassword } });
  const confirmed = await world.call('POST', '/account/second-factor/confirm', { cookie, body: { code: codeNow(begun.body.secret) } });
  expect(confirmed.status).toBe(200);
  world.system.clock.advance(60_000);
  return {
    cookie,
    secret: begun.body.secret as string,
    uri: begun.body.uri as string,
    qrSvg: begun.body.qrSvg as string,
    codes: confirmed.body.recoveryCodes as string[],
  };
}

const challengeOf = async (login: string): Promise<string> => {
  const answer = await world.call('POST', '/session', { body: { login, password: demoPassword } });
  expect(answer.cookie).toBeUndefined();
  expect(answer.body.status).toBe('second-factor-required');
  return answer.body.challenge;
};
const second = (challenge: string, code: string) => world.call('POST', '/session/second-factor', { body: { challenge, code } });

test('a person enrols a second factor by QR code and signs in with it from then on', async () => {
  const { secret, uri, qrSvg, codes } = await enrol('quality');
  expect(uri).toMatch(/^otpauth:\/\/totp\/MedTrade:quality\?/);
  expect(qrSvg).toContain('<svg');
  expect(codes).toHaveLength(10);
  const answer = await second(await challengeOf('quality'), codeNow(secret));
  expect(answer.body.status).toBe('signed-in');
  expect((await world.call('GET', '/account', { cookie: answer.cookie })).body).toMatchObject({
    hasSecondFactor: true,
    recoveryCodesLeft: 10,
  });
});

test('the same code twice is refused, and a wrong one', async () => {
  const { secret } = await enrol('buyer');
  const code = codeNow(secret);
  expect((await second(await challengeOf('buyer'), code)).status).toBe(200);
  expect((await second(await challengeOf('buyer'), code)).body.code).toBe('access/code-refused');
  expect((await second(await challengeOf('buyer'), '000000')).body.code).toBe('access/code-refused');
});

test('one code used by two log-ins at the same moment opens one session', async () => {
  const { secret } = await enrol('keeper');
  const challenges = [await challengeOf('keeper'), await challengeOf('keeper')];
  const code = codeNow(secret);
  const answers = await Promise.all(challenges.map((challenge) => second(challenge, code)));
  expect(answers.map((a) => a.status).toSorted()).toEqual([200, 401]);
});

test('wrong codes lock the login like wrong passwords', async () => {
  await enrol('sales');
  const challenge = await challengeOf('sales');
  const codes = [];
  for (let i = 0; i < 5; i += 1) codes.push((await second(challenge, '111111')).body.code);
  expect(codes.slice(0, 4)).toEqual(Array(4).fill('access/code-refused'));
  expect(codes[4]).toBe('access/locked-out');
});

test('a recovery code is good once, whatever its spelling', async () => {
  const { codes } = await enrol('clerk');
  expect((await second(await challengeOf('clerk'), codes[0]!.toUpperCase())).status).toBe(200);
  expect((await second(await challengeOf('clerk'), codes[0]!)).body.code).toBe('access/code-refused');
});

test('a challenge lapses after five minutes and is not made by hand', async () => {
  const { secret } = await enrol('controller');
  const challenge = await challengeOf('controller');
  world.system.clock.advance(5 * 60_000 + 1);
  expect((await second(challenge, codeNow(secret))).body.code).toBe('access/challenge-lapsed');
  expect((await second('x'.repeat(80), codeNow(secret))).body.code).toBe('access/challenge-lapsed');
});

test('the secret of a second factor is encrypted in the database and bound to its user', async () => {
  const { secret } = await enrol('auditor');
  const { rows } = await world.system.database.owner.query('select secret_sealed from access.totp where user_id = $1', [
    world.users.get('auditor'),
  ]);
  expect(rows[0].secret_sealed).not.toContain(secret);
  await world.system.database.owner.query(`update access.totp set secret_sealed = $1, last_step = 0 where user_id = $2`, [
    rows[0].secret_sealed,
    world.users.get('quality'),
  ]);
  world.system.clock.advance(60_000);
  expect((await second(await challengeOf('quality'), codeNow(secret))).body.code).toBe('access/code-refused');
});

test('turning the second factor off needs password and code; an administrator resets it for another person', async () => {
  const { cookie, secret } = await enrol('admin');
  const off = (body: object) => world.call('POST', '/account/second-factor/disable', { cookie, body });
  expect((await off({ password: 'wrong password', code: codeNow(secret) })).status).toBe(401);
  expect((await off({ password: demoPassword, code: codeNow(secret) })).status).toBe(200);
  const reset = (id: string) =>
    world.call('POST', `/access/user-security/${id}/reset-second-factor`, { cookie, body: { reason: 'telephone lost' } });
  expect((await reset(world.users.get('clerk')!)).status).toBe(200);
  expect(await world.signIn('clerk')).toBeTruthy();
  expect((await reset(world.users.get('admin')!)).body.code).toBe('access/own-credentials-elsewhere');
});

test('a changed password works, the old one does not, and other sessions end', async () => {
  const [here, there] = [await world.signIn('accepter'), await world.signIn('accepter')];
  const change = (current: string, next: string) => world.call('POST', '/account/password', { cookie: here, body: { current, next } });
  expect((await change('wrong password', 'copper lantern viola 7')).body.code).toBe('access/password-is-wrong');
  expect((await change(demoPassword, 'short')).body.refusals[0]).toMatchObject({ code: 'access/password-is-weak', field: 'next' });
  expect((await change(demoPassword, 'copper lantern viola 7')).status).toBe(200);
  expect((await world.call('GET', '/session', { cookie: here })).status).toBe(200);
  expect((await world.call('GET', '/session', { cookie: there })).status).toBe(401);
  expect((await world.call('POST', '/session', { body: { login: 'accepter', password: demoPassword } })).status).toBe(401);
  expect(await world.signIn('accepter', 'copper lantern viola 7')).toBeTruthy();
});

test("with an issued password nothing is allowed but choosing one's own", async () => {
  const admin = await world.signIn('admin');
  const issued = await world.call('POST', `/access/user-security/${world.users.get('accepter')}/issue-password`, {
    cookie: admin,
    body: { reason: 'forgotten' },
  });
  const answer = await world.call('POST', '/session', { body: { login: 'accepter', password: issued.body.password } });
  expect(answer.body).toEqual({ status: 'signed-in', mustChangePassword: true });
  const session = await world.call('GET', '/session', { cookie: answer.cookie });
  expect(session.body).toMatchObject({ mustChangePassword: true, grants: [] });
  expect((await world.call('GET', '/organisation/legal-entities', { cookie: answer.cookie })).status).toBe(403);
  const body = { current: issued.body.password, next: 'viola copper lantern 9' };
  expect((await world.call('POST', '/account/password', { cookie: answer.cookie, body })).status).toBe(200);
  expect((await world.call('GET', '/session', { cookie: answer.cookie })).body.mustChangePassword).toBe(false);
});

test('no password is issued to oneself or to a service user', async () => {
  const admin = await world.signIn('admin');
  const issue = (login: string) =>
    world.call('POST', `/access/user-security/${world.users.get(login)}/issue-password`, { cookie: admin, body: { reason: 'x' } });
  expect((await issue('admin')).body.code).toBe('access/own-credentials-elsewhere');
  expect((await issue('integrator')).body.code).toBe('access/service-users-have-no-log-in');
});

test('the language a person chooses stays theirs', async () => {
  const cookie = await world.signIn('accepter', 'viola copper lantern 9');
  expect((await world.call('POST', '/account/locale', { cookie, body: { locale: 'en' } })).status).toBe(200);
  expect((await world.call('GET', '/session', { cookie })).body.user.locale).toBe('en');
  expect((await world.call('POST', '/account/locale', { cookie, body: { locale: 'fr' } })).status).toBe(400);
});

test('a person names a substitute for some days; only for themselves, and only a fit one', async () => {
  const cookie = await world.signIn('accepter', 'viola copper lantern 9');
  const base = { substituteLogin: 'keeper', from: '2026-03-01', until: '2026-03-10', reason: 'holiday' };
  const name = (change: object) => world.call('POST', '/account/substitutions', { cookie, body: { ...base, ...change } });
  expect((await name({ userId: world.users.get('sales') })).body.code).toBe('access/only-own-substitute');
  expect((await name({ substituteLogin: 'integrator' })).body.code).toBe('access/substitute-is-not-fit');
  expect((await name({ substituteLogin: 'accepter' })).body.code).toBe('access/substitute-is-not-fit');
  expect((await name({ until: '2026-02-01' })).body.code).toBe('access/substitution-ends-after-it-begins');
  const { substitutionId } = (await name({})).body;
  const mine = world.users.get('accepter')!;
  const on = (day: string) =>
    world.system.db.read({ entityIds: '*', userId: null }, (tx) => world.product.ports.people.substitutesFor(tx, [mine], day));
  expect((await on('2026-03-10')).get(mine)).toEqual([world.users.get('keeper')]);
  expect((await on('2026-03-11')).get(mine)).toBeUndefined();
  expect((await world.call('POST', `/account/substitutions/${substitutionId}/end`, { cookie })).status).toBe(200);
  expect((await on('2026-03-10')).get(mine)).toBeUndefined();
});
