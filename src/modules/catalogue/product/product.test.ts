import { expect, test } from 'vitest';
import { product } from './product.ts';

const context = {
  actor: { id: 'usr_1', name: '测试' },
  today: '2026-11-22',
  occurredOn: '2026-11-22',
  functionalCurrency: 'CNY',
  reason: null,
};
const check = (values: object): readonly { code: string }[] =>
  (product.actions['create']?.refuse?.(
    { nameZh: '支架', isImplant: false, identifierPolicy: 'lot', shelfLifeMonths: null, isExpiryTracked: true, ...values },
    {},
    context,
  ) ?? []) as readonly { code: string }[];

test('an implant cannot go without lot and serial number', () => {
  expect(check({ isImplant: true, identifierPolicy: 'none' }).map((r) => r.code)).toEqual(['catalogue/implant-needs-identifier']);
  expect(check({ isImplant: true, identifierPolicy: 'serial' })).toEqual([]);
});

test('a shelf life needs expiry tracking', () => {
  expect(check({ shelfLifeMonths: 24, isExpiryTracked: false }).map((r) => r.code)).toEqual(['catalogue/shelf-life-needs-expiry']);
  expect(check({ shelfLifeMonths: 24 })).toEqual([]);
});
