import fc from 'fast-check';
import { expect, test } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import { gs1CheckDigit } from './check-digits.ts';
import { applicationIdentifiers } from './gs1-grammar.ts';
import { checkAssociations } from './gs1-associations.ts';
import { buildDigitalLink, parseDigitalLink } from './gs1-digital-link.ts';
import { buildBracketed, buildElementString, type Element, GS, parseBracketed, parseElements } from './gs1-element-string.ts';
import { meaningOf, sayMeaning } from './gs1-values.ts';
import { fullYear } from './calendar.ts';
import { hibcCheck, parseHibc } from './hibc.ts';
import { identify, identifyAll } from './identify.ts';

const today = '2026-11-22';
const element = (ai: string, value: string): Element => {
  const entry = applicationIdentifiers.get(ai);
  if (!entry) throw new Error(ai);
  return { entry, value };
};
const set82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const word = (max: number) => fc.string({ unit: fc.constantFrom(...set82), minLength: 1, maxLength: max });
const gtin = fc.stringMatching(/^\d{13}$/).map((d) => `${d}${gs1CheckDigit(d)}`);
const day = fc.record({ y: fc.integer({ min: 10, max: 60 }), m: fc.integer({ min: 1, max: 12 }), d: fc.integer({ min: 0, max: 28 }) });
const yymmdd = day.map(({ y, m, d }) => [y, m, d].map((n) => String(n).padStart(2, '0')).join(''));
/** A device label: product, lot, serial, expiry, production, count. */
const label = fc
  .record({ gtin, lot: word(20), serial: word(20), expiry: yymmdd, made: yymmdd, count: fc.integer({ min: 1, max: 99_999_999 }) })
  .map((l) => [
    element('01', l.gtin),
    element('10', l.lot),
    element('21', l.serial),
    element('11', l.made),
    element('17', l.expiry),
    element('30', String(l.count)),
  ]);
const plain = (elements: readonly Element[]): string[] => elements.map((e) => e.entry.ai + e.value).toSorted();

test('element string, text in brackets and Digital Link say the same and lose nothing', () => {
  fc.assert(
    fc.property(label, (elements) => {
      expect(checkAssociations(elements).ok).toBe(true);
      const string = parseElements(buildElementString(elements));
      const text = parseBracketed(buildBracketed(elements));
      const link = buildDigitalLink(elements);
      const read = link.ok ? parseDigitalLink(link.value) : link;
      if (!string.ok || !text.ok || !read.ok) throw new Error('not read');
      for (const found of [string.value, text.value, read.value.elements]) expect(plain(found)).toEqual(plain(elements));
    }),
  );
});

test('what a label says is what is identified: every character of lot and serial number', () => {
  fc.assert(
    fc.property(label, (elements) => {
      const [, lot, serial] = elements as [Element, Element, Element];
      const found = identify(`]d2${buildElementString(elements)}`, { today });
      expect({ lotNo: found.lotNo, serialNo: found.serialNo, choices: found.choices.length }).toEqual({
        lotNo: lot.value,
        serialNo: serial.value,
        choices: 0,
      });
    }),
  );
});

test('the order of labels does not matter', () => {
  fc.assert(
    fc.property(gtin, fc.stringMatching(/^[A-Z][A-Z0-9]{1,9}$/), yymmdd, (di, lot, expiry) => {
      const scans = [`01${di}`, `17${expiry}10${lot}`];
      const [a, b] = [identifyAll(scans, { today }), identifyAll(scans.toReversed(), { today })];
      expect({ di: a.di, lotNo: a.lotNo, expiry: a.expiry }).toEqual({ di: b.di, lotNo: b.lotNo, expiry: b.expiry });
    }),
  );
});

test('a HIBC check character notices every single wrong sign', () => {
  const signs = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z][A-Z0-9]{3}[A-Z0-9]{2,12}\d$/), fc.nat(), fc.constantFrom(...signs), (di, at, sign) => {
      const body = `+${di}`;
      const check = hibcCheck(body);
      const place = 1 + (at % di.length);
      const changed = body.slice(0, place) + sign + body.slice(place + 1);
      expect(hibcCheck(changed) === check).toBe(changed === body);
      expect(parseHibc(`${body}${check}`, today)?.check).toBe(check);
    }),
  );
});

const fragments = [
  '01',
  '10',
  '17',
  '21',
  '(01)',
  '(10)',
  GS,
  ']d2',
  ']C1',
  '+',
  '$$',
  '=/',
  'MA.156.',
  'https://',
  '/01/',
  '?',
  '%',
  '\n',
  ' ',
  '*',
  '09520123456788',
  '271231',
  'é',
  '（',
  '|',
  '~',
];

test('no text makes it throw, and none takes long', () => {
  const noise = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 12 })), { maxLength: 40 }).map((f) => f.join('')),
  );
  fc.assert(
    fc.property(noise, (raw) => identify(raw, { today }).raw.length > 0),
    { numRuns: 400 },
  );
  const long = [
    '1'.repeat(10_000),
    '+'.repeat(10_000),
    '(01)'.repeat(2500),
    '10A'.repeat(3333),
    `01095201234567${'8810'.repeat(480)}`,
    `]d2${`21A${GS}`.repeat(480)}`,
    'https://a/01/'.repeat(150),
    '10'.repeat(999),
    '=,000025'.repeat(240),
  ];
  const before = process.hrtime.bigint();
  for (const raw of long) identify(raw, { today });
  expect(Number((process.hrtime.bigint() - before) / 1_000_000n)).toBeLessThan(5_000);
});

const file = '../shared/data/gs1/gs1-dates-measures.sample.json';
const isThere = existsSync(file);
if (!isThere) console.warn(`skipped: the public vectors of dates and measures are not at ${file}`);

test.skipIf(!isThere)('the public vectors of dates, measures and amounts hold', () => {
  const vectors = JSON.parse(readFileSync(file, 'utf8'));
  const meaning = (input: string) => {
    const elements = parseElements(input);
    if (!elements.ok) throw new Error(input);
    return meaningOf(elements.value[0] as Element, today);
  };
  for (const { input, date } of [...vectors.dates, ...vectors.zero_day]) if (date) expect(meaning(input).date?.date, input).toBe(date);
  for (const { input, decimal } of vectors.decimals) expect(meaning(input).decimal, input).toBe(decimal);
  for (const { input, currency, decimal } of vectors.currency_amounts)
    expect(sayMeaning(meaning(input)), input).toBe(`${currency} ${decimal}`);
  for (const { year_offset: offset } of vectors.century) {
    for (const year of [1999, 2000, 2026, 2049, 2051, 2099])
      expect(fullYear((year + offset + 100) % 100, `${year}-06-01`), `${year} ${offset}`).toBe(year + offset);
  }
});
