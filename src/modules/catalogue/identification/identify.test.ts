import { describe, expect, test } from 'vitest';
import { accumulate } from './accumulate.ts';
import { choose, identify, identifyAll } from './identify.ts';
import { GS } from './gs1-element-string.ts';
import { hibcCheck, buildHibc, buildHibcPrimary, buildHibcSecondary } from './hibc.ts';
import { swapCase } from './keyboard.ts';
import { toBaseUnits, unclearParents } from './package-conversion.ts';

const options = { today: '2026-11-22' };
const read = (raw: string) => identify(raw, options);
const gtin = '09520123456788';
const facts = (raw: string) => {
  const { di, lotNo, serialNo, expiry, quantity, choices, problems } = read(raw);
  return { di, lotNo, serialNo, expiry: expiry?.date ?? null, quantity, choices: choices.length, problems: problems.map((p) => p.code) };
};
const whole = { di: gtin, lotNo: 'ABC123', serialNo: null, expiry: '2027-12-31', quantity: null, choices: 0, problems: [] };

describe('a GS1 label', () => {
  test('gives product, lot and expiry whatever the order of its elements', () => {
    expect(facts(`01${gtin}10ABC123${GS}17271231`)).toEqual(whole);
    expect(facts(`01${gtin}1727123110ABC123`)).toEqual(whole);
    expect(facts(`]d201${gtin}10ABC123${GS}17271231`)).toEqual(whole);
    expect(facts(`]C101${gtin}1727123110ABC123`)).toEqual(whole);
  });
  test('in brackets, as Digital Link or as element string is one and the same', () => {
    expect(facts(`(01)${gtin}(10)ABC123(17)271231`)).toEqual(whole);
    expect(facts(`https://id.gs1.org/01/${gtin}/10/ABC123?17=271231`)).toEqual(whole);
    expect(facts(`https://shop.example.com/devices/gtin/9520123456788/lot/ABC123?17=271231&size=L`)).toEqual(whole);
  });
  test('keeps lot numbers as they are: zeros, case, signs', () => {
    expect(read(`01${gtin}100012`).lotNo).toBe('0012');
    expect(read(`01${gtin}10aBc-9`).lotNo).toBe('aBc-9');
    expect(read(`https://id.gs1.org/01/${gtin}/10/A%2F1%25%26?17=271231`).lotNo).toBe('A/1%&');
    expect(read(`01${gtin}10178AB`)).toMatchObject({ lotNo: '178AB', choices: [] });
  });
  test('tells lot from serial number, and pieces from content', () => {
    expect(read(`01${gtin}10L1${GS}21S1${GS}3012`)).toMatchObject({ lotNo: 'L1', serialNo: 'S1', quantity: '12' });
    expect(read(`0000614141123456789002${gtin}3725`)).toMatchObject({ di: gtin, quantity: '25', problems: [] });
  });
  test('with day 00 lasts to the end of the month', () => {
    expect(read(`01${gtin}17270200`).expiry).toEqual({ date: '2027-02-28', precision: 'month' });
    expect(read(`(01)${gtin}(17)2027-02`).expiry).toEqual({ date: '2027-02-28', precision: 'month' });
  });
  test('of another century is read by the rule and called suspicious', () => {
    const found = read(`01${gtin}17991231`);
    expect(found.expiry?.date).toBe('1999-12-31');
    expect(found.warnings.map((w) => w.code)).toContain('catalogue/date-suspicious');
  });
  test('with a wrong check digit or an impossible date is refused, in words', () => {
    expect(facts(`01${gtin.slice(0, -1)}9${'17271231'}`).problems).toEqual(['catalogue/code-value-wrong']);
    expect(facts(`01${gtin}17271331`).problems).toEqual(['catalogue/code-value-wrong']);
    expect(read(`01${gtin}17271331`).problems[0]?.text.zh).toContain('没有这个月份');
  });
  test('that says both what it is and what it contains is refused', () => {
    expect(facts(`01${gtin}02${gtin}375`).problems).toEqual(['catalogue/identifiers-not-together']);
  });
  test('without its product identifier asks for the other label', () => {
    expect(read('1727123110ABC123')).toMatchObject({
      lotNo: 'ABC123',
      problems: [],
      warnings: [{ code: 'catalogue/identifier-needs-companion' }],
    });
  });
});

describe('damage on the way from the scanner', () => {
  const label = `01${gtin}10ABC123${GS}17271231`;
  test.each(['<GS>', '{GS}', '~', '|', '^', '\\x1d', ' ', '#', '␝', '\u001e'])('a separator sent as %s is read as one', (sign) => {
    expect(facts(label.replace(GS, sign))).toEqual(whole);
    expect(read(label.replace(GS, sign)).repairs).toHaveLength(1);
  });
  test('a superfluous separator, line ends, byte order mark, spaces and full-width digits do no harm', () => {
    expect(facts(`${GS}${label}${GS}`)).toEqual(whole);
    expect(facts(`${label}\r\n`)).toEqual(whole);
    expect(facts(`\ufeff${label}\t`)).toEqual(whole);
    expect(facts(`  (01) ${gtin} (10) ABC123 (17) 271231  `)).toEqual(whole);
    expect(facts('（０１）０９５２０１２３４５６７８８（１０）ＡＢＣ１２３（１７）２７１２３１')).toEqual(whole);
    expect(facts(`UDI: (01)${gtin}(10)ABC123(17)271231`)).toEqual(whole);
  });
  test('the same label scanned twice in one go counts once', () => {
    expect(facts(`${label}${label}`)).toEqual(whole);
    expect(facts(`${label}\n${label}`)).toEqual(whole);
  });
  test('a lost separator is put back where one reading remains', () => {
    expect(facts(`01${gtin}10ABCDEFGHIJKLMN17271231`)).toMatchObject({ lotNo: 'ABCDEFGHIJKLMN', expiry: '2027-12-31', choices: 0 });
    expect(facts(`01${gtin}10ABCDEFGHIJKLMNOPQRST17271231`)).toMatchObject({
      lotNo: 'ABCDEFGHIJKLMNOPQRST',
      expiry: '2027-12-31',
      choices: 0,
    });
  });
  test('a lost separator is asked about where a lot may have swallowed a date, and nothing is filled in', () => {
    const found = read(`01${gtin}10ABC12317271231`);
    expect(found).toMatchObject({ di: null, lotNo: null, expiry: null, problems: [{ code: 'catalogue/code-ambiguous' }] });
    expect(found.choices.map((c) => [c.lotNo, c.expiry?.date])).toEqual([
      ['ABC12317271231', undefined],
      ['ABC123', '2027-12-31'],
    ]);
    expect(choose(found, 1)).toMatchObject({ di: gtin, lotNo: 'ABC123', choices: [], raw: [`01${gtin}10ABC12317271231`] });
  });
  test('a separator elsewhere proves that none was lost', () => {
    expect(facts(`01${gtin}21S1${GS}10ABC12317271231`)).toMatchObject({ lotNo: 'ABC12317271231', choices: 0 });
  });
  test('Caps Lock is undone, and asked about where a scanner may fold letters', () => {
    expect(facts(swapCase(`]d201${gtin}10aBc123${GS}17271231`))).toMatchObject({ lotNo: 'aBc123', choices: 0 });
    const folded = read(`]D201${gtin}10ABC123`);
    expect(folded.choices.map((c) => c.lotNo).toSorted()).toEqual(['ABC123', 'abc123']);
  });
  test('another keyboard layout is undone where the beginning gives it away', () => {
    expect(facts(`)01=${gtin})10=ABC123)17=271231`)).toEqual(whole);
    expect(facts(`+d201${gtin}1727123110ABC123`)).toEqual(whole);
    expect(
      facts(
        `]d201${gtin}10ABC123${GS}17271231`
          .replace(/[0-9]/g, (d) => 'à&é"\'(-è_ç'[Number(d)] as string)
          .replace(/A/g, 'Q')
          .replace(']', '$'),
      ),
    ).toEqual(whole);
  });
});

describe('plain numbers', () => {
  test('every GTIN length is one number of fourteen digits', () => {
    expect(facts('7501031311309').di).toBe('07501031311309');
    expect(facts('416000336108').di).toBe('00416000336108');
    expect(facts(']E07501031311309').di).toBe('07501031311309');
    expect(facts('02345673').di).toBe('00000002345673');
  });
  test('a GTIN typed without its check digit is not completed by guessing', () => {
    expect(facts('750103131130').problems).toEqual(['catalogue/code-not-understood']);
    expect(facts('7501031311308').problems).toEqual(['catalogue/code-not-understood']);
  });
  test('eight digits that are a short GTIN and a dated label are asked about', () => {
    expect(read('17271219').choices.map((c) => c.carrier)).toEqual(['gtin', 'gs1']);
  });
  test('an Ali Health code is kept whole', () => {
    expect(read('81234567890123456789')).toMatchObject({ carrier: 'ahm', agency: 'ahm', di: '81234567890123456789', lotNo: null });
  });
  test('what nobody can read is kept with the reason', () => {
    for (const raw of ['hello world', 'https://example.com/catalogue', 'A']) {
      expect(read(raw)).toMatchObject({ carrier: raw.startsWith('http') ? 'gs1Link' : 'unknown', di: null, raw: [raw] });
      expect(read(raw).problems).toHaveLength(1);
    }
    expect(facts('')).toMatchObject({ problems: ['catalogue/nothing-scanned'] });
    expect(facts('1'.repeat(10_000)).problems).toEqual(['catalogue/code-too-long']);
  });
});

describe('HIBC, MA and ISBT 128', () => {
  const hibc = { lic: 'A123', pcn: 'BJC5D6E71G', unitOfMeasure: 1 };
  const secondary = { ...hibc, expDate: { format: 'YYMMDD', value: '280928' }, lot: '3C001' };
  test('a HIBC gives the identifier as registers keep it', () => {
    expect(read(buildHibcPrimary(hibc))).toMatchObject({ carrier: 'hibc', agency: 'hibcc', di: 'A123BJC5D6E71G1', problems: [] });
    expect(read(buildHibc(secondary))).toMatchObject({ di: 'A123BJC5D6E71G1', lotNo: '3C001', expiry: { date: '2028-09-28' } });
  });
  test('in lower case or between asterisks it is the same', () => {
    expect(read(buildHibc(secondary).toLowerCase())).toMatchObject({ lotNo: '3C001', problems: [] });
    expect(read(`*${buildHibc(secondary)}*`)).toMatchObject({ lotNo: '3C001', problems: [] });
  });
  test('a check character that is a space survives, cut off or printed as a line', () => {
    const body = Array.from({ length: 60 }, (_, n) => `+A123B${n}1`).find((b) => hibcCheck(b) === ' ') as string;
    for (const raw of [`${body} `, body, `${body}_`]) expect(read(raw), raw).toMatchObject({ carrier: 'hibc', problems: [] });
  });
  test('a wrong check character is refused and the right one named', () => {
    const wrong = `${buildHibcPrimary(hibc).slice(0, -1)}Y`;
    expect(read(wrong).problems.map((p) => p.code)).toEqual(['catalogue/check-character-wrong']);
  });
  test('primary and secondary code are one label; a foreign link character is a contradiction', () => {
    expect(identifyAll([buildHibcPrimary(hibc), buildHibcSecondary(secondary)], options)).toMatchObject({
      di: 'A123BJC5D6E71G1',
      lotNo: '3C001',
      problems: [],
    });
    const foreign = buildHibcSecondary({ ...secondary, pcn: 'OTHER' });
    expect(identifyAll([buildHibcPrimary(hibc), foreign], options).problems.map((p) => p.code)).toEqual(['catalogue/labels-contradict']);
  });
  test('an MA code is read on its own and behind a web address', () => {
    const code = 'MA.156.M0.100761.21234561.Sx00008.M220117.L20220117.D20220118.E290130';
    for (const raw of [code, `http://ma.example.cn/${code}`]) {
      expect(read(raw)).toMatchObject({
        agency: 'ma',
        di: 'MA.156.M0.100761.21234561',
        serialNo: 'x00008',
        lotNo: '20220117',
        expiry: { date: '2029-01-30' },
      });
    }
  });
  test('an MA code in lower case is asked about where letters of the serial number may have been capitals', () => {
    expect(read('ma.156.m0.100761.21234561.sx00008').choices.map((c) => c.serialNo)).toEqual(['x00008', 'X00008']);
    expect(read('ma.156.m0.100761.21234561.s00008')).toMatchObject({ serialNo: '00008', choices: [] });
  });
  test('ISBT 128 keeps its case', () => {
    expect(read('=/A9999XYZ100T0944=>030032')).toMatchObject({ agency: 'iccbba', di: 'A9999XYZ100T0944', expiry: { date: '2030-02-01' } });
  });
});

describe('several labels of one box', () => {
  test('identifier and production data join in any order', () => {
    for (const scans of [
      [`01${gtin}`, '1727123110ABC123'],
      ['1727123110ABC123', `01${gtin}`],
    ]) {
      expect(identifyAll(scans, options)).toMatchObject({
        di: gtin,
        lotNo: 'ABC123',
        expiry: { date: '2027-12-31' },
        problems: [],
        warnings: [],
        raw: scans,
      });
    }
    expect(identifyAll(['9520123456788', '1727123110ABC123'], options)).toMatchObject({ di: gtin, lotNo: 'ABC123', warnings: [] });
  });
  test('the same label again changes nothing', () => {
    const first = read(`01${gtin}10ABC123`);
    expect(accumulate(first, read(`01${gtin}10ABC123`), options)).toBe(first);
  });
  test('labels of two boxes are refused, not mixed', () => {
    const found = identifyAll([`01${gtin}10ABC123`, `01${gtin}10ABC124`], options);
    expect(found.problems.map((p) => p.code)).toEqual(['catalogue/labels-contradict']);
    expect(found.lotNo).toBe('ABC123');
  });
  test('a month and a day in it agree, the day stays', () => {
    expect(identifyAll([`01${gtin}17271200`, '17271231'], options)).toMatchObject({
      expiry: { date: '2027-12-31', precision: 'day' },
      problems: [],
    });
  });
  test('one label settles how the other is read', () => {
    expect(identifyAll([`01${gtin}10ABC12317271231`, '10ABC123'], options)).toMatchObject({
      lotNo: 'ABC123',
      expiry: { date: '2027-12-31' },
      choices: [],
    });
  });
});

describe('a package', () => {
  test('becomes base units', () => {
    expect(toBaseUnits('1', '2', [{ productId: 'p', quantityPerBase: '12' }])).toEqual({
      kind: 'found',
      value: { productId: 'p', quantity: '24' },
    });
  });
  test('with contradicting contents goes to quality, with two products to a person', () => {
    const torn = toBaseUnits('1', '1', [
      { productId: 'p', quantityPerBase: '12' },
      { productId: 'p', quantityPerBase: '10' },
    ]);
    expect(torn).toMatchObject({ kind: 'refused', refusal: { code: 'catalogue/package-contradicts', rule: 'R-097' } });
    const two = toBaseUnits('1', '1', [
      { productId: 'p', quantityPerBase: '12' },
      { productId: 'q', quantityPerBase: '12' },
    ]);
    expect(two.kind).toBe('choose');
    expect(toBaseUnits('1', '1', [])).toMatchObject({ kind: 'refused', refusal: { code: 'catalogue/package-unknown' } });
  });
  test('that claims the same content as another level goes to quality', () => {
    const row = (di: string, level: string, containedDi: string | null) => ({
      productId: 'p',
      di,
      level,
      quantityPerBase: '10',
      containedDi,
    });
    const torn = [row('unit', 'base', null), row('box', 'inner', 'unit'), row('case', 'case', 'unit')];
    expect(unclearParents('case', torn)).toMatchObject({ code: 'catalogue/package-parents-unclear', rule: 'R-097' });
    expect(unclearParents('unit', torn)).toBe(undefined);
    expect(unclearParents('case', [row('box', 'inner', 'unit'), row('case', 'case', 'box')])).toBe(undefined);
  });
});
