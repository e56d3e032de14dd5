import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catalogue, ScopedProduct } from './classification.ts';
import { checkScope, type ScopeQuestion, type ScopeRow, type TradingPermit } from './scope-engine.ts';

const DAY = '2026-11-20';

const device = (change: Partial<ScopedProduct> = {}): ScopedProduct => ({
  deviceClass: 'III',
  code2002: null,
  code2017: null,
  isIvdReagent: false,
  isFilingExempt: false,
  isLargeEquipment: false,
  ...change,
});

/** `+2002:6840/III` includes, `-ivd:*\/III` excludes. */
function row(written: string, at: number): ScopeRow {
  const [, sign, catalogue, code, deviceClass] = /^([+-])(\w+):([\w*-]+)\/(II|III)$/.exec(written) ?? [];
  return {
    lineNo: at + 1,
    catalogue: catalogue as Catalogue,
    code: code as string,
    deviceClass: deviceClass as 'II' | 'III',
    isIncluded: sign === '+',
    note: null,
  };
}

const permit = (rows: string, change: Partial<TradingPermit> = {}): TradingPermit => ({
  id: 'lic_1',
  kind: 'tradingLicence',
  licenceNo: '沪药监械经营许可20230001号',
  startsOn: '2023-01-01',
  endsOn: '2027-12-31',
  isVerified: true,
  businessMode: 'wholesale',
  regions: [],
  rows: rows.split(' ').filter(Boolean).map(row),
  determinations: [],
  ...change,
});

const ask = (product: ScopedProduct, permits: readonly TradingPermit[], change: Partial<ScopeQuestion> = {}) =>
  checkScope({ product, permits, day: DAY, mode: 'wholesale', region: null, ...change });

const stent = device({ code2017: '13-07-01' });
const oldStent = device({ code2002: '6877' });
const both = device({ code2002: '6877', code2017: '13-07-01' });
const analyser = device({ code2002: '6840', code2017: '22-02-01' });
const reagent = device({ code2002: '6840', isIvdReagent: true });
const pump = device({ deviceClass: 'II', code2017: '14-02-01' });
const filing = { kind: 'tradingFiling' as const, licenceNo: '沪药监械经营备20230002号', endsOn: null };

describe('the rule matrix', () => {
  const matrix: readonly [string, ScopedProduct, string, boolean, string][] = [
    ['a chapter covers everything below it', stent, '+2017:13/III', true, ''],
    ['a level covers what stands below it', stent, '+2017:13-07/III', true, ''],
    ['the exact code covers', stent, '+2017:13-07-01/III', true, ''],
    ['a neighbouring level does not cover', stent, '+2017:13-06/III', false, 'does not name 13-07-01'],
    ['another chapter does not cover', stent, '+2017:14/III', false, 'does not name 13-07-01'],
    ['a group covers by its number', oldStent, '+2002:6877/III', true, ''],
    ['another group does not cover', oldStent, '+2002:6821/III', false, 'does not name 6877'],
    ['the whole catalogue covers', oldStent, '+2002:*/III', true, ''],
    ['the same code in the other class does not cover', stent, '+2017:13/II', false, 'does not name 13-07-01'],
    ['an exclusion beats the whole catalogue', oldStent, '+2002:*/III -2002:6877/III', false, 'excludes “6877'],
    ['an exclusion beats the chapter', stent, '+2017:13/III -2017:13-07/III', false, 'excludes “13-07'],
    ['an exclusion of a neighbour does not hurt', stent, '+2017:13/III -2017:13-06/III', true, ''],
    ['an exclusion of the other class does not hurt', stent, '+2017:13/III -2017:13-07/II', true, ''],
    ['an exclusion inside a coarse code counts against', device({ code2017: '13' }), '+2017:13/III -2017:13-07/III', false, 'excludes'],
    ['R-009 a 2002 row says nothing of a 2017 code', stent, '+2002:6877/III', false, 'no official mapping'],
    ['R-009 a 2017 row says nothing of a 2002 code', oldStent, '+2017:13/III', false, 'no official mapping'],
    ['a product with both codes matches by either: old', both, '+2002:6877/III', true, ''],
    ['a product with both codes matches by either: new', both, '+2017:13/III', true, ''],
    ['an exclusion in one catalogue beats an inclusion in the other', both, '+2017:13/III -2002:6877/III', false, 'excludes “6877'],
    ['R-001 6840 without reagents does not cover a reagent', reagent, '+2002:6840/III -ivd:*/III', false, 'excludes'],
    ['plain 6840 is instruments, never reagents', reagent, '+2002:6840/III', false, 'instruments, not for reagents'],
    ['chapter 22 is instruments, never reagents', reagent, '+2017:22/III', false, 'does not name 6840 IVD reagents'],
    ['reagents match their own row', reagent, '+ivd:6840/III', true, ''],
    ['reagents match all reagents', reagent, '+ivd:*/III', true, ''],
    ['a reagent row does not cover instruments', analyser, '+ivd:6840/III', false, 'does not name 6840'],
    ['6840 without reagents still covers instruments', analyser, '+2002:6840/III -ivd:6840/III', true, ''],
    ['a product without any code is not covered', device(), '+2017:13/III', false, 'no classification code'],
    ['6821 is not 6821-1’s neighbour', device({ code2002: '6821-10' }), '+2002:6821-1/III', false, 'does not name 6821-10'],
  ];
  test.each(matrix)('%s', (_, product, rows, isCovered, reason) => {
    const verdict = ask(product, [permit(rows)]);
    expect([verdict.isCovered, verdict.reasons.map((r) => r.en).join(' | ')]).toEqual([isCovered, expect.stringContaining(reason)]);
    expect(verdict.wayOut === null).toBe(isCovered);
    expect(verdict.missing === null).toBe(isCovered);
  });
});

describe('what a permit needs besides its rows', () => {
  const cases: readonly [string, Partial<TradingPermit>, Partial<ScopeQuestion>, boolean, string][] = [
    ['its last day still counts', { endsOn: DAY }, {}, true, ''],
    ['the day after its end it is silent', { endsOn: '2026-11-19' }, {}, false, 'expired on 2026-11-19'],
    ['its first day counts', { startsOn: DAY }, {}, true, ''],
    ['before its first day it is silent', { startsOn: '2026-11-21' }, {}, false, 'holds from 2026-11-21 only'],
    ['without an end it holds', { endsOn: null }, {}, true, ''],
    ['unverified it is silent', { isVerified: false }, {}, false, 'not verified'],
    ['a retail licence does not allow wholesale', { businessMode: 'retail' }, {}, false, 'allows Retail, not Wholesale'],
    ['a wholesale licence does not allow retail', {}, { mode: 'retail' }, false, 'allows Wholesale, not Retail'],
    ['both modes allow wholesale', { businessMode: 'both' }, {}, true, ''],
    ['both modes allow retail', { businessMode: 'both' }, { mode: 'retail' }, true, ''],
    ['of a buyer no mode is asked', { businessMode: 'retail' }, { mode: null }, true, ''],
    ['in its region it holds', { regions: ['US-CA'] }, { region: 'US-CA' }, true, ''],
    ['outside its region it is silent', { regions: ['US-CA'] }, { region: 'US-NV' }, false, 'not hold in this region'],
    ['a permit without regions holds everywhere', {}, { region: '31' }, true, ''],
  ];
  test.each(cases)('%s', (_, change, question, isCovered, reason) => {
    const verdict = ask(stent, [permit('+2017:13/III', change)], question);
    expect([verdict.isCovered, verdict.reasons.map((r) => r.en).join(' | ')]).toEqual([isCovered, expect.stringContaining(reason)]);
  });
});

describe('classes', () => {
  test('class I needs neither licence nor filing', () => {
    expect(ask(device({ deviceClass: 'I' }), [])).toMatchObject({ isCovered: true, rule: 'O54 4' });
  });
  test('class II on the exemption list needs none', () => {
    expect(ask({ ...pump, isFilingExempt: true }, []).isCovered).toBe(true);
    expect(ask({ ...stent, isFilingExempt: true }, []).isCovered).toBe(false);
  });
  test('class II is covered by a filing, or by a licence that prints class II', () => {
    expect(ask(pump, [permit('+2017:14/II', filing)]).isCovered).toBe(true);
    expect(ask(pump, [permit('+2017:14/II')]).isCovered).toBe(true);
  });
  test('class II without anything on file is refused and says what to obtain', () => {
    expect(ask(pump, [])).toMatchObject({ isCovered: false, wayOut: { en: expect.stringContaining('filing to trade class II') } });
  });
  test('class III rows on a filing do not count', () => {
    expect(ask(stent, [permit('+2017:13/III', filing)])).toMatchObject({
      isCovered: false,
      reasons: [{ zh: '档案中没有医疗器械经营许可证' }],
    });
  });
});

test('R-009 a determination by quality opens what lies across the catalogues, and only that', () => {
  const determined = permit('+2002:6877/III', {
    determinations: [{ lineNo: 1, catalogue: '2017', code: '13-07', deviceClass: 'III', evidence: '沪药监函〔2025〕118 号' }],
  });
  expect(ask(stent, [determined])).toMatchObject({ isCovered: true, matched: [{ isDetermination: true, code: '13-07' }] });
  expect(ask(device({ code2017: '13-06-01' }), [determined])).toMatchObject({ isCovered: false, rule: 'R-009' });
  expect(ask(stent, [permit('+2002:6877/III -2017:13-07/III', { determinations: determined.determinations })]).isCovered).toBe(false);
});

test('one of several permits is enough; the lapsed one is named where none holds', () => {
  const lapsed = permit('+2017:13/III', { id: 'lic_0', licenceNo: '旧证', endsOn: '2025-01-01' });
  expect(ask(stent, [lapsed, permit('+2017:13/III')])).toMatchObject({ isCovered: true, matched: [{ permitId: 'lic_1' }] });
  const answer = ask(stent, [lapsed, permit('+2017:14/III')]);
  expect(answer.reasons.map((r) => r.zh)).toEqual([expect.stringContaining('不含 13-07-01'), '旧证 已于 2025-01-01 到期']);
  expect(answer.missing).toEqual({ deviceClass: 'III', names: [{ catalogue: '2017', code: '13-07-01' }] });
});

const anyRow: fc.Arbitrary<ScopeRow> = fc.record({
  lineNo: fc.integer({ min: 1, max: 9 }),
  catalogue: fc.constantFrom<Catalogue>('2002', '2017', 'ivd'),
  code: fc.constantFrom('*', '6840', '6877', '6821', '13', '13-07', '13-07-01', '14', '22'),
  deviceClass: fc.constantFrom('II' as const, 'III' as const),
  isIncluded: fc.boolean(),
  note: fc.constant(null),
});
const anyProduct: fc.Arbitrary<ScopedProduct> = fc.record({
  deviceClass: fc.constantFrom('I' as const, 'II' as const, 'III' as const),
  code2002: fc.constantFrom(null, '6840', '6877', '6821'),
  code2017: fc.constantFrom(null, '13-07-01', '14-02-01', '22-02-01'),
  isIvdReagent: fc.boolean(),
  isFilingExempt: fc.boolean(),
  isLargeEquipment: fc.boolean(),
});
const rowsOf = (rows: readonly ScopeRow[], change: Partial<TradingPermit> = {}) => [permit('', { rows, ...change })];

describe('for any product and any rows', () => {
  test('an exclusion more never opens what was closed', () => {
    fc.assert(
      fc.property(anyProduct, fc.array(anyRow, { maxLength: 6 }), anyRow, (product, rows, more) => {
        const before = ask(product, rowsOf(rows)).isCovered;
        const after = ask(product, rowsOf([...rows, { ...more, isIncluded: false }])).isCovered;
        expect(after && !before).toBe(false);
      }),
    );
  });
  test('an inclusion more never closes what was open', () => {
    fc.assert(
      fc.property(anyProduct, fc.array(anyRow, { maxLength: 6 }), anyRow, (product, rows, more) => {
        const before = ask(product, rowsOf(rows)).isCovered;
        expect(before && !ask(product, rowsOf([...rows, { ...more, isIncluded: true }])).isCovered).toBe(false);
      }),
    );
  });
  test('the order of rows says nothing', () => {
    fc.assert(
      fc.property(anyProduct, fc.array(anyRow, { maxLength: 6 }), (product, rows) => {
        expect(ask(product, rowsOf(rows)).isCovered).toBe(ask(product, rowsOf(rows.toReversed())).isCovered);
      }),
    );
  });
  test('rows of catalogues in which the product has no code never cover it', () => {
    fc.assert(
      fc.property(anyProduct, fc.array(anyRow, { maxLength: 6 }), (product, rows) => {
        fc.pre(product.deviceClass === 'III');
        const own = product.isIvdReagent ? ['ivd'] : [product.code2002 && '2002', product.code2017 && '2017'];
        expect(ask(product, rowsOf(rows.filter((r) => !own.includes(r.catalogue)))).isCovered).toBe(false);
      }),
    );
  });
  test('a lapsed permit covers nothing that needs one', () => {
    fc.assert(
      fc.property(anyProduct, fc.array(anyRow, { maxLength: 6 }), (product, rows) => {
        fc.pre(product.deviceClass === 'III');
        expect(ask(product, rowsOf(rows, { endsOn: '2026-11-19' })).isCovered).toBe(false);
      }),
    );
  });
  test('every refusal gives its reason and a way out in both languages', () => {
    fc.assert(
      fc.property(anyProduct, fc.array(anyRow, { maxLength: 6 }), (product, rows) => {
        const verdict = ask(product, rowsOf(rows));
        expect(verdict.reasons.length).toBeGreaterThan(0);
        for (const t of [...verdict.reasons, ...(verdict.wayOut ? [verdict.wayOut] : [])]) expect(`${t.zh}${t.en}`).not.toMatch(/[{}]/);
        expect(verdict.wayOut === null).toBe(verdict.isCovered);
      }),
    );
  });
});
