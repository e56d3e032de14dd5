import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addQuantity,
  compareQuantity,
  fromMicro,
  isZeroQuantity,
  multiplyMoney,
  multiplyQuantity,
  normalQuantity,
  subtractQuantity,
  sumDecimals,
  toMicro,
} from './quantity.ts';

const micro = fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n });

test('a quantity becomes millionths and back without loss', () => {
  fc.assert(fc.property(micro, (m) => toMicro(fromMicro(m)) === m));
  expect(['1.500000', '0.0', '-0.25', '007'].map(normalQuantity)).toEqual(['1.5', '0', '-0.25', '7']);
});

test('what is finer than a millionth, or no number, is refused', () => {
  for (const bad of ['0.0000001', '1e3', '', ' 1', '1,5', '٣', 'NaN']) expect(() => toMicro(bad)).toThrow('not a quantity');
});

test('adding, taking away and comparing are exact', () => {
  expect(addQuantity('0.1', '0.2')).toBe('0.3');
  expect(subtractQuantity('1', '0.9')).toBe('0.1');
  fc.assert(
    fc.property(micro, micro, (a, b) => {
      expect(compareQuantity(fromMicro(a), fromMicro(b))).toBe(a < b ? -1 : a > b ? 1 : 0);
      expect(isZeroQuantity(subtractQuantity(addQuantity(fromMicro(a), '1'), addQuantity(fromMicro(a), '1')))).toBe(true);
    }),
  );
});

test('packs become pieces, and pieces times price an amount', () => {
  expect(multiplyQuantity('3', '12')).toBe('36');
  expect(() => multiplyQuantity('0.000001', '0.5')).toThrow('not a quantity');
  expect(multiplyMoney('3', '0.335', 2)).toBe('1.01');
  expect(sumDecimals(['1.01', '2', '0.005'])).toBe('3.015');
});
