import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PrintedDate } from './calendar.ts';
import { buildHibc, buildHibcPrimary, buildHibcSecondary, hibcCheck, parseHibc } from './hibc.ts';
import { parseIsbt } from './iccbba.ts';
import { maCheck, parseMa } from './ma.ts';

const today = '2026-11-22';
const read = (file: string): any => {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  console.warn(`skipped: the public vectors are not at ${file}`);
  return undefined;
};
const hibc = read('../shared/data/hibc/hibc-vectors.sample.json');
const ma = read('../shared/data/idcode-ma/ma-vectors.sample.json');

const written = (d: PrintedDate | undefined): string | undefined =>
  d && `${d.precision === 'month' ? d.date.slice(0, 7) : d.date}${d.time ? `T${d.time}` : ''}`;

describe('the public HIBC vectors', () => {
  test.skipIf(!hibc)('every label is read as published', () => {
    for (const { input, check_char_is_placeholder: isPlaceholder, ...expected } of hibc.parse) {
      const found = parseHibc(input, today);
      if (!found) throw new Error(`${input} was not read`);
      const { unitOfMeasure, expiry, production, quantity, ...others } = found;
      const said: any = { ...others, unit_of_measure: unitOfMeasure, expiry: written(expiry), production: written(production) };
      said.quantity = quantity && typeof expected.quantity === 'number' ? Number(quantity) : quantity;
      for (const [key, value] of Object.entries(expected))
        if (key !== 'note' && key !== 'source') expect(said[key], `${input} ${key}`).toEqual(value);
      if (!isPlaceholder) expect(found.check, input).toBe(found.expectedCheck);
    }
  });
  test.skipIf(!hibc)('every label is built as published', () => {
    const builders: Record<string, (args: any) => string> = {
      primary: buildHibcPrimary,
      secondary: buildHibcSecondary,
      concatenated: buildHibc,
    };
    for (const { kind, args, expect: label } of hibc.build) expect(builders[kind]?.(args), label).toBe(label);
  });
  test.skipIf(!hibc)('every check character is computed as published', () => {
    for (const { data, check } of hibc.check) expect(hibcCheck(data), data).toBe(check);
  });
});

describe('the public MA vectors', () => {
  test.skipIf(!ma)('every identifier is read, or refused, as published', () => {
    for (const { input, valid, source: _, ...expected } of ma.vectors) {
      const found = parseMa(input, today);
      expect(found !== undefined, input).toBe(valid !== false);
      if (!found) continue;
      const said: any = {
        di: found.di,
        goods_code: found.goodsCode,
        serial: found.serial,
        lot: found.lot,
        sterilisation_lot: found.sterilisationLot,
        made: written(found.made),
        packed: written(found.packed),
        expiry: written(found.expiry),
        valid_until: written(found.validUntil),
        check: found.check,
      };
      for (const [key, value] of Object.entries(expected)) expect(said[key], `${input} ${key}`).toBe(value);
    }
  });
  test('the published check characters come out', () => {
    expect(maCheck('MA.156.M0.100472.1110331')).toBe('6');
    expect(maCheck('.S1576130942.P190101.LABS20191201.E191201')).toBe('7');
  });
});

describe('HIBC', () => {
  test('a lot may contain what separates: only the grammar splits', () => {
    expect(parseHibc('+$$09053C001//', today)).toMatchObject({ lot: '3C001', link: '/', check: '/' });
  });
  test('primary and secondary in one code share one check character', () => {
    const label = buildHibc({
      lic: 'A999',
      pcn: '1234',
      unitOfMeasure: 5,
      expDate: { format: 'YYJJJ', value: '20015' },
      lot: '10X3',
      serial: '77DEFG45',
      quantity: 24,
    });
    expect(parseHibc(label, today)).toMatchObject({
      lic: 'A999',
      pcn: '1234',
      unitOfMeasure: 5,
      lot: '10X3',
      serial: '77DEFG45',
      quantity: '24',
      expiry: { date: '2020-01-15', precision: 'day' },
    });
    expect(parseHibc(label, today)?.check).toBe(parseHibc(label, today)?.expectedCheck);
  });
  test('supplemental data says serial, dates and quantity', () => {
    const body = '+A99912345/$$52001510X3/16D20190112/S77DEFG45/Q500';
    expect(parseHibc(`${body}${hibcCheck(body)}`, today)).toMatchObject({
      production: { date: '2019-01-12' },
      serial: '77DEFG45',
      quantity: '500',
    });
  });
  test('every form of the secondary code is read, with and without quantity', () => {
    const dates = {
      '0905': '2005-09-30',
      '2092805': '2005-09-28',
      '3050928': '2005-09-28',
      '405092822': '2005-09-28',
      '505271': '2005-09-28',
      '60527122': '2005-09-28',
      '7': undefined,
    };
    for (const [date, day] of Object.entries(dates)) {
      for (const [count, quantity] of [
        ['', undefined],
        ['824', '24'],
        ['900100', '100'],
      ] as const) {
        const found = parseHibc(`+$$${count}${date}3C001LC`, today);
        expect({ lot: found?.lot, day: found?.expiry?.date, quantity: found?.quantity }, `${count} ${date}`).toEqual({
          lot: '3C001',
          day,
          quantity,
        });
      }
      expect(parseHibc(`+$$+${date}0001LC`, today)).toMatchObject({ serial: '0001' });
    }
    expect(parseHibc('+$$824LC', today)).toMatchObject({ quantity: '24', link: 'L' });
    expect(parseHibc('+$3C001LC', today)).toMatchObject({ lot: '3C001' });
    expect(parseHibc('+$+0001LC', today)).toMatchObject({ serial: '0001' });
    expect(parseHibc('+052713C001LC', today)).toMatchObject({ lot: '3C001', expiry: { date: '2005-09-28' } });
  });
  test('the 366th day exists in leap years only', () => {
    expect(parseHibc('+24366LOTLC', today)?.expiry?.date).toBe('2024-12-31');
    expect(parseHibc('+25366LOTLC', today)).toBe(undefined);
  });
});

describe('ISBT 128', () => {
  test('a compound message gives device, serial, dates and lot', () => {
    const parts = parseIsbt('=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123');
    expect(parts?.map((p) => [p.role, p.value])).toEqual([
      ['di', 'A9999XYZ100T0944'],
      ['serial', '000025'],
      ['other', 'A99971312345600'],
      ['expiry', '014032'],
      ['production', '013032'],
      ['lot', '000000000000XYZ123'],
    ]);
    expect(parts?.[3]?.date?.date).toBe('2014-02-01');
  });
  test('what is no structure is not read', () => {
    expect(parseIsbt('=/short')).toBe(undefined);
    expect(parseIsbt('=>014399')).toBe(undefined);
  });
});
