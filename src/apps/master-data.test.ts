import { beforeAll, expect, test } from 'vitest';
import { applyDueVersions } from '#kernel/document/due-versions.server.ts';
import { recordOn } from '#kernel/document/versions.server.ts';
import { systemScope } from '#kernel/db/database.server.ts';
import { demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;

beforeAll(async () => {
  world = await demoWorld();
});

const path = '/catalogue/products';

async function product(code: string): Promise<{ id: string; version: number; content: any }> {
  const { body } = await (await world.as('quality')).get(`${path}/${await world.id('product', code)}`);
  const {
    id,
    entityId: _e,
    number: _n,
    state: _s,
    version,
    createdBy: _b,
    createdAt: _a,
    updatedAt: _u,
    lines: _l,
    ...content
  } = body.document;
  return { id, version, content };
}

test('a change makes a dated version with its reason; what held before stays readable', async () => {
  const { id, content, version } = await product('CON-SYR-010');
  const refused = await (await world.as('quality')).command(`${path}/${id}/change`, { content: { ...content, registrantName: '新名称' } });
  expect(refused).toMatchObject({ status: 422, body: { code: 'command/reason-required' } });
  world.system.clock.set('2026-11-23T02:00:00Z');
  const changed = await (
    await world.as('quality')
  ).command(`${path}/${id}/change`, {
    content: { ...content, registrantName: '江西康盛医疗（更名）' },
    reason: '注册人更名',
    expectedVersion: version,
  });
  expect(changed.body.document).toMatchObject({ version: version + 1, registrantName: '江西康盛医疗（更名）' });
  const { body: versions } = await (await world.as('quality')).get(`${path}/${id}/versions`);
  expect(versions.map((v: any) => [v.version, v.validFrom, v.reason])).toEqual([
    [2, '2026-11-23', '注册人更名'],
    [1, '2026-11-20', null],
  ]);
  const before = await world.system.db.read(systemScope, (tx) => recordOn(tx, id, '2026-11-22'));
  expect(before?.content.registrantName).toBe('江西康盛医疗用品有限公司');
});

test('a change for a later day waits for its midnight and then holds without anybody acting', async () => {
  world.system.clock.set('2026-11-23T02:00:00Z');
  const { id, content } = await product('CON-IVC-022');
  await (
    await world.as('quality')
  ).command(`${path}/${id}/change`, {
    content: { ...content, storageCondition: '不高于20℃' },
    input: { validFrom: '2026-12-01' },
    reason: '说明书变更',
  });
  expect((await product('CON-IVC-022')).content.storageCondition).toBe('常温');
  // 23:59 and 00:00 in Shanghai.
  world.system.clock.set('2026-11-30T15:59:00Z');
  expect(await applyDueVersions(world.product, world.system)).toBe(0);
  world.system.clock.set('2026-11-30T16:00:00Z');
  expect(await applyDueVersions(world.product, world.system)).toBe(1);
  expect((await product('CON-IVC-022')).content.storageCondition).toBe('不高于20℃');
  expect(await applyDueVersions(world.product, world.system)).toBe(0);
});

test('only quality staff maintain products', async () => {
  const { id, content } = await product('CON-SUT-030');
  for (const login of ['sales', 'buyer', 'keeper', 'admin', 'controller']) {
    const refused = await (await world.as(login)).command(`${path}/${id}/change`, { content, reason: '试改' });
    expect([login, refused.status]).toEqual([login, 403]);
  }
});

test('a code is used once, and the refusal names it', async () => {
  const { content } = await product('CL1-BED-02');
  const refused = await (await world.as('quality')).command(path, { content });
  expect(refused).toMatchObject({ status: 409, body: { code: 'document/code-taken' } });
  expect(refused.body.refusals[0].text.zh).toContain('CL1-BED-02');
});

test('an inactive product cannot be chosen any more', async () => {
  const { id } = await product('CON-MSK-050');
  await (await world.as('quality')).command(`${path}/${id}/deactivate`, { reason: '停止经营' });
  const clerk = await world.as('clerk');
  const content = {
    stockDate: '2026-11-01',
    warehouseId: await world.id('warehouse', 'WH1'),
    lines: {
      items: [
        {
          productId: id,
          placeId: await world.id('storage-place', 'WH1-A01'),
          lotNo: 'X',
          expiryDate: '2028-01-01',
          quantity: '1',
          unitCost: '1',
          qualityState: 'acceptable',
        },
      ],
    },
  };
  const refused = await clerk.command('/warehouse/opening-stocks', { entityId: await world.id('legal-entity', 'HH'), content });
  expect(refused).toMatchObject({ status: 422, body: { code: 'command/inactive-reference' } });
});

test('numbers follow the configured pattern; a pattern that would repeat numbers is refused', async () => {
  const bad = await (
    await world.as('admin')
  ).command('/organisation/number-patterns', { content: { code: 'OS', documentKind: 'opening-stock', pattern: 'QC-{seq:4}' } });
  expect(bad).toMatchObject({ status: 422, body: { code: 'organisation/pattern-needs-period' } });
  const none = await (
    await world.as('admin')
  ).command('/organisation/number-patterns', { content: { code: 'P', documentKind: 'product', pattern: 'P-{seq:4}' } });
  expect(none).toMatchObject({ status: 422, body: { code: 'organisation/kind-has-no-numbers' } });
  await (
    await world.as('admin')
  ).command('/organisation/number-patterns', {
    content: { code: 'OS', documentKind: 'opening-stock', pattern: '{entity}-QC{yy}-{seq:4}' },
  });
  const clerk = await world.as('clerk');
  const content = {
    stockDate: '2026-11-01',
    warehouseId: await world.id('warehouse', 'WH1'),
    lines: {
      items: [
        {
          productId: await world.id('product', 'CL1-TRY-05'),
          placeId: await world.id('storage-place', 'WH1-B01'),
          quantity: '1',
          unitCost: '46',
          qualityState: 'acceptable',
        },
      ],
    },
  };
  const made = await clerk.command('/warehouse/opening-stocks', { entityId: await world.id('legal-entity', 'HH'), content });
  expect(made.body.document.number).toMatch(/^HH-QC26-\d{4}$/);
});

test('lists page by key without gap or repetition, filtered, sorted, summed', async () => {
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await (await world.as('quality')).get(`${path}?limit=60&sort=-nameZh${cursor ? `&cursor=${cursor}` : ''}`);
    seen.push(...body.rows.map((r: any) => r.id));
    cursor = body.nextCursor ?? '';
  } while (cursor);
  const { body: all } = await (await world.as('quality')).get(`${path}?limit=200&totals=true`);
  expect(seen.length).toBe(all.totals.count);
  expect(new Set(seen).size).toBe(seen.length);
  const filter = encodeURIComponent(JSON.stringify([{ field: 'deviceClass', op: 'in', value: ['I'] }]));
  const firstClass = (await (await world.as('quality')).get(`${path}?limit=200&filter=${filter}`)).body.rows.map((r: any) => r.number);
  expect(firstClass).toEqual(expect.arrayContaining(['CL1-BED-02', 'CL1-TRY-05']));
  expect(firstClass.filter((code: string) => !code.startsWith('CL1-'))).toEqual([]);
  expect((await (await world.as('quality')).get(`${path}?q=NovaFlex`)).body.rows).toHaveLength(2);
});
