import { beforeAll, expect, test } from 'vitest';
import { systemScope } from '#kernel/db/database.server.ts';
import { recordOn } from '#kernel/document/versions.server.ts';
import { demoPassword } from '#modules/access/index.server.ts';
import { usccCheckSign } from '#modules/organisation/index.ts';
import { lapsePapers } from '#modules/party/index.server.ts';
import { demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;

beforeAll(async () => {
  world = await demoWorld();
});

const parties = '/party/parties';
const licences = '/party/licences';
const signature = { password: demoPassword };
const uscc = (first17: string): string => first17 + (usccCheckSign(first17) ?? '');

const supplier = {
  code: 'NEW-01',
  nameZh: '常州星泽医疗器械贸易有限公司',
  nameEn: 'Changzhou Xingze Device Trading Co., Ltd.',
  roles: ['supplier'],
  legalForm: 'company',
  uscc: uscc('91320400MA2XK91B7'),
  country: 'CN',
  region: '32',
  lines: { contacts: [{ name: '许静' }], bankAccounts: [{ bank: '中国银行', accountNo: '6217856100012345678', currency: 'CNY' }] },
};

async function file(id: string, documentKind: string, licenceNo: string, more: object = {}, isVerified = true): Promise<string> {
  const officer = await world.as('quality2');
  const made = await officer.command(licences, { content: { documentKind, licenceNo, partyId: id, ...more } });
  expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
  if (isVerified)
    expect((await officer.command(`${licences}/${made.body.document.id}/verify`, { input: { method: 'publicRegister' } })).status).toBe(
      200,
    );
  return made.body.document.id;
}

const codes = (answer: { body: any }): string[] => (answer.body.refusals ?? [answer.body]).map((r: any) => r.code);

test('first approval of a supplier from an empty form to approved: every missing document is named, the wrong person refused', async () => {
  const officer = await world.as('quality2');
  const made = await officer.command(parties, { content: supplier });
  expect(made.body.document).toMatchObject({ state: 'draft', number: 'NEW-01' });
  const { id } = made.body.document;
  const empty = await officer.command(`${parties}/${id}/submit`);
  expect(empty.status).toBe(422);
  expect(codes(empty)).toEqual(Array.from({ length: 5 }, () => 'party/document-is-missing'));
  expect(JSON.stringify(empty.body)).toContain('医疗器械经营许可证或第二类医疗器械经营备案凭证');
  await file(id, 'businessLicence', supplier.uscc);
  await file(id, 'qualityAgreement', 'ZB-2026-88', { endsOn: '2028-12-31' });
  await file(id, 'salespersonLetter', 'SQ-2026-88', { endsOn: '2027-06-30' });
  await file(id, 'specimens', 'YZ-88');
  const licence = await file(
    id,
    'tradingLicence',
    '苏常药监械经营许20250088号',
    {
      startsOn: '2025-01-01',
      endsOn: '2026-11-30',
      businessMode: 'wholesale',
      lines: { scope: [{ catalogue: '2017', code: '13', deviceClass: 'III', isIncluded: true }] },
    },
    false,
  );
  expect(codes(await officer.command(`${parties}/${id}/submit`))).toEqual(['party/document-is-unverified']);
  await officer.command(`${licences}/${licence}/verify`, { input: { method: 'publicRegister', note: '省局公示' } });
  expect((await officer.command(`${parties}/${id}/submit`)).body.document.state).toBe('under_quality_review');

  for (const login of ['sales', 'buyer', 'quality2', 'admin']) {
    expect([login, (await (await world.as(login)).command(`${parties}/${id}/approve`, { signature })).status]).toEqual([login, 403]);
  }
  const head = await world.as('quality');
  expect(codes(await head.command(`${parties}/${id}/approve`))).toEqual(['signature/required']);
  const approved = await head.command(`${parties}/${id}/approve`, { signature });
  expect(approved.body.document.state).toBe('approved');
  const { body: timeline } = await head.get(`${parties}/${id}/timeline`);
  const events = timeline.items ?? timeline;
  expect(events.find((e: any) => e.action === 'approve').signature).toMatchObject({
    printedName: expect.stringContaining('周敏'),
    isValid: true,
  });
});

test('whoever submitted a file may not approve it, whatever their role', async () => {
  const head = await world.as('quality');
  const id = await world.id('party', 'S030');
  const { body } = await head.get(`${parties}/${id}`);
  const {
    id: _i,
    entityId: _e,
    number: _n,
    state: _s,
    version: _v,
    createdBy: _c,
    createdAt: _a,
    updatedAt: _u,
    ...content
  } = body.document;
  expect((await head.command(`${parties}/${id}/amend`, { content: { ...content, note: '补充联系人' } })).status).toBe(200);
  const { rows } = await world.system.database.owner.query(`select id from party.licence where party_id = $1 and state = 'unverified'`, [
    id,
  ]);
  for (const row of rows) expect((await head.command(`${licences}/${row.id}/verify`, { input: { method: 'original' } })).status).toBe(200);
  expect((await head.command(`${parties}/${id}/submit`)).body.document.state).toBe('under_quality_review');
  const refused = await head.command(`${parties}/${id}/approve`, { signature });
  expect([refused.status, codes(refused)]).toEqual([403, expect.arrayContaining(['access/maker-is-checker'])]);
});

test('R-014 sales reads qualification data and may not change it', async () => {
  const sales = await world.as('sales');
  const id = await world.id('party', 'S001');
  expect((await sales.get(`${parties}/${id}`)).body.document.lines.bankAccounts[0].accountNo).toBeNull();
  expect((await sales.command(`${parties}/${id}/change`, { content: supplier, reason: '更正' })).status).toBe(403);
  expect((await sales.command(parties, { content: { ...supplier, code: 'NEW-02' } })).status).toBe(403);
});

test('a licence that lapses at midnight blocks without anyone acting, and the history names it', async () => {
  const id = await world.id('party', 'NEW-01');
  const buyer = await world.as('buyer');
  const { rows } = await world.system.database.owner.query(`select id from organisation.legal_entity where code = 'HH'`);
  const ask = async (day?: string) =>
    (
      await (
        await world.as('buyer')
      ).get(`/party/may-we?entityId=${rows[0].id}&partyId=${id}&direction=buy&deviceClass=III&code2017=13-07-01${day ? `&day=${day}` : ''}`)
    ).body;
  expect((await ask()).isAllowed).toBe(true);
  expect((await ask('2026-12-01')).checks.filter((c: any) => !c.isPassed).map((c: any) => c.name)).toEqual([
    'partyDocuments',
    'partyScope',
  ]);
  expect((await buyer.get(`${parties}/${id}`)).body.document.state).toBe('approved');
  // 23:59 and 00:00 in Shanghai.
  world.system.clock.set('2026-11-30T15:59:00Z');
  await lapsePapers(world.product, world.system);
  expect((await (await world.as('buyer')).get(`${parties}/${id}`)).body.document.state).toBe('approved');
  world.system.clock.set('2026-11-30T16:00:00Z');
  expect(await lapsePapers(world.product, world.system)).toBeGreaterThan(0);
  const again = await lapsePapers(world.product, world.system);
  expect(again).toBe(0);
  const head = await world.as('quality');
  expect((await head.get(`${parties}/${id}`)).body.document.state).toBe('expired');
  const events = (await head.get(`${parties}/${id}/timeline`)).body;
  expect((events.items ?? events)[0]).toMatchObject({
    action: 'expire',
    actorName: 'MedTrade',
    reason: expect.stringContaining('苏常药监械经营许20250088号 已于 2026-11-30 到期'),
  });
  const answer = await ask();
  expect(answer.isAllowed).toBe(false);
  expect(answer.checks.filter((c: any) => !c.isPassed).map((c: any) => c.name)).toEqual(['partyState', 'partyDocuments', 'partyScope']);
});

test('the renewed licence is verified, the file reviewed again and approved; what held before stays readable', async () => {
  world.system.clock.set('2026-12-01T02:00:00Z');
  const id = await world.id('party', 'NEW-01');
  const officer = await world.as('quality2');
  expect(codes(await officer.command(`${parties}/${id}/submit`))).toEqual(['party/document-has-lapsed']);
  await file(id, 'tradingLicence', '苏常药监械经营许20250088号', {
    startsOn: '2026-12-01',
    endsOn: '2031-11-30',
    businessMode: 'wholesale',
    lines: { scope: [{ catalogue: '2017', code: '13', deviceClass: 'III', isIncluded: true }] },
  });
  expect((await officer.command(`${parties}/${id}/submit`)).status).toBe(200);
  expect((await (await world.as('quality')).command(`${parties}/${id}/approve`, { signature })).body.document.state).toBe('approved');
  const before = await world.system.db.read(systemScope, (tx) => recordOn(tx, id, '2026-11-25'));
  expect(before?.content.nameZh).toBe(supplier.nameZh);
});

test('withdrawing a document an approved file rests on expires the file at once', async () => {
  const id = await world.id('party', 'S008');
  const officer = await world.as('quality2');
  const { rows } = await world.system.database.owner.query(
    `select id from party.licence where party_id = $1 and document_kind = 'productionLicence'`,
    [id],
  );
  expect((await officer.command(`${licences}/${rows[0].id}/withdraw`, { reason: '省局注销' })).status).toBe(200);
  expect((await officer.get(`${parties}/${id}`)).body.document.state).toBe('expired');
});

test('an approved party is suspended with a reason and reactivated only by signature', async () => {
  const head = await world.as('quality');
  const id = await world.id('party', 'B001');
  expect(codes(await head.command(`${parties}/${id}/suspend`))).toEqual(['command/reason-required']);
  expect((await head.command(`${parties}/${id}/suspend`, { reason: '飞行检查通报' })).body.document.state).toBe('suspended');
  expect(codes(await head.command(`${parties}/${id}/reactivate`, { reason: '整改完成' }))).toEqual(['signature/required']);
  expect((await head.command(`${parties}/${id}/reactivate`, { reason: '整改完成', signature })).body.document.state).toBe('approved');
  const waiting = await world.id('party', 'B055');
  expect((await head.command(`${parties}/${waiting}/reject`, { reason: '人员不符' })).body.document.state).toBe('rejected');
  expect((await head.command(`${parties}/${waiting}/deactivate`, { reason: '不再合作' })).body.document.state).toBe('inactive');
  expect((await head.command(`${parties}/${waiting}/activate`, { reason: '重新建档' })).body.document.state).toBe('draft');
});

test('wrong numbers are refused at their field: credit code, LEI, tax number, IBAN, licence number, scope code', async () => {
  const officer = await world.as('quality2');
  const bad = await officer.command(parties, {
    content: {
      ...supplier,
      code: 'BAD-1',
      uscc: '91320400MA2XK91B70',
      lei: '2138001CY61HDFJ5ZA28',
      country: 'DE',
      taxNo: 'DE136695977',
      lines: { contacts: [], bankAccounts: [{ bank: 'X', accountNo: 'DE89370400440532013001', currency: 'EUR' }] },
    },
  });
  expect(codes(bad).toSorted()).toEqual([
    'party/iban-does-not-hold',
    'party/lei-does-not-hold',
    'party/tax-number-does-not-hold',
    'party/uscc-does-not-hold',
  ]);
  const partyId = await world.id('party', 'S019');
  const licence = await officer.command(licences, {
    content: {
      documentKind: 'tradingLicence',
      licenceNo: '不是编号',
      partyId,
      endsOn: '2030-01-01',
      startsOn: '2031-01-01',
      lines: { scope: [{ catalogue: '2017', code: '6840', deviceClass: 'III', isIncluded: true }] },
    },
  });
  expect(codes(licence).toSorted()).toEqual([
    'party/end-is-before-start',
    'party/licence-number-is-malformed',
    'party/mode-of-trade-is-missing',
    'party/scope-code-is-unknown',
  ]);
});

test('the work list of quality names what runs out, the earliest first', async () => {
  const head = await world.as('quality');
  const { body } = await head.get('/party/expiries?days=60');
  expect(body.rows.length).toBeGreaterThan(5);
  expect(body.rows.map((r: any) => r.endsOn)).toEqual(body.rows.map((r: any) => r.endsOn).toSorted());
  const { body: work } = await head.get('/my-work');
  expect(JSON.stringify(work)).toContain('资质到期');
});
