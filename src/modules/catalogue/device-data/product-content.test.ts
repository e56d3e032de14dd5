import { expect, test } from 'vitest';
import { deviceRecord, type StatedPackage } from './device-record.ts';
import { baseQuantities } from './package-quantities.ts';
import { changedProductContent, newProductContent } from './product-content.ts';

const BASE = '06975737431158';
const pack = (di: string, more: Partial<StatedPackage> = {}): StatedPackage => ({
  di,
  issuingAgency: 'gs1',
  level: 'inner',
  unit: null,
  containedDi: BASE,
  quantity: '10',
  discontinuedOn: null,
  ...more,
});
const record = (more: object = {}) =>
  deviceRecord({ source: 'gudid', row: 1, di: BASE, nameEn: 'Catheter', holderName: 'Acme Inc.', hasLot: true, hasExpiry: true, ...more });
const defaults = { deviceClass: 'II', baseUnit: '件', skippedFields: [] } as const;

test('packages are counted down to the base unit, whatever their order in the file', () => {
  const { known, isOpen } = baseQuantities(
    record({ packages: [pack('C', { level: 'case', containedDi: 'B', quantity: '4' }), pack('B', { quantity: '25' })] }),
  );
  expect([known.map((k) => [k.stated.di, k.quantityPerBase]), isOpen]).toEqual([
    [
      ['B', '25'],
      ['C', '100'],
    ],
    false,
  ]);
});

test('a package of unknown content, a ring, and box and carton that hold the same are left to a person (R-097)', () => {
  expect(baseQuantities(record({ packages: [pack('C', { containedDi: 'unknown' })] }))).toEqual({ known: [], isOpen: true });
  expect(baseQuantities(record({ packages: [pack('A', { containedDi: 'B' }), pack('B', { containedDi: 'A' })] }))).toEqual({
    known: [],
    isOpen: true,
  });
  const both = baseQuantities(record({ packages: [pack('A'), pack('B', { level: 'case' })] }));
  expect([both.known.length, both.isOpen]).toEqual([2, true]);
});

test('a unit of use is an exact part of the sales unit, or a question', () => {
  const of = (quantity: string) => baseQuantities(record({ packages: [pack('U', { level: 'useUnit', containedDi: null, quantity })] }));
  expect(of('25').known[0]?.quantityPerBase).toBe('0.04');
  expect(of('3')).toEqual({ known: [], isOpen: true });
});

test('a foreign record makes a product marked to be completed, its English name standing in', () => {
  expect(newProductContent(record(), defaults)).toMatchObject({
    code: BASE,
    nameZh: 'Catheter',
    nameEn: 'Catheter',
    deviceClass: 'II',
    baseUnit: '件',
    identifierPolicy: 'lot',
    isExpiryTracked: true,
    toComplete: ['nameZh', 'deviceClass', 'registration', 'baseUnit'],
  });
});

test('a Chinese registration number says the class; only the unit is left to complete', () => {
  const made = newProductContent(record({ source: 'nmpa', nameZh: '导管', registrationNo: '国械注准20193030166' }), defaults);
  expect(made).toMatchObject({ deviceClass: 'III', nameZh: '导管', toComplete: ['baseUnit'] });
});

test('silence of the source keeps what we know, chosen fields are left alone, lines are merged by identifier', () => {
  const before = {
    code: 'P1',
    nameZh: '我们的名称',
    nameEn: 'Ours',
    storageMinC: '2',
    registrantName: '旧名',
    toComplete: ['packages'],
    lines: {
      packages: [
        { lineNo: 1, level: 'base', di: BASE, quantityPerBase: '1.000' },
        { lineNo: 2, level: 'case', di: 'OURS', quantityPerBase: '40' },
      ],
      codes: [],
    },
  };
  const after = changedProductContent(before, record({ packages: [pack('B')] }), { ...defaults, skippedFields: ['nameEn'] });
  expect(after).toMatchObject({
    nameZh: '我们的名称',
    nameEn: 'Ours',
    storageMinC: '2',
    registrantName: 'Acme Inc.',
    toComplete: ['packages'],
  });
  expect(after.lines['packages']?.map((l) => [l['di'], l['quantityPerBase']])).toEqual([
    [BASE, '1.000'],
    ['OURS', '40'],
    ['B', '10'],
  ]);
});
