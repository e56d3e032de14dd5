import { describe, expect, test } from 'vitest';
import { documentKinds, numberFormat, type DocumentKind } from '../licence/document-kinds.ts';
import { describeGap, documentGaps, requiredDocuments, type FiledDocument } from './required-documents.ts';

const DAY = '2026-11-20';
const china = (...roles: string[]) => ({ roles, country: 'CN' });
const kinds = (...roles: string[]): string[] => requiredDocuments(china(...roles)).map((r) => r.anyOf.join('|'));
const filed = (documentKind: DocumentKind, change: Partial<FiledDocument> = {}): FiledDocument => ({
  id: documentKind,
  documentKind,
  licenceNo: `${documentKind}-1`,
  startsOn: '2024-01-01',
  endsOn: '2028-01-01',
  isVerified: true,
  ...change,
});

describe('what a file must hold', () => {
  test('a holder needs its production licence, a supplying holder no trading licence', () => {
    expect(kinds('registrant', 'supplier')).toEqual([
      'businessLicence',
      'productionLicence|productionFiling',
      'qualityAgreement',
      'salespersonLetter',
      'specimens',
    ]);
  });
  test('a trading supplier needs a trading licence or filing', () => {
    expect(kinds('supplier')).toEqual([
      'businessLicence',
      'tradingLicence|tradingFiling',
      'qualityAgreement',
      'salespersonLetter',
      'specimens',
    ]);
  });
  test('a dealer that buys needs its permission and the letter of its receiver', () => {
    expect(kinds('dealer')).toEqual(['businessLicence', 'tradingLicence|tradingFiling', 'receiverLetter']);
  });
  test('an institution needs one proof of what it is; others state their need; a carrier is evaluated', () => {
    expect(kinds('medicalInstitution')).toEqual(['institutionLicence|clinicFiling|institutionCertificate']);
    expect(kinds('otherBuyer')).toEqual(['businessLicence', 'needStatement']);
    expect(kinds('carrier')).toEqual(['transportLicence', 'qualityAgreement', 'carrierEvaluation']);
    expect(kinds('authority')).toEqual([]);
  });
  test('what two roles need is asked for once', () => {
    expect(kinds('supplier', 'dealer').filter((k) => k === 'businessLicence')).toHaveLength(1);
  });
  test('a foreign holder proves its incorporation instead', () => {
    expect(requiredDocuments({ roles: ['registrant'], country: 'DE' }).map((r) => r.anyOf)).toEqual([['foreignRegistration']]);
  });
});

describe('gaps', () => {
  const complete = [filed('businessLicence', { endsOn: null }), filed('tradingLicence'), filed('receiverLetter')];
  const problems = (documents: readonly FiledDocument[], day = DAY) =>
    documentGaps(china('dealer'), documents, day).map((g) => [g.requirement.anyOf[0], g.problem]);

  test('a complete file has none; a document holds on its first and last day', () => {
    expect(problems(complete)).toEqual([]);
    expect(problems(complete, '2024-01-01')).toEqual([]);
    expect(problems(complete, '2028-01-01')).toEqual([]);
  });
  test('every missing, lapsed, early or unverified document is named', () => {
    expect(problems([])).toEqual([
      ['businessLicence', 'missing'],
      ['tradingLicence', 'missing'],
      ['receiverLetter', 'missing'],
    ]);
    expect(problems(complete, '2028-01-02')).toEqual([
      ['tradingLicence', 'lapsed'],
      ['receiverLetter', 'lapsed'],
    ]);
    expect(problems(complete.with(1, filed('tradingLicence', { startsOn: '2026-11-21' })))).toEqual([['tradingLicence', 'notYet']]);
    expect(problems(complete.with(1, filed('tradingLicence', { isVerified: false })))).toEqual([['tradingLicence', 'unverified']]);
  });
  test('a renewed document beside the lapsed one fills the gap; the nearest one is named where none does', () => {
    const lapsed = filed('tradingLicence', { id: 'old', endsOn: '2026-01-01' });
    expect(problems([...complete, lapsed])).toEqual([]);
    const [gap] = documentGaps(
      china('dealer'),
      [complete[0]!, complete[2]!, lapsed, filed('tradingFiling', { id: 'new', isVerified: false })],
      DAY,
    );
    expect(gap && [gap.problem, gap.document?.id]).toEqual(['unverified', 'new']);
  });
  test('words name the document, its number and day', () => {
    const [gap] = documentGaps(china('dealer'), complete.with(1, filed('tradingLicence', { endsOn: '2026-11-19' })), DAY);
    const described = gap && describeGap(gap);
    expect(described?.params).toEqual({ document: documentKinds.tradingLicence, no: 'tradingLicence-1', day: '2026-11-19' });
  });
});

test.each<[DocumentKind, string, string | undefined]>([
  ['tradingLicence', '沪浦药监械经营许20240118号', 'current'],
  ['tradingLicence', '京昌食药监械经营许20150042号', 'legacy'],
  ['tradingFiling', '粤深药监械经营备20220315号', 'current'],
  ['tradingLicence', 'ABC', undefined],
  ['businessLicence', '91350100M000100Y43', 'current'],
  ['businessLicence', '310115000123456', 'legacy'],
  ['qualityAgreement', '任意编号 1', 'free'],
])('the number of a %s “%s” is spelt as %s', (kind, no, format) => {
  expect(numberFormat(kind, no)).toBe(format);
});
