import { beforeAll, expect, test } from 'vitest';
import { can } from '#kernel/access/actor.ts';
import { documentHandlers } from '#kernel/http/document-routes.server.ts';
import type { Operation } from '#kernel/http/operation.ts';
import { workspaceOperations } from '#kernel/http/workspace-operations.ts';
import { demoPassword, demoPeople } from '#modules/access/index.server.ts';
import { demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;
let operations: Operation[];

beforeAll(async () => {
  world = await demoWorld();
  operations = [
    ...workspaceOperations,
    ...world.product.modules.flatMap((m) => m.handlers.map((h) => h.operation)),
    ...documentHandlers(world.product).map((h) => h.operation),
  ];
});

// An id of the right form that names nothing.
const NOTHING = '01ZZZZZZZZZZZZZZZZZZZZZZZZ';
const pathOf = (o: Operation): string =>
  o.path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => (name === 'kind' ? 'product' : `usr_${NOTHING}`));
const bodyOf = (o: Operation): object | undefined => (o.method === 'GET' ? undefined : {});

test('operation ids are unique, and so are method and path', () => {
  expect(new Set(operations.map((o) => o.id)).size).toBe(operations.length);
  expect(new Set(operations.map((o) => `${o.method} ${o.path}`)).size).toBe(operations.length);
});

test('every route that is not public refuses a caller without session, whatever is sent', async () => {
  for (const o of operations.filter((op) => op.access !== 'public')) {
    const answer = await world.stranger.send(o.method, pathOf(o), bodyOf(o));
    expect([o.id, answer.status]).toEqual([o.id, 401]);
  }
});

test('every route × every role: who lacks the permission is refused before anything is looked at', async () => {
  const people = demoPeople.filter((p) => p.accountKind === 'person');
  for (const person of people) {
    const caller = await world.as(person.login);
    const { body: session } = await caller.get('/session');
    const actor = { kind: 'user' as const, id: session.user.id, name: session.user.name, sessionId: null, grants: session.grants };
    for (const o of operations) {
      if (typeof o.access !== 'object' || can(actor, o.access.permission)) continue;
      const answer = await caller.send(o.method, pathOf(o), bodyOf(o), { 'idempotency-key': 'route-matrix-key' });
      expect([person.login, o.id, answer.status, answer.body.code]).toEqual([person.login, o.id, 403, 'access/not-permitted']);
    }
  }
}, 120_000);

test('public routes are exactly the ones of signing in', () => {
  expect(
    operations
      .filter((o) => o.access === 'public')
      .map((o) => o.id)
      .toSorted(),
  ).toMatchInlineSnapshot(`
    [
      "finishSingleSignOn",
      "setUp",
      "signIn",
      "signInOptions",
      "signInSecondFactor",
      "startSingleSignOn",
    ]
  `);
});

test('a company out of scope is invisible in list, page, search, choices, export and command', async () => {
  const { owner } = world.system.database;
  const [main, branch] = [await world.id('legal-entity', 'HH'), await world.id('legal-entity', 'HS')];
  // The keeper works for the branch only from now on.
  await owner.query(
    `update access.user_account_grants set scope_entity_id = $1 where document_id = (select id from access.user_account where login = 'keeper')`,
    [branch],
  );
  const keeper = await world.as('keeper');
  const { rows } = await owner.query('select id, number from warehouse.opening_stock where entity_id = $1', [main]);
  const { id, number } = rows[0];
  expect((await keeper.get('/warehouse/opening-stocks')).body.rows).toEqual([]);
  expect((await keeper.get(`/warehouse/opening-stocks/${id}`)).status).toBe(404);
  expect((await keeper.get(`/warehouse/opening-stocks/${id}/timeline`)).status).toBe(404);
  expect((await keeper.get(`/search?q=${number}`)).body.items).toEqual([]);
  expect((await keeper.get('/choices/warehouse')).body.items.map((i: any) => i.number)).toEqual(['WH2']);
  expect((await keeper.get('/warehouse/opening-stocks/export?format=csv')).body).not.toContain(number);
  expect((await keeper.command(`/warehouse/opening-stocks/${id}/reverse`, { reason: '越权' })).status).toBe(404);
  const made = await keeper.command('/warehouse/warehouses', {
    entityId: main,
    content: { code: 'X1', nameZh: '越权库', nameEn: 'Not mine', address: '某处' },
  });
  expect(made).toMatchObject({ status: 403 });
});

test('cost is hidden from who may not see it: in list, page, timeline, export and as filter', async () => {
  const keeper2 = await world.as('keeper2');
  const clerk = await world.as('clerk');
  const row = (await keeper2.get('/warehouse/opening-stocks')).body.rows[0];
  expect(row.totalCost).toBeNull();
  expect((await clerk.get('/warehouse/opening-stocks')).body.rows[0].totalCost).toBe('668046.00');
  const page = (await keeper2.get(`/warehouse/opening-stocks/${row.id}`)).body.document;
  expect(page.lines.items.every((l: any) => l.unitCost === null && l.cost === null)).toBe(true);
  expect(JSON.stringify((await keeper2.get(`/warehouse/opening-stocks/${row.id}/timeline`)).body)).not.toContain('668046');
  expect((await keeper2.get('/warehouse/opening-stocks/export?format=csv')).body).not.toContain('668046');
  const filter = encodeURIComponent(JSON.stringify([{ field: 'totalCost', op: 'gt', value: '1' }]));
  expect(await keeper2.get(`/warehouse/opening-stocks?filter=${filter}`)).toMatchObject({
    status: 400,
    body: { code: 'list/filter-invalid' },
  });
  expect(await keeper2.get('/warehouse/opening-stocks?sort=totalCost')).toMatchObject({ status: 400 });
});

test('a write from another site is refused although the cookie is right', async () => {
  const response = await world.app.request('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    body: JSON.stringify({ login: 'clerk', password: demoPassword }),
  });
  expect(response.status).toBe(403);
});

test('malformed requests get clear answers, never a fault', async () => {
  const clerk = await world.as('clerk');
  expect(await clerk.send('POST', '/finance/journal-vouchers', '{nonsense', { 'idempotency-key': 'malformed-1' })).toMatchObject({
    status: 400,
  });
  expect(await clerk.get('/finance/journal-vouchers?cursor=nonsense')).toMatchObject({ status: 400 });
  expect(await clerk.get('/finance/journal-vouchers?limit=100000')).toMatchObject({ status: 400 });
  expect(
    await clerk.get(
      '/finance/journal-vouchers?filter=%5B%7B%22field%22%3A%22voucherDate%22%2C%22op%22%3A%22eq%22%2C%22value%22%3A%22x%22%7D%5D',
    ),
  ).toMatchObject({ status: 400 });
  expect(await clerk.get('/finance/journal-vouchers/not-an-id')).toMatchObject({ status: 400 });
  expect(await clerk.get('/nowhere')).toMatchObject({ status: 404 });
});

test('what no column can keep is refused at the edge: NUL, half characters, days that are none', async () => {
  const clerk = await world.as('clerk');
  const comment = (body: string) => clerk.send('POST', '/finance/journal-vouchers', body, { 'idempotency-key': 'storable-0001' });
  expect(await comment('{"entityId":"a\\u0000"}')).toMatchObject({ status: 400 });
  expect(await comment('{"reason":"\\ud800"}')).toMatchObject({ status: 400 });
  expect(await clerk.get('/search?q=%00')).toMatchObject({ status: 400 });
  const filter = (value: string) => encodeURIComponent(JSON.stringify([{ field: 'voucherDate', op: 'eq', value }]));
  for (const day of ['2026-02-30', '0000-01-01', '']) {
    expect(await clerk.get(`/finance/journal-vouchers?filter=${filter(day)}`)).toMatchObject({
      status: 400,
      body: { code: 'list/filter-invalid' },
    });
  }
  const forged = Buffer.from(JSON.stringify({ sort: '-createdAt', value: 'abc', id: 'x' })).toString('base64url');
  expect((await clerk.get(`/finance/journal-vouchers?cursor=${forged}`)).status).toBe(422);
});

test('an origin that is no address, or only begins like ours, is foreign', async () => {
  for (const origin of ['null', 'garbage', 'http://127.0.0.1:4000.evil.com', 'https://127.0.0.1:4000']) {
    const response = await world.app.request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, host: '127.0.0.1:4000' },
      body: JSON.stringify({ login: 'clerk', password: demoPassword }),
    });
    expect([origin, response.status]).toEqual([origin, 403]);
  }
});

test('cost is not told by a rehearsal or an answer either', async () => {
  const keeper2 = await world.as('keeper2');
  const { id } = (await keeper2.get('/warehouse/opening-stocks')).body.rows[0];
  const rehearsed = (await keeper2.send('POST', `/warehouse/opening-stocks/${id}/reverse?dryRun=true`, { reason: '试' })).body;
  expect(rehearsed.effects.moves.length).toBeGreaterThan(10);
  expect(rehearsed.effects.moves.every((m: any) => m.value === null)).toBe(true);
  expect(rehearsed.effects.journal).toEqual([]);
});

test('lots of another company are not found by the search', async () => {
  const buyer = await world.as('buyer');
  expect((await buyer.get('/search?q=BX24')).body.items.map((i: any) => i.kind)).toEqual(['lot']);
  const branch = await world.id('legal-entity', 'HS');
  await world.system.database.owner.query(
    `update access.user_account_grants set scope_entity_id = $1 where document_id = (select id from access.user_account where login = 'buyer')`,
    [branch],
  );
  expect((await buyer.get('/search?q=BX24')).body.items).toEqual([]);
});
