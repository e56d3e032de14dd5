import { beforeAll, expect, test } from 'vitest';
import { demoPassword } from './demo.ts';
import { accessWorld, type AccessWorld } from './world.server.ts';

let world: AccessWorld;
let admin: string;
beforeAll(async () => {
  world = await accessWorld();
  admin = await world.signIn('admin');
});

const read = async (kind: 'users' | 'roles', id: string) =>
  (await world.call('GET', `/access/${kind}/${id}`, { cookie: admin })).body.document;

/** Grants of a user as content. */
const grantsOf = async (login: string): Promise<object[]> => (await read('users', world.users.get(login)!)).lines.grants;

async function changeUser(login: string, change: { grants?: object[]; header?: object }, cookie = admin) {
  const id = world.users.get(login)!;
  const { login: name, name: printed, email, locale, accountKind, lines } = await read('users', id);
  const content = {
    login: name,
    name: printed,
    email,
    locale,
    accountKind,
    ...change.header,
    lines: { grants: change.grants ?? lines.grants },
  };
  return world.call('POST', `/access/users/${id}/change`, { cookie, body: { content, reason: 'organisation chart' } });
}

const createRole = (code: string, permissions: string[], cookie = admin) =>
  world.call('POST', '/access/roles', { cookie, body: { content: { code, nameZh: code, nameEn: code, permissions } } });
const idOf = (answer: { body: any }): string => answer.body.document.id;

test('a permission administrator grants a role and it holds with the next request', async () => {
  const cookie = await world.signIn('sales');
  expect((await world.call('GET', '/access/users', { cookie })).status).toBe(403);
  const role = idOf(await createRole('user-reader', ['access.user.view']));
  expect((await changeUser('sales', { grants: [...(await grantsOf('sales')), { roleId: role, isOwnOnly: false }] })).status).toBe(200);
  expect((await world.call('GET', '/access/users', { cookie })).status).toBe(200);
  expect((await changeUser('sales', { grants: (await grantsOf('sales')).slice(0, -1) })).status).toBe(200);
  expect((await world.call('GET', '/access/users', { cookie })).status).toBe(403);
});

test('who may edit users but is no permission administrator changes names, not grants', async () => {
  const role = idOf(await createRole('user-clerk', ['access.user.*', 'access.role.*']));
  await changeUser('clerk', { grants: [{ roleId: role, isOwnOnly: false }] });
  const clerk = await world.signIn('clerk');
  expect((await changeUser('buyer', { header: { name: '陈立（华东）' } }, clerk)).status).toBe(200);
  expect((await changeUser('buyer', { grants: [{ roleId: role, isOwnOnly: false }] }, clerk)).body.code).toBe(
    'access/only-permission-administrators-grant',
  );
  expect((await createRole('mine', ['*'], clerk)).body.code).toBe('access/only-permission-administrators-grant');
});

test('nobody grants to themselves, nor widens a role they hold', async () => {
  const role = world.roles.get('auditor')!;
  const own = await changeUser('admin', { grants: [...(await grantsOf('admin')), { roleId: role, isOwnOnly: false }] });
  expect(own.body.code).toBe('access/nobody-grants-to-themselves');
  const { code, nameZh, nameEn, permissions } = await read('roles', world.roles.get('administrator')!);
  const body = { content: { code, nameZh, nameEn, permissions: [...permissions, 'trade.order.pay'] }, reason: 'x' };
  const widened = await world.call('POST', `/access/roles/${world.roles.get('administrator')}/change`, { cookie: admin, body });
  expect(widened.body.code).toBe('access/nobody-grants-to-themselves');
});

test('two roles with conflicting duties are refused for one person, naming both, unless their days never meet', async () => {
  const release = idOf(await createRole('releaser', ['trade.order.release']));
  const pay = idOf(await createRole('payer', ['trade.order.pay']));
  const grant = (roleId: string, validFrom: string | null = null, validUntil: string | null = null) => ({
    roleId,
    isOwnOnly: false,
    validFrom,
    validUntil,
  });
  const both = await changeUser('buyer', { grants: [grant(release), grant(pay)] });
  expect(both.body.refusals[0]).toMatchObject({ code: 'access/duties-are-separate', lines: 'grants' });
  expect(both.body.refusals[0].text.en).toMatch(/releaser.*payer/);
  expect((await changeUser('buyer', { grants: [grant(release, null, '2026-06-30'), grant(pay, '2026-06-30')] })).status).toBe(409);
  expect((await changeUser('buyer', { grants: [grant(release, null, '2026-06-30'), grant(pay, '2026-07-01')] })).status).toBe(200);
});

test('a role that holds both duties is refused, also when a change of the role would bring them together in one person', async () => {
  expect((await createRole('everything', ['trade.*'])).body.code).toBe('access/duties-are-separate');
  const one = idOf(await createRole('one', ['trade.order.release']));
  const two = idOf(await createRole('two', ['access.user.view']));
  await changeUser('keeper', {
    grants: [
      { roleId: one, isOwnOnly: false },
      { roleId: two, isOwnOnly: false },
    ],
  });
  const content = { code: 'two', nameZh: 'two', nameEn: 'two', permissions: ['trade.order.pay'] };
  const change = await world.call('POST', `/access/roles/${two}/change`, { cookie: admin, body: { content, reason: 'x' } });
  expect(change.body.code).toBe('access/duties-are-separate');
});

test('a permission nobody declared is refused', async () => {
  expect((await createRole('typo', ['acces.user.view'])).body.refusals[0]).toMatchObject({
    code: 'access/permission-is-unknown',
    field: 'permissions',
  });
});

test('the last administrator stays: neither deactivated, nor stripped, nor by emptying or ending the role', async () => {
  const id = world.users.get('admin')!;
  const role = world.roles.get('administrator')!;
  expect((await world.call('POST', `/access/users/${id}/deactivate`, { cookie: admin, body: { reason: 'x' } })).body.code).toBe(
    'access/last-administrator-stays',
  );
  expect((await changeUser('admin', { grants: [] })).body.code).toBe('access/last-administrator-stays');
  expect((await world.call('POST', `/access/roles/${role}/deactivate`, { cookie: admin, body: { reason: 'x' } })).body.code).toBe(
    'access/last-administrator-stays',
  );
  const content = { code: 'administrator', nameZh: '系统管理员', nameEn: 'Administrator', permissions: ['access.user.*'] };
  expect((await world.call('POST', `/access/roles/${role}/change`, { cookie: admin, body: { content, reason: 'x' } })).body.code).toBe(
    'access/last-administrator-stays',
  );
});

test('two administrators who remove each other at once leave one', async () => {
  const role = world.roles.get('administrator')!;
  await changeUser('accepter', { grants: [{ roleId: role, isOwnOnly: false }] });
  const second = await world.signIn('accepter');
  const off = (login: string, cookie: string) =>
    world.call('POST', `/access/users/${world.users.get(login)}/deactivate`, { cookie, body: { reason: 'x' } });
  const answers = await Promise.all([off('accepter', admin), off('admin', second)]);
  expect(answers.map((a) => a.status).filter((s) => s === 200)).toHaveLength(1);
  const isAdminOff = answers[1].status === 200;
  const staying = isAdminOff ? second : admin;
  expect(
    (
      await world.call('POST', `/access/users/${world.users.get(isAdminOff ? 'admin' : 'accepter')}/activate`, {
        cookie: staying,
        body: { reason: 'x' },
      })
    ).status,
  ).toBe(200);
  admin = await world.signIn('admin');
});

test('a deactivated person is out at once and their sessions do not come back', async () => {
  const cookie = await world.signIn('quality');
  const set = (action: string) =>
    world.call('POST', `/access/users/${world.users.get('quality')}/${action}`, { cookie: admin, body: { reason: 'leave' } });
  expect((await set('deactivate')).status).toBe(200);
  expect((await world.call('GET', '/session', { cookie })).status).toBe(401);
  expect((await set('activate')).status).toBe(200);
  expect((await world.call('GET', '/session', { cookie })).status).toBe(401);
});

test('login and kind of account never change, and a login is never given out again', async () => {
  expect((await changeUser('quality', { header: { login: 'quality2' } })).body.refusals[0]).toMatchObject({
    code: 'access/identity-is-for-life',
    field: 'login',
  });
  expect((await changeUser('quality', { header: { accountKind: 'service' } })).body.code).toBe('access/identity-is-for-life');
  const content = { login: 'quality', name: 'Another', locale: 'en', accountKind: 'person', lines: { grants: [] } };
  expect((await world.call('POST', '/access/users', { cookie: admin, body: { content } })).status).toBe(409);
  await expect(
    world.system.db.write({ entityIds: '*', userId: null }, (tx) => tx.client.query('delete from access.user_account')),
  ).rejects.toThrow(/permission denied/);
});

test('a grant holds from its first to its last day', async () => {
  const cookie = await world.signIn('controller');
  const reader = (await world.call('GET', '/access/roles?q=user-reader', { cookie: admin })).body.rows[0].id;
  const grant = (validFrom: string, validUntil: string) =>
    changeUser('controller', { grants: [{ roleId: reader, isOwnOnly: false, validFrom, validUntil }] });
  const status = async () => (await world.call('GET', '/access/users', { cookie })).status;
  await grant('2026-03-03', '2026-03-04');
  expect(await status()).toBe(403);
  await grant('2026-03-02', '2026-03-02');
  expect(await status()).toBe(200);
  await grant('2026-02-01', '2026-03-01');
  expect(await status()).toBe(403);
  expect((await grant('2026-03-05', '2026-03-01')).body.refusals[0]).toMatchObject({ code: 'access/grant-ends-after-it-begins', line: 1 });
});

test('who administers one company grants there and nowhere else', async () => {
  const company = (code: string) =>
    world.call('POST', '/organisation/legal-entities', {
      cookie: admin,
      body: { content: { code, nameZh: code, nameEn: code, country: 'CN', functionalCurrency: 'CNY', timeZone: 'Asia/Shanghai' } },
    });
  const [east, west] = [idOf(await company('EAST')), idOf(await company('WEST'))];
  const role = idOf(await createRole('local-administrator', ['access.permission.grant', 'access.user.*']));
  const target = (await world.call('GET', '/access/roles?q=user-reader', { cookie: admin })).body.rows[0].id;
  await changeUser('sales', { grants: [{ roleId: role, isOwnOnly: false, scopeEntityId: east }] });
  const local = await world.signIn('sales');
  const give = (scopeEntityId: string | null) =>
    changeUser('accepter', { grants: [{ roleId: target, isOwnOnly: false, scopeEntityId }] }, local);
  await changeUser('accepter', { grants: [] });
  expect((await give(west)).body.code).toBe('access/grant-is-beyond-own-scope');
  expect((await give(null)).body.code).toBe('access/grant-is-beyond-own-scope');
  expect((await give(east)).status).toBe(200);
  const cookie = await world.signIn('accepter');
  expect((await world.call('GET', '/session', { cookie })).body.entities.map((e: { code: string }) => e.code)).toEqual(['EAST']);
});

test('the permission matrix resolves wildcards and the review names every grant with its last use', async () => {
  const matrix = (await world.call('GET', '/access/permission-matrix', { cookie: admin })).body;
  const administrator = matrix.roles.find((r: { code: string }) => r.code === 'administrator');
  expect(administrator.permissions).toContain('access.user.change');
  expect(administrator.granted).toContain('access.*');
  expect(administrator.permissions).not.toContain('trade.order.pay');
  expect(matrix.conflicts).toEqual([
    { permissions: ['trade.order.release', 'trade.order.pay'], reason: { zh: '放行与付款分离', en: 'release and payment are separate' } },
  ]);
  const { rows } = (await world.call('GET', '/access/review', { cookie: admin })).body;
  expect(rows.find((r: { login: string }) => r.login === 'admin')).toMatchObject({
    role: { en: 'Administrator' },
    lastSeenAt: expect.any(String),
  });
  expect(rows.find((r: { login: string }) => r.login === 'integrator').lastSeenAt).toBeNull();
  const sales = await world.call('POST', '/session', { body: { login: 'buyer', password: demoPassword } });
  expect((await world.call('GET', '/access/review', { cookie: sales.cookie })).status).toBe(403);
});

test('holders of a permission are found with the company and the day', async () => {
  const holders = await world.system.db.read({ entityIds: '*', userId: null }, (tx) =>
    world.product.ports.people.holdersOf(tx, 'access.permission.grant', null),
  );
  expect(holders.map((h) => h.name)).toContain('林思远');
  const none = await world.system.db.read({ entityIds: '*', userId: null }, (tx) =>
    world.product.ports.people.holdersOf(tx, 'trade.order.void', null),
  );
  expect(none).toEqual([]);
});
