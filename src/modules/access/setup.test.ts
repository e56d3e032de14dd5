import { beforeAll, expect, test } from 'vitest';
import { makeSetupLink } from './setup.server.ts';
import { accessWorld, type AccessWorld } from './world.server.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await accessWorld({ isEmpty: true });
});

const password = 'copper lantern viola 7';
const answers = (token: string, change: object = {}) => ({
  token,
  administrator: { login: 'Lin', name: '林思远', password, locale: 'zh-CN', ...change },
  entity: {
    code: 'HH',
    nameZh: '华衡医疗',
    nameEn: 'Huaheng Medical',
    country: 'CN',
    functionalCurrency: 'CNY',
    timeZone: 'Asia/Shanghai',
  },
});
const setUp = (body: object) => world.call('POST', '/setup', { body });
const tokenOf = (link: string | undefined): string => link!.split('/').at(-1)!;

test('an empty product outside the demo has no log-in at all and says that it needs the setup link', async () => {
  const options = (await world.call('GET', '/session/options')).body;
  expect(options).toEqual({ isDemo: false, demoAccounts: [], demoPassword: null, hasSingleSignOn: false, needsSetup: true });
});

test('an invented, a lapsed and a replaced link are refused', async () => {
  expect((await setUp(answers('x'.repeat(43)))).body.code).toBe('access/setup-link-is-not-valid');
  const lapsed = tokenOf(await makeSetupLink(world.system));
  world.system.clock.advance(24 * 3_600_000 + 1);
  expect((await setUp(answers(lapsed))).body.code).toBe('access/setup-link-is-not-valid');
  const replaced = tokenOf(await makeSetupLink(world.system));
  await makeSetupLink(world.system);
  expect((await setUp(answers(replaced))).body.code).toBe('access/setup-link-is-not-valid');
});

test('a weak password is refused and the link stays good; then the first company and administrator exist, once', async () => {
  const link = await makeSetupLink(world.system);
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4000\/setup\/[\w-]{43}$/);
  const token = tokenOf(link);
  expect((await setUp(answers(token, { password: 'password2026' }))).body.refusals[0]).toMatchObject({
    code: 'access/password-is-weak',
    field: 'password',
  });
  const both = await Promise.all([setUp(answers(token)), setUp(answers(token))]);
  expect(both.map((a) => a.status).toSorted()).toEqual([200, 403]);
  expect((await setUp(answers(token))).status).toBe(403);
  expect(await makeSetupLink(world.system)).toBeUndefined();
  const session = (await world.call('GET', '/session', { cookie: await world.signIn('lin', password) })).body;
  expect(session.entities).toMatchObject([{ code: 'HH', functionalCurrency: 'CNY' }]);
  expect(session.grants.map((g: { permission: string }) => g.permission)).toContain('access.*');
});

test('a wrong detail of the company undoes everything', async () => {
  const other = await accessWorld({ isEmpty: true });
  const token = tokenOf(await makeSetupLink(other.system));
  const body = answers(token);
  const answer = await other.call('POST', '/setup', { body: { ...body, entity: { ...body.entity, timeZone: 'Mars/Olympus' } } });
  expect(answer.body.code).toBe('organisation/time-zone-is-unknown');
  expect((await other.call('POST', '/setup', { body })).status).toBe(200);
});
