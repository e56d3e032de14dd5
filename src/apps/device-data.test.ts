import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemScope } from '#kernel/db/database.server.ts';
import { type Caller, demoWorld, type DemoWorld } from './test/demo-world.server.ts';
import { findByDi } from '#modules/catalogue/index.server.ts';

const vectors = join(import.meta.dirname, '../../../shared/data');
const isAbsent = !existsSync(vectors);
if (isAbsent) console.warn(`device data samples are not there (${vectors}): their import is not tested`);

let world: DemoWorld;
let quality: Caller;

beforeAll(async () => {
  world = await demoWorld();
  quality = await world.as('quality');
});

const home = '/catalogue/device-imports';
const nowhere = async (): Promise<void> => undefined;

/** Does the newest waiting job of an import, as the queue would. */
async function work(importId: string): Promise<void> {
  const { rows } = await world.system.database.owner.query(
    `select name, payload from kernel.job_run where payload ->> 'importId' = $1 order by id desc limit 1`,
    [importId],
  );
  await world.product.modules
    .flatMap((m) => m.jobs)
    .find((j) => j.name === rows[0].name)
    ?.run(world.system, rows[0].payload, nowhere);
}

async function upload(content: string | Buffer, name: string, query = ''): Promise<any> {
  const { status, body } = await quality.send('POST', `${home}?name=${encodeURIComponent(name)}${query}`, String(content), {
    'content-type': 'application/octet-stream',
  });
  expect([status, body.state]).toEqual([200, 'checking']);
  await work(body.id);
  return (await quality.get(`${home}/${body.id}`)).body;
}

const itemsOf = async (importId: string, show = 'all'): Promise<any[]> =>
  (await quality.get(`${home}/${importId}/items?show=${show}`)).body.items;

async function run(importId: string): Promise<any> {
  const { status, body } = await quality.command(`${home}/${importId}/run`, { reason: '按数据库更新' });
  expect([status, body.state]).toEqual([200, 'running']);
  await work(importId);
  return (await quality.get(`${home}/${importId}`)).body;
}

const foundBy = (...dis: string[]) => world.system.db.read(systemScope, (tx) => findByDi(tx, dis));
const device = (di: string, more = '') =>
  `<device><zxxsdycpbs>${di}</zxxsdycpbs><cpmctymc>一次性使用导管</cpmctymc><ggxh>A1</ggxh>${more}</device>`;
const nmpa = (...devices: string[]) => `<udid version="1.0"><devices>${devices.join('')}</devices></udid>`;

describe.skipIf(isAbsent)('samples of the databases', () => {
  test('a GUDID file becomes products marked to be completed, found by the codes on their labels', async () => {
    const file = readFileSync(join(vectors, 'gudid/gudid-devices.sample.xml'));
    const checked = await upload(file, 'gudid.xml', '&deviceClass=II&baseUnit=%E5%A5%97');
    expect(checked).toMatchObject({ source: 'gudid', state: 'checked' });
    const { records, toCreate, refused } = checked.totals;
    expect([toCreate, refused]).toEqual([records, 0]);
    expect(await foundBy('10197106724460')).toEqual([]);
    const done = await run(checked.id);
    expect(done).toMatchObject({ state: 'done', totals: { done: records } });
    expect((await foundBy('10197106724460', '50197106724468')).map((f) => [f.code, f.level, f.quantityPerBase])).toEqual([
      ['10197106724460', 'base', '1'],
      ['10197106724460', 'case', '2'],
    ]);
    const { body } = await quality.get(`/catalogue/products/${await world.id('product', '10197106724460')}`);
    expect(body.document).toMatchObject({ deviceClass: 'II', baseUnit: '套', registrantName: 'Cardinal Health 200, LLC', isSterile: true });
    expect(body.document.toComplete).toContain('nameZh');
    expect(body.document.nameZh).toBe(body.document.nameEn);
  });

  test('the same file again changes nothing', async () => {
    const again = await upload(readFileSync(join(vectors, 'gudid/gudid-devices.sample.xml')), 'gudid.xml');
    expect(again.totals).toMatchObject({ toCreate: 0, toChange: 0, refused: 0, unchanged: again.totals.records });
  });

  test('openFDA answers are imported and found by scanning; a device given twice is refused once', async () => {
    const checked = await upload(readFileSync(join(vectors, 'openfda/device-udi.examples.json')), 'openfda.json');
    expect(checked.totals).toMatchObject({ records: 2, toCreate: 1, refused: 1 });
    expect((await itemsOf(checked.id, 'errors'))[0].errors[0].code).toBe('catalogue/device-record-repeated');
    await run(checked.id);
    expect((await foundBy('00887517567062', '887517567062'))[0]?.nameEn).toContain('CoRoent');
  });

  test('NMPA devices bring their Chinese name, registration and class', async () => {
    const checked = await upload(readFileSync(join(vectors, 'nmpa-udi/udid-three-devices.xml')), 'udid.xml');
    await run(checked.id);
    const { body } = await quality.get(`/catalogue/products/${await world.id('product', '06972253600013')}`);
    expect(body.document).toMatchObject({
      nameZh: 'PTCA球囊扩张导管',
      deviceClass: 'III',
      registrationNo: '国械注准20193030166',
      classCode2017: '03-13-06',
    });
    expect((await foundBy('26975737430209')).map((f) => f.quantityPerBase)).toEqual(['10']);
  });
});

describe('differences to what we have', () => {
  test('each field is shown old and new, chosen ones are left alone, and the change carries its reason', async () => {
    const first = await upload(nmpa(device('06900000100011')), 'first.xml');
    await run(first.id);
    const second = nmpa(device('06900000100011', '<flbm>03-13-06</flbm><cphhhbh>REF-1</cphhhbh>').replace('A1', 'A1改'));
    const checked = await upload(second, 'second.xml');
    expect(checked.totals).toMatchObject({ toChange: 1, toCreate: 0 });
    const shown = (await itemsOf(checked.id, 'changes'))[0].changes.map((c: any) => [c.label.zh, c.old?.zh ?? null, c.new?.zh ?? null]);
    expect(shown).toEqual([
      ['规格', 'A1', 'A1改'],
      ['分类编码（2017版）', null, '03-13-06'],
      ['货号（REF）', null, 'REF-1'],
    ]);
    await quality.command(`${home}/${checked.id}/check`, { deviceClass: 'III', baseUnit: '件', skippedFields: ['specification'] });
    await work(checked.id);
    await run(checked.id);
    const id = await world.id('product', '06900000100011');
    const { document } = (await quality.get(`/catalogue/products/${id}`)).body;
    expect([document.specification, document.classCode2017, document.catalogueNo, document.version]).toEqual([
      'A1',
      '03-13-06',
      'REF-1',
      2,
    ]);
    expect((await quality.get(`/catalogue/products/${id}/versions`)).body[0].reason).toBe('按数据库更新');
  });

  test('a record is matched with the product a person names; an unknown code is refused', async () => {
    const checked = await upload(nmpa(device('06900000100028', '<cphhhbh>REF-9</cphhhbh>')), 'named.xml');
    expect(checked.totals.toCreate).toBe(1);
    const match = (productCode: string) => quality.command(`${home}/${checked.id}/items/1/match`, { productCode });
    expect(await match('NOPE')).toMatchObject({ status: 404, body: { code: 'catalogue/device-product-unknown' } });
    expect((await match('06900000100011')).status).toBe(200);
    await work(checked.id);
    expect((await itemsOf(checked.id))[0]).toMatchObject({ action: 'change', productCode: '06900000100011' });
  });

  test('what breaks a rule stays out with its reason, the rest goes in', async () => {
    const wrong = device('06900000100035', '<zczbhhzbapzbh>国械注准20193030166</zczbhhzbapzbh>');
    const packing = '<packing><bzcpbs>06900000100035</bzcpbs><cpbzjb>盒</cpbzjb><bznhxyjcpbssl>5</bznhxyjcpbssl></packing>';
    const number = '<zczbhhzbapzbh>国械注准20203030999</zczbhhzbapzbh>';
    const taken = device('06900000100042', `${number}<packingList>${packing}</packingList>`);
    const checked = await upload(nmpa(wrong, taken, '<device><cpmctymc>无标识</cpmctymc></device>'), 'wrong.xml');
    expect(checked.totals).toMatchObject({ records: 3, toCreate: 1, refused: 2 });
    const errors = (await itemsOf(checked.id, 'errors')).flatMap((i) => i.errors.map((e: any) => e.code));
    expect(errors).toEqual(['catalogue/identifier-of-other', 'catalogue/device-record-without-identifier']);
    expect((await run(checked.id)).totals).toMatchObject({ done: 1, refused: 2 });
  });
});

describe('who and what is refused', () => {
  test('only who may create products may import device data', async () => {
    for (const login of ['sales', 'keeper']) expect([login, (await (await world.as(login)).get(home)).status]).toEqual([login, 403]);
    expect((await world.stranger.get(home)).status).toBe(401);
  });

  test('a foreign file ends the check with its reason; an unknown import is not found; nothing runs before it is checked', async () => {
    const failed = await upload('<invoice/>', 'invoice.xml');
    expect([failed.state, failed.failure[0].code]).toEqual(['failed', 'catalogue/device-file-unknown']);
    expect(await quality.command(`${home}/${failed.id}/run`, { reason: '试' })).toMatchObject({
      status: 409,
      body: { code: 'catalogue/device-import-wrong-state' },
    });
    expect((await quality.get(`${home}/dim_none`)).body.code).toBe('catalogue/device-import-not-found');
    const page = await quality.send('POST', `${home}?name=page.html`, '<html></html>', { 'content-type': 'application/octet-stream' });
    expect(page.status).toBe(422);
  });
});
