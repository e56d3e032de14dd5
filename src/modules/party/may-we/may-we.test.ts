import { describe, expect, test } from 'vitest';
import type { FiledDocument } from '../party/required-documents.ts';
import type { DocumentKind } from '../licence/document-kinds.ts';
import type { TradingPermit } from '../scope/scope-engine.ts';
import { mayWe, type AskedParty, type MayWeQuestion } from './may-we.ts';

const DAY = '2026-11-20';
const paper = (documentKind: DocumentKind, change: Partial<FiledDocument> = {}): FiledDocument => ({
  id: documentKind,
  documentKind,
  licenceNo: `${documentKind}-1`,
  startsOn: null,
  endsOn: '2027-12-31',
  isVerified: true,
  ...change,
});
const permit = (code: string, change: Partial<TradingPermit> = {}): TradingPermit => ({
  id: 'lic',
  kind: 'tradingLicence',
  licenceNo: '许可 1',
  startsOn: null,
  endsOn: '2027-12-31',
  isVerified: true,
  businessMode: 'wholesale',
  regions: [],
  rows: [{ lineNo: 1, catalogue: '2017', code, deviceClass: 'III', isIncluded: true, note: null }],
  determinations: [],
  ...change,
});
const party = (change: Partial<AskedParty>): AskedParty => ({
  id: 'pty',
  nameZh: '某公司',
  nameEn: null,
  state: 'approved',
  roles: ['dealer'],
  legalForm: 'company',
  country: 'CN',
  region: '31',
  documents: [
    'businessLicence',
    'tradingLicence',
    'receiverLetter',
    'qualityAgreement',
    'salespersonLetter',
    'specimens',
    'productionLicence',
    'needStatement',
    'institutionLicence',
  ].map((k) => paper(k as DocumentKind)),
  permits: [permit('13')],
  ...change,
});
const question = (change: Partial<MayWeQuestion> = {}): MayWeQuestion => ({
  direction: 'sell',
  mode: 'wholesale',
  day: DAY,
  holderId: null,
  letters: [],
  party: party({}),
  product: {
    deviceClass: 'III',
    code2002: null,
    code2017: '13-07-01',
    isIvdReagent: false,
    isFilingExempt: false,
    isLargeEquipment: false,
    code: 'P',
    registrationNo: null,
  },
  own: { entityId: 'ent', permits: [{ ...permit('13'), warehouseAddresses: ['张衡路 1188 号'] }], warehouseAddress: null },
  ...change,
});
const failing = (q: MayWeQuestion): string[] =>
  mayWe(q)
    .checks.filter((c) => !c.isPassed)
    .map((c) => `${c.name} ${c.rule}`);

describe('may we sell', () => {
  const cases: readonly [string, Partial<MayWeQuestion>, string[]][] = [
    ['to an approved dealer with the scope', {}, []],
    ['R-001 not to a dealer whose scope lacks the code', { party: party({ permits: [permit('14')] }) }, ['partyScope R-001']],
    ['R-006 not what our own scope lacks', { own: { entityId: 'ent', permits: [], warehouseAddress: null } }, ['ownScope R-006']],
    ['R-003 not to a party that is not approved', { party: party({ state: 'expired' }) }, ['partyState R-003']],
    [
      'R-010 not once a document lapsed, even before the state follows',
      { party: party({ documents: party({}).documents.filter((d) => d.documentKind !== 'receiverLetter') }) },
      ['partyDocuments R-003'],
    ],
    ['R-011 not to a natural person in wholesale', { party: party({ legalForm: 'naturalPerson' }) }, ['partyKind R-011']],
    ['to an institution whatever its scope', { party: party({ roles: ['medicalInstitution'], permits: [] }) }, []],
    [
      'R-012 not to another entity without statement of need',
      { party: party({ roles: ['otherBuyer'], documents: [paper('businessLicence')] }) },
      ['partyDocuments R-003'],
    ],
    ['to another entity with its statement', { party: party({ roles: ['otherBuyer'], permits: [] }) }, []],
    ['not to somebody who is no buyer', { party: party({ roles: ['supplier'] }) }, ['partyKind GSP 81']],
  ];
  test.each(cases)('%s', (_, change, expected) => expect(failing(question(change))).toEqual(expected));

  test('large equipment only to an institution with its configuration licence', () => {
    const product = { ...question().product, isLargeEquipment: true };
    const hospital = party({ roles: ['medicalInstitution'] });
    expect(failing(question({ product, party: hospital }))).toEqual(['partyScope GSP 82']);
    expect(failing(question({ product, party: { ...hospital, documents: [...hospital.documents, paper('equipmentLicence')] } }))).toEqual(
      [],
    );
  });

  test('goods lie only in a warehouse that stands on a valid permit of ours', () => {
    const own = question().own;
    expect(failing(question({ own: { ...own, warehouseAddress: '张衡路 1188 号' } }))).toEqual([]);
    expect(failing(question({ own: { ...own, warehouseAddress: '别处' } }))).toEqual(['ownWarehouse R-006']);
  });

  test('retail to a person asks for our own retail permission only', () => {
    const person = party({ legalForm: 'naturalPerson', documents: [], permits: [], state: 'draft' });
    expect(failing(question({ mode: 'retail', party: person }))).toEqual(['ownScope R-006']);
    const own = { ...question().own, permits: [{ ...permit('13', { businessMode: 'both' }), warehouseAddresses: [] }] };
    expect(failing(question({ mode: 'retail', party: person, own }))).toEqual([]);
  });
});

describe('may we buy', () => {
  const supplier = party({ roles: ['supplier'] });
  const letter = {
    id: 'a',
    letterNo: 'A',
    from: 'holder',
    to: 'pty',
    startsOn: null,
    endsOn: '2026-11-19',
    isVerified: true,
    mayPassOn: true,
    regions: [],
    products: [{ coverage: 'everything' as const, value: null }],
  };
  const cases: readonly [string, Partial<MayWeQuestion>, string[]][] = [
    ['from an approved trader with the scope', { party: supplier }, []],
    ['R-005 not from a trader whose scope lacks the code', { party: { ...supplier, permits: [permit('14')] } }, ['partyScope R-005']],
    [
      'from a holder its own devices without a trading permission',
      { party: { ...supplier, roles: ['registrant', 'supplier'], permits: [] } },
      [],
    ],
    [
      'R-005 not from a holder what another one holds',
      {
        party: { ...supplier, roles: ['registrant', 'supplier'], permits: [] },
        holderId: 'holder',
        letters: [{ ...letter, endsOn: null }],
      },
      ['partyScope R-005'],
    ],
    ['R-004 not where the letter ran out', { party: supplier, holderId: 'holder', letters: [letter] }, ['authorisation R-004']],
    ['R-004 not without any letter', { party: supplier, holderId: 'holder' }, ['authorisation R-004']],
    ['not from somebody who is no supplier', {}, ['partyKind GSP 53']],
  ];
  test.each(cases)('%s', (_, change, expected) => expect(failing(question({ direction: 'buy', ...change }))).toEqual(expected));
});

test('every refusal gives its way out', () => {
  const answer = mayWe(
    question({ party: party({ state: 'draft', documents: [], permits: [] }), own: { entityId: 'e', permits: [], warehouseAddress: 'x' } }),
  );
  expect(answer.isAllowed).toBe(false);
  for (const check of answer.checks.filter((c) => !c.isPassed)) expect(check.wayOut?.zh, check.name).toBeTruthy();
});
