import { beforeAll, expect, test } from 'vitest';
import { type Caller, demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;
let quality: Caller;

beforeAll(async () => {
  world = await demoWorld();
  quality = await world.as('quality');
});

/** Does the work of every waiting job of this name now. */
async function work(name: string): Promise<void> {
  const { owner } = world.system.database;
  const { rows } = await owner.query("select payload from kernel.job_run where name = $1 and state = 'queued' order by id", [name]);
  for (const { payload } of rows) await world.product.jobs.find((j) => j.name === name)?.run(world.system, payload, async () => undefined);
  await owner.query("update kernel.job_run set state = 'done' where name = $1", [name]);
}

const upload = async (csv: string) => {
  const answer = await quality.send('POST', '/documents/import-upload/product?name=products.csv', csv, {
    'content-type': 'application/octet-stream',
  });
  expect(answer.status).toBe(200);
  return answer.body.session;
};

async function check(session: { id: string; mapping: unknown }) {
  const asked = await quality.send('POST', `/documents/imports/${session.id}/check`, { mapping: session.mapping, mode: 'create' });
  if (asked.status === 200) await work('documents.import-check');
  return asked;
}

const mapped = ['header.code', 'header.nameZh', 'header.nameEn', 'header.baseUnit', 'header.identifierPolicy'];

test('the columns of a plain list of articles are understood, and only what it lacks is asked for', async () => {
  const session = await upload('编码,中文名称,英文名称,单位,识别方式\nP-901,一次性注射器,Syringe,支,批号\n');
  expect(session.mapping).toEqual([mapped]);
  const refused = await check(session);
  expect(refused).toMatchObject({ status: 422, body: { code: 'import/required-column-unmapped' } });
  expect(refused.body.refusals.map((r: { field: string }) => r.field)).toEqual(['header.deviceClass']);
});

test('a list of articles goes in by the names people use, a required value with a start of its own may be missing', async () => {
  const session = await upload('编码,中文名称,英文名称,单位,管理类别\nP-902,一次性注射器,Syringe,支,第二类\n');
  expect(session.mapping).toEqual([[...mapped.slice(0, 4), 'header.deviceClass']]);
  expect((await check(session)).status).toBe(200);
  const { items } = (await quality.get(`/documents/imports/${session.id}/items?show=errors&q=&after=0&limit=10`)).body;
  expect(items).toEqual([]);
  const run = await quality.send('POST', `/documents/imports/${session.id}/run`, { onError: 'all-or-nothing', isSameFileWanted: false });
  expect(run.status).toBe(200);
  await work('documents.import-run');
  expect((await quality.get(`/documents/imports/${session.id}`)).body.session).toMatchObject({ state: 'done', totals: { done: 1 } });
  const id = await world.id('product', 'P-902');
  expect((await quality.get(`/catalogue/products/${id}`)).body.document).toMatchObject({
    nameZh: '一次性注射器',
    nameEn: 'Syringe',
    baseUnit: '支',
    identifierPolicy: 'lot',
    isExpiryTracked: true,
  });
});

test('the same list in English', async () => {
  const session = await upload('Item No.,Product name,English name,UOM,Identification,Risk class\nP-903,导尿管,Catheter,根,Lot,II\n');
  expect(session.mapping).toEqual([[...mapped, 'header.deviceClass']]);
});
