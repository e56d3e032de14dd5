import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as digits from './check-digits.ts';
import { isVatNumber, isVatNumberOf } from './vat-numbers.server.ts';

const file = '../shared/data/identifiers/identifier-vectors.sample.json';
const isThere = existsSync(file);
if (!isThere) console.warn(`skipped: the public identifier vectors are not at ${file}`);
const vectors: any = isThere ? JSON.parse(readFileSync(file, 'utf8')) : {};

const judges: Readonly<Record<string, (value: string) => boolean | undefined>> = {
  cn_uscc: digits.isSocialCreditCode,
  lei: digits.isLei,
  iban: digits.isIban,
  bic: digits.isBic,
  gtin_ean: digits.isGtin,
  eu_vat: isVatNumber,
  vatin: isVatNumber,
  gb_vat: (value) => isVatNumberOf('GB', value),
  no_mva: (value) => isVatNumberOf('NO', value),
  fr_siren: digits.isSiren,
  iso6346: digits.isContainerNumber,
  iso11649: digits.isCreditorReference,
  de_leitweg: digits.isLeitwegId,
};

describe('the public vectors of identification numbers', () => {
  test.skipIf(!isThere).each(Object.keys(judges))('every %s vector is judged as published', (name) => {
    const judge = judges[name] as (value: string) => boolean | undefined;
    const { valid, checks } = vectors[name];
    expect(valid.length + checks.length).toBeGreaterThan(0);
    for (const number of valid) expect(judge(number), number).toBe(true);
    for (const check of checks) expect(judge(check.in), check.in).toBe(check.valid);
  });

  test.skipIf(!isThere)('every number family of the file has its judge', () => {
    expect(Object.keys(vectors).toSorted()).toEqual([...Object.keys(judges), 'iso7064', 'luhn'].toSorted());
  });

  test.skipIf(!isThere)('every ISO 7064 vector holds', () => {
    for (const { algorithm, fn, in: number, out } of vectors.iso7064.checks) {
      const system = digits.iso7064[algorithm as keyof typeof digits.iso7064];
      expect(system, algorithm).toBeDefined();
      if (fn === 'calc_check_digit' || fn === 'calc_check_digits') expect(system.checkFor(number), number).toBe(out);
      else if (fn === 'checksum') expect(String(system.remainder(number)), number).toBe(String(out));
      else expect(system.isValid(number) ? number : null, `${algorithm} ${number}`).toBe(out);
    }
  });

  test.skipIf(!isThere)('every Luhn vector holds', () => {
    for (const { fn, in: number, out } of vectors.luhn.checks) {
      if (fn === 'checksum') expect(String(digits.luhnRemainder(number)), number).toBe(out);
      else if (fn === 'calc_check_digit') expect(String((10 - digits.luhnRemainder(`${number}0`)) % 10), number).toBe(out);
      else expect(digits.isLuhn(number) ? number : null, number).toBe(out);
    }
  });
});

describe('check characters', () => {
  test('what is computed is what is accepted, in every ISO 7064 system', () => {
    for (const [name, { isValid, checkFor }] of Object.entries(digits.iso7064)) {
      for (const number of ['0794', '1', '99999', '20040731'])
        expect(isValid(`${number}${checkFor(number)}`), `${name} ${number}`).toBe(true);
    }
  });
  test('a wrong digit is noticed', () => {
    expect(digits.isGtin('09520123456788')).toBe(true);
    expect(digits.isGtin('09520123456778')).toBe(false);
    expect(isVatNumber('DE136695977')).toBe(false);
    expect(isVatNumber('QQ123')).toBe(undefined);
  });
});
