import { beforeAll, expect, test } from 'vitest';
import { type Caller, demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;
let clerk: Caller;
let keeper: Caller;
let ids: Record<string, string>;

beforeAll(async () => {
  world = await demoWorld();
  [clerk, keeper] = [await world.as('clerk'), await world.as('keeper2')];
  ids = {
    entity: await world.id('legal-entity', 'HH'),
    warehouse: await world.id('warehouse', 'WH1'),
    otherPlace: await world.id('storage-place', 'WH2-A01'),
    shelf: await world.id('storage-place', 'WH1-A01'),
    red: await world.id('storage-place', 'WH1-R01'),
    reagent: await world.id('product', 'IVD-CRP-100'),
    stent: await world.id('product', 'STE-DES-2518'),
    lens: await world.id('product', 'OPH-IOL-215'),
  };
});

const path = '/warehouse/opening-stocks';
const reagent = (more: object = {}) => ({
  productId: ids['reagent'],
  placeId: ids['shelf'],
  lotNo: 'L-NEW',
  expiryDate: '2027-05-31',
  quantity: '10',
  unitCost: '386.5',
  qualityState: 'acceptable',
  ...more,
});
const stock = (...items: object[]) => ({
  entityId: ids['entity'],
  content: { stockDate: '2026-11-01', warehouseId: ids['warehouse'], lines: { items } },
});
const refusalsOf = async (...items: object[]) => {
  const answer = await clerk.command(path, stock(...items));
  return { status: answer.status, codes: (answer.body.refusals ?? []).map((r: any) => r.code), refusals: answer.body.refusals };
};

async function approve(id: string): Promise<void> {
  const { approvalId } = (await clerk.command(`${path}/${id}/submit`)).body;
  await (await world.as('controller')).send('POST', `/approval/requests/${approvalId}/approve`, {});
}

test('lots and serials come in with cost; stock value and ledger value agree to the cent', async () => {
  const made = await clerk.command(
    path,
    stock(reagent({ lotNo: 'L-1', quantity: '3', unitCost: '33.333333' }), {
      ...reagent(),
      productId: ids['stent'],
      lotNo: 'NF-9',
      serialNo: 'NF-9-1',
      quantity: '1',
      unitCost: '798',
    }),
  );
  expect(made).toMatchObject({
    status: 200,
    body: { document: { totalCost: '898.00', totalQuantity: '4', number: expect.stringMatching(/^OS-2026-/) } },
  });
  const { id } = made.body.document;
  await approve(id);
  const preview = (await keeper.send('POST', `${path}/${id}/post?dryRun=true`, {})).body;
  expect(preview.effects.moves.map((m: any) => [m.lotLabel, m.quantity])).toEqual([
    ['L-1', '3'],
    ['NF-9 / NF-9-1', '1'],
  ]);
  const posted = await keeper.command(`${path}/${id}/post`);
  expect(posted.status).toBe(200);
  const booked = await world.system.database.owner.query(
    'select l.amount_minor::text amount from ledger.journal_line l join ledger.journal_entry e using (entry_id) where e.document_id = $1 order by l.line_no',
    [id],
  );
  expect(booked.rows.map((r) => r.amount)).toEqual(['89800', '-89800']);
  const { rows } = await world.system.database.owner.query(
    `
    select (select sum(value_minor) from ledger.lot_cost where entity_id = $1)::text stock,
      (select sum(functional_debit_minor - functional_credit_minor) from ledger.account_balance b join finance.account a on a.id = b.account_id
        where a.entity_id = $1 and a.purpose = 'inventory')::text books`,
    [ids['entity']],
  );
  expect(rows[0].stock).toBe(rows[0].books);
});

test('the poster is not the maker', async () => {
  const made = await keeper.command(path, stock(reagent({ lotNo: 'L-MAKER' })));
  const { id } = made.body.document;
  const { approvalId } = (await keeper.command(`${path}/${id}/submit`)).body;
  await (await world.as('controller')).send('POST', `/approval/requests/${approvalId}/approve`, {});
  expect(await keeper.command(`${path}/${id}/post`)).toMatchObject({ status: 403, body: { code: 'access/maker-is-checker' } });
  expect((await (await world.as('keeper')).command(`${path}/${id}/post`)).status).toBe(200);
});

test.each([
  ['a reagent without lot number', () => reagent({ lotNo: null }), 'stock/lot-missing'],
  ['a reagent with a serial number', () => reagent({ serialNo: 'S1', quantity: '1' }), 'stock/identifier-unwanted'],
  ['a lens without serial number', () => reagent({ productId: ids['lens'], lotNo: null }), 'stock/serial-missing'],
  [
    'two pieces under one serial number (R-039)',
    () => reagent({ productId: ids['lens'], lotNo: null, serialNo: 'S2', quantity: '2' }),
    'stock/serial-quantity',
  ],
  ['no expiry where it is tracked', () => reagent({ expiryDate: null }), 'stock/expiry-missing'],
  ['expired goods as acceptable (R-036)', () => reagent({ expiryDate: '2026-10-31' }), 'stock/expired-not-saleable'],
  ['acceptable goods in the red zone (R-034)', () => reagent({ placeId: ids['red'] }), 'stock/zone-disagrees'],
  ['rejected goods in the green zone (R-034)', () => reagent({ qualityState: 'rejected' }), 'stock/zone-disagrees'],
  ['a place of another warehouse', () => reagent({ placeId: ids['otherPlace'] }), 'stock/place-elsewhere'],
  [
    'production after expiry',
    () => reagent({ productionDate: '2026-10-20', expiryDate: '2026-10-10', qualityState: 'rejected', placeId: ids['red'] }),
    'stock/dates-crossed',
  ],
  ['production after the stock date', () => reagent({ productionDate: '2026-11-02' }), 'stock/day-after-stock-date'],
  ['more money than can be booked', () => reagent({ quantity: '999999999', unitCost: '999999999' }), 'command/amount-too-large'],
  ['quantity zero', () => reagent({ quantity: '0.000' }), 'stock/quantity-zero'],
])('refused: %s, in both languages, at its line', async (_, line, code) => {
  const { status, codes, refusals } = await refusalsOf(line());
  expect([status, codes]).toEqual([422, [code]]);
  expect(refusals[0]).toMatchObject({
    lines: 'items',
    line: 1,
    text: { zh: expect.stringMatching(/[\u4e00-\u9fa5]/), en: expect.stringMatching(/[a-z]/) },
  });
  expect(refusals[0].wayOut.zh.length).toBeGreaterThan(4);
});

test('the same lot on the same shelf twice is refused and names the other line', async () => {
  const { codes, refusals } = await refusalsOf(reagent(), reagent());
  expect(codes).toEqual(['stock/line-twice']);
  expect(refusals[0].text.zh).toContain('第 1 行');
});

test('a lot number that is already known with another expiry is refused', async () => {
  const made = await clerk.command(path, stock(reagent({ lotNo: 'L240811', expiryDate: '2029-01-31' })));
  await approve(made.body.document.id);
  const refused = await keeper.command(`${path}/${made.body.document.id}/post`);
  expect(refused).toMatchObject({ status: 409, body: { code: 'stock/lot-identity-differs' } });
});

test('a serial number that is already on hand is refused', async () => {
  const made = await clerk.command(
    path,
    stock({ ...reagent(), productId: ids['lens'], lotNo: null, serialNo: 'CV-88120431', quantity: '1' }),
  );
  await approve(made.body.document.id);
  const refused = await keeper.command(`${path}/${made.body.document.id}/post`);
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(['stock/serial-already-on-hand', 'stock/lot-identity-differs']).toContain(refused.body.code);
});

test('reversing takes the goods and the value out again, once', async () => {
  const made = await clerk.command(path, stock(reagent({ lotNo: 'L-REV', quantity: '7' })));
  const { id } = made.body.document;
  await approve(id);
  await keeper.command(`${path}/${id}/post`);
  const reversed = await keeper.command(`${path}/${id}/reverse`, { reason: '重复录入' });
  expect(reversed.body).toMatchObject({ document: { state: 'reversed' }, effects: { moveCount: 1 } });
  const { rows } = await world.system.database.owner.query(`
    select b.quantity::text, p.kind from ledger.stock_balance b join ledger.position p using (position_id) join ledger.lot l using (lot_id)
    where l.lot_no = 'L-REV' and b.quantity <> 0`);
  expect(rows).toEqual([]);
  expect((await keeper.command(`${path}/${id}/reverse`, { reason: '再来' })).status).toBe(409);
});

test('who does not see the cost may change the rest; new lines and other products need somebody who does', async () => {
  const keeper1 = await world.as('keeper');
  const made = await clerk.command(path, stock(reagent({ lotNo: 'L-HID', unitCost: '12.5' })));
  const { id } = made.body.document;
  const line = (await keeper1.get(`${path}/${id}`)).body.document.lines.items[0];
  expect(line.unitCost).toBeNull();
  const { cost: _, ...item } = line;
  const amend = (items: object[], note = '改备注') =>
    keeper1.command(`${path}/${id}/amend`, { content: { stockDate: '2026-11-01', warehouseId: ids['warehouse'], note, lines: { items } } });
  expect((await amend([item])).status).toBe(200);
  expect((await clerk.get(`${path}/${id}`)).body.document.lines.items[0]).toMatchObject({ unitCost: '12.5', cost: '125.00' });
  const { lineNo: __, ...copy } = item;
  expect(await amend([item, { ...copy, lotNo: 'L-HID2' }])).toMatchObject({ status: 403, body: { code: 'access/hidden-value-missing' } });
  expect(await amend([{ ...item, productId: ids['stent'] }])).toMatchObject({ status: 403, body: { code: 'access/hidden-value-missing' } });
  expect(await amend([{ ...item, unitCost: '1' }])).toMatchObject({ status: 403, body: { code: 'access/hidden-value-changed' } });
});
