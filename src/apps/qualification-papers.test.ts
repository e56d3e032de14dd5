import { beforeAll, expect, test } from 'vitest';
import { lapsePapers } from '#modules/party/index.server.ts';
import { type Answer, demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;

beforeAll(async () => {
  world = await demoWorld();
});

const letters = '/party/authorisations';
const licences = '/party/licences';

async function act(path: string, id: string, action: string, body: object = {}): Promise<Answer> {
  return (await world.as('quality2')).command(`${path}/${id}/${action}`, body);
}

const stateOf = async (path: string, id: string): Promise<string> =>
  (await (await world.as('quality2')).get(`${path}/${id}`)).body.document.state;
const actionsOf = async (path: string, id: string): Promise<string[]> => {
  const { body } = await (await world.as('quality')).get(`${path}/${id}/timeline`);
  return (body.items ?? body).map((e: any) => e.action);
};

/** The papers the clock has touched so far, and what a second look at the same moment does. */
async function midnight(moment: string): Promise<number> {
  world.system.clock.set(moment);
  await lapsePapers(world.product, world.system);
  return lapsePapers(world.product, world.system);
}

test('an authorisation is typed, amended, verified, changed, verified again, said again before its end and lapses by itself: warn, lapse', async () => {
  const officer = await world.as('quality2');
  const content = {
    letterNo: 'SQ-2026-77',
    grantorId: await world.id('party', 'S001'),
    granteePartyId: await world.id('party', 'S021'),
    mayPassOn: true,
    startsOn: '2026-01-01',
    endsOn: '2027-01-31',
    lines: { products: [{ coverage: 'everything' }] },
  };
  const { id } = (await officer.command(letters, { content })).body.document;
  expect((await act(letters, id, 'amend', { content: { ...content, regions: ['31', '32'] } })).body.document.regions).toEqual(['31', '32']);
  const verified = await act(letters, id, 'verify', { input: { method: 'issuer', note: '电话核实' } });
  expect(verified.body.document).toMatchObject({ state: 'valid', verifiedOn: '2026-11-20', verificationMethod: 'issuer' });
  const changed = await act(letters, id, 'change', { content: { ...content, letterNo: 'SQ-2026-77A' }, reason: '授权方换发' });
  expect(changed.body.document).toMatchObject({ state: 'unverified', verifiedOn: null, verifiedBy: null });
  await act(letters, id, 'verify', { input: { method: 'original' } });
  // 60, 30 and 7 days before the end, each said once.
  for (const [moment, warned] of [
    ['2026-12-02T02:00:00Z', 60],
    ['2027-01-01T02:00:00Z', 30],
    ['2027-01-24T02:00:00Z', 7],
  ] as const) {
    expect(await midnight(moment)).toBe(0);
    expect((await (await world.as('quality2')).get(`${letters}/${id}`)).body.document).toMatchObject({
      state: 'expiring',
      warnedDays: warned,
    });
  }
  await midnight('2027-01-31T16:00:00Z');
  expect(await stateOf(letters, id)).toBe('lapsed');
  expect(await actionsOf(letters, id)).toEqual(['lapse', 'warn', 'warn', 'warn', 'verify', 'change', 'verify', 'amend', 'create']);
});

test('a licence is amended, verified, changed, and what lapsed cannot be verified', async () => {
  world.system.clock.set('2027-02-01T02:00:00Z');
  const officer = await world.as('quality2');
  const content = { documentKind: 'qualityAgreement', licenceNo: 'ZB-9', partyId: await world.id('party', 'S003'), endsOn: '2027-03-01' };
  const { id } = (await officer.command(licences, { content })).body.document;
  expect((await act(licences, id, 'amend', { content: { ...content, licenceNo: 'ZB-9A' } })).body.document.licenceNo).toBe('ZB-9A');
  expect((await act(licences, id, 'verify', { input: { method: 'sealedCopy' } })).body.document.state).toBe('valid');
  expect((await act(licences, id, 'change', { content: { ...content, endsOn: '2026-12-31' }, reason: '更正' })).body.document.state).toBe(
    'unverified',
  );
  const refused = await act(licences, id, 'verify', { input: { method: 'original' } });
  expect([refused.status, refused.body.code]).toEqual([422, 'party/lapsed-cannot-be-verified']);
});

test('a letter to oneself, to nobody or without its code is refused', async () => {
  const officer = await world.as('quality2');
  const grantorId = await world.id('party', 'S001');
  const bad = await officer.command(letters, {
    content: { letterNo: 'X', grantorId, granteePartyId: grantorId, mayPassOn: false, lines: { products: [{ coverage: 'product' }] } },
  });
  expect((bad.body.refusals ?? [bad.body]).map((r: any) => r.code).toSorted()).toEqual([
    'party/coverage-needs-value',
    'party/grantor-is-grantee',
  ]);
  const nobody = await officer.command(letters, {
    content: { letterNo: 'X', grantorId, mayPassOn: false, lines: { products: [{ coverage: 'everything' }] } },
  });
  expect(nobody.body.code).toBe('party/authorisation-goes-to-one');
});

test('a changed party is a draft again and reviewed anew; its letter can be withdrawn', async () => {
  const officer = await world.as('quality2');
  const id = await world.id('party', 'S004');
  const { document } = (await officer.get(`/party/parties/${id}`)).body;
  const { id: _i, entityId: _e, number: _n, state, version: _v, createdBy: _c, createdAt: _a, updatedAt: _u, ...content } = document;
  expect(state).toBe('approved');
  const changed = await act('/party/parties', id, 'change', {
    content: { ...content, address: '深圳市南山区科苑路 16 号' },
    reason: '迁址',
  });
  expect(changed.body.document.state).toBe('draft');
  const { rows } = await world.system.database.owner.query('select id from party.authorisation where grantor_id = $1', [id]);
  expect((await act(letters, rows[0].id, 'withdraw', { reason: '授权方收回' })).body.document.state).toBe('withdrawn');
});
