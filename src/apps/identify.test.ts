import { beforeAll, describe, expect, test } from 'vitest';
import { demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;
const gtin = '09520123456788';
const caseGtin = '19520123456785';

/** Package levels of a demo product, as the register has them. */
async function carries(code: string, di: string, level: string, quantity: string): Promise<void> {
  await world.system.database.owner.query(
    `insert into catalogue.product_packages (document_id, line_no, level, di, issuing_agency, quantity_per_base)
     select id, (select coalesce(max(line_no), 0) + 1 from catalogue.product_packages l where l.document_id = p.id), $2, $3, 'gs1', $4
     from catalogue.product p where code = $1`,
    [code, level, di, quantity],
  );
}

const identify = async (scans: string[], login = 'quality') => (await world.as(login)).send('POST', '/catalogue/identify', { scans });

beforeAll(async () => {
  world = await demoWorld();
  await carries('CON-SYR-010', gtin, 'base', '1');
  await carries('CON-SYR-010', caseGtin, 'case', '100');
});

describe('scanning a code', () => {
  test('finds the product of the identifier and reads lot and expiry', async () => {
    const { status, body } = await identify([`]d201${gtin}1727123110AB-7`]);
    expect(status).toBe(200);
    expect(body.reading).toMatchObject({ di: gtin, lotNo: 'AB-7', expiry: { date: '2027-12-31', precision: 'day' }, problems: [] });
    expect(body.products).toMatchObject([{ code: 'CON-SYR-010', by: 'di', level: 'base', quantity: '1' }]);
  });

  test('two labels of one box are one identification', async () => {
    const { body } = await identify([`01${gtin}`, '1727123110AB-7']);
    expect(body).toMatchObject({ raw: [`01${gtin}`, '1727123110AB-7'], reading: { di: gtin, lotNo: 'AB-7', warnings: [] } });
    expect(body.products).toHaveLength(1);
  });

  test('a case becomes base units', async () => {
    const { body } = await identify([`01${caseGtin}10AB-7`]);
    expect(body.products).toMatchObject([{ code: 'CON-SYR-010', level: 'case', quantity: '100' }]);
  });

  test('a shorter GTIN of the same number is the same number', async () => {
    expect((await identify([gtin.slice(1)])).body.products).toMatchObject([{ code: 'CON-SYR-010', di: gtin }]);
  });

  test('a product code finds its product, too', async () => {
    const { body } = await identify(['CON-SYR-010']);
    expect(body.products).toMatchObject([{ code: 'CON-SYR-010', by: 'code', di: null }]);
  });

  test('what can be read in several ways comes back as choices, with the product they agree on', async () => {
    const { body } = await identify([`01${gtin}10ABC12317271231`]);
    expect(body.choices).toHaveLength(2);
    expect(body.reading).toMatchObject({ di: null, lotNo: null });
    expect(body.products).toHaveLength(1);
  });

  test('an identifier that two products carry answers both', async () => {
    const twin = '09520123456795';
    await carries('CON-SYR-010', twin, 'other', '1');
    const others = await world.system.database.owner.query(`select code from catalogue.product where code <> 'CON-SYR-010' limit 1`);
    const other = others.rows[0].code as string;
    await carries(other, twin, 'base', '1');
    expect((await identify([twin])).body.products.map((p: { code: string }) => p.code).toSorted()).toEqual(
      ['CON-SYR-010', other].toSorted(),
    );
  });

  test('contents that contradict each other go to quality, without a quantity', async () => {
    await carries('CON-SYR-010', caseGtin, 'inner', '50');
    const { body } = await identify([`01${caseGtin}`]);
    expect(body.products).toMatchObject([{ quantity: null }]);
    expect(body.packageProblems).toMatchObject([{ code: 'catalogue/package-contradicts', rule: 'R-097' }]);
  });

  test('a box and a case that claim the same content go to quality', async () => {
    const [box, big] = ['19520123456792', '29520123456799'];
    await carries('CON-SYR-010', box, 'inner', '10');
    await carries('CON-SYR-010', big, 'case', '10');
    await world.system.database.owner.query('update catalogue.product_packages set contained_di = $1 where di = any($2)', [
      gtin,
      [box, big],
    ]);
    const { body } = await identify([`01${big}`]);
    expect(body).toMatchObject({ products: [{ quantity: null }], packageProblems: [{ code: 'catalogue/package-parents-unclear' }] });
  });

  test('what nobody can read is answered with the reason, not with an error', async () => {
    const { status, body } = await identify(['???']);
    expect(status).toBe(200);
    expect(body.reading.problems).toMatchObject([{ code: 'catalogue/code-not-understood', rule: 'R-096' }]);
  });

  test('a stranger is refused', async () => {
    expect((await world.stranger.send('POST', '/catalogue/identify', { scans: ['1'] })).status).toBe(401);
  });
});

test('a label scanned into the global search finds its product', async () => {
  const { rows } = await world.system.database.owner.query(
    `select l.di, p.code from catalogue.product_packages l join catalogue.product p on p.id = l.document_id where length(l.di) = 14 order by l.di limit 1`,
  );
  const caller = await world.as('quality');
  const scanned = encodeURIComponent(`]C101${rows[0].di}10L-1\u001d17280531`);
  const { body } = await caller.get(`/search?q=${scanned}`);
  expect(body.items[0]).toMatchObject({ kind: 'product', number: rows[0].code });
  expect((await caller.get('/search?q=0190000000000000')).body.items).toEqual([]);
});
