import { beforeAll, expect, test } from 'vitest';
import { limitGrants } from './grants.ts';
import { accessWorld, type AccessWorld } from './world.server.ts';

let world: AccessWorld;
let admin: string;
beforeAll(async () => {
  world = await accessWorld();
  admin = await world.signIn('admin');
  const role = await world.call('POST', '/access/roles', {
    cookie: admin,
    body: { content: { code: 'reader', nameZh: '只读', nameEn: 'Reader', permissions: ['organisation.*', 'access.user.view'] } },
  });
  const content = {
    login: 'integrator',
    name: '接口服务',
    locale: 'zh-CN',
    accountKind: 'service',
    lines: { grants: [{ roleId: role.body.document.id, isOwnOnly: false }] },
  };
  const change = await world.call('POST', `/access/users/${world.users.get('integrator')}/change`, {
    cookie: admin,
    body: { content, reason: 'interface' },
  });
  expect(change.status).toBe(200);
});

const create = (scopes: string[], login = 'integrator', cookie = admin) =>
  world.call('POST', '/access/api-keys', { cookie, body: { userId: world.users.get(login), name: 'ERP bridge', scopes, days: 30 } });

test('a key does what its user holds and its scopes name, and nothing else', async () => {
  const { token } = (await create(['organisation.legal-entity.view'])).body;
  expect(token).toMatch(/^mt_[\w-]{43}$/);
  expect((await world.call('GET', '/organisation/legal-entities', { bearer: token })).status).toBe(200);
  expect((await world.call('GET', '/access/users', { bearer: token })).status).toBe(403);
  const content = { code: 'K', nameZh: 'K', nameEn: 'K', country: 'CN', functionalCurrency: 'CNY', timeZone: 'Asia/Shanghai' };
  expect((await world.call('POST', '/organisation/legal-entities', { bearer: token, body: { content } })).status).toBe(403);
});

test('a scope the user does not hold gives nothing', async () => {
  const { token } = (await create(['access.permission.grant', 'access.role.view'])).body;
  expect((await world.call('GET', '/access/roles', { bearer: token })).status).toBe(403);
});

test('scopes meet grants in both directions', () => {
  const grant = (permission: string) => ({
    permission,
    entityIds: '*' as const,
    warehouseIds: '*' as const,
    regions: '*' as const,
    isOwnOnly: false,
  });
  expect(limitGrants([grant('sales.*'), grant('party.party.view')], ['sales.order.view', 'party.*']).map((g) => g.permission)).toEqual([
    'sales.order.view',
    'party.party.view',
  ]);
  expect(limitGrants([grant('sales.*')], ['*']).map((g) => g.permission)).toEqual(['sales.*']);
  expect(limitGrants([grant('sales.order.view')], ['finance.*'])).toEqual([]);
});

test('a revoked, a lapsed and an invented key are refused at once', async () => {
  const { token, keyId } = (await create(['*'])).body;
  expect((await world.call('GET', '/organisation/legal-entities', { bearer: token })).status).toBe(200);
  expect((await world.call('POST', `/access/api-keys/${keyId}/revoke`, { cookie: admin, body: { reason: 'leaked' } })).status).toBe(200);
  expect((await world.call('GET', '/organisation/legal-entities', { bearer: token })).status).toBe(401);
  expect((await world.call('POST', `/access/api-keys/${keyId}/revoke`, { cookie: admin, body: { reason: 'again' } })).status).toBe(404);
  expect((await world.call('GET', '/organisation/legal-entities', { bearer: `mt_${'x'.repeat(43)}` })).status).toBe(401);
  const lapsing = (await create(['*'])).body.token;
  world.system.clock.advance(31 * 86_400_000);
  expect((await world.call('GET', '/organisation/legal-entities', { bearer: lapsing })).status).toBe(401);
  admin = await world.signIn('admin');
});

test('keys are for service users, made by who may, with permissions that exist, and shown once', async () => {
  expect((await create(['*'], 'sales')).body.code).toBe('access/api-keys-are-for-service-users');
  expect((await create(['no.such.thing'])).body.refusals[0]).toMatchObject({ code: 'access/permission-is-unknown', field: 'scopes' });
  expect((await create(['*'], 'integrator', await world.signIn('sales'))).status).toBe(403);
  const { token } = (await create(['*'])).body;
  const { keys } = (await world.call('GET', '/access/api-keys', { cookie: admin })).body;
  expect(keys[0]).toMatchObject({ name: 'ERP bridge', prefix: token.slice(0, 11), lastUsedAt: null });
  expect(JSON.stringify(keys)).not.toContain(token);
});

test('a key has no account of its own to change', async () => {
  const { token } = (await create(['*'])).body;
  expect((await world.call('POST', '/account/password', { bearer: token, body: { current: 'x', next: 'y' } })).body.code).toBe(
    'access/only-people',
  );
});
