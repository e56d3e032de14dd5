import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isIban, isLei, looksLikeIban } from './check-digits.ts';
import { isTaxNumber } from './vat.server.ts';

const file = '../shared/data/identifiers/identifier-vectors.sample.json';
const isThere = existsSync(file);
if (!isThere) console.warn(`skipped: ${file} is absent`);
const vectors = isThere ? JSON.parse(readFileSync(file, 'utf8')) : { lei: { valid: [] }, iban: { valid: [] }, eu_vat: { valid: [] } };

test.skipIf(!isThere)('every published LEI and IBAN holds', () => {
  expect(vectors.lei.valid.filter((lei: string) => !isLei(lei))).toEqual([]);
  expect(vectors.iban.valid.filter((iban: string) => !isIban(iban))).toEqual([]);
});

test('one wrong sign is refused', () => {
  expect([isLei('2138001CY61HDFJ5ZA27'), isLei('2138001CY61HDFJ5ZA28'), isLei('2138001CY61HDFJ5ZA2')]).toEqual([true, false, false]);
  expect([isIban('DE89 3704 0044 0532 0130 00'), isIban('DE89 3704 0044 0532 0130 01')]).toEqual([true, false]);
});

test('a domestic account number is no IBAN and owes no check digits', () => {
  expect([looksLikeIban('6217856100012345678'), looksLikeIban('DE89370400440532013000')]).toEqual([false, true]);
});

test('tax numbers are checked by the rule of their country; a country without one is taken as it is', () => {
  expect([isTaxNumber('DE', 'DE136695976'), isTaxNumber('DE', 'DE136695978'), isTaxNumber('ZW', 'anything')]).toEqual([true, false, true]);
});
