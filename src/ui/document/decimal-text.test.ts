import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { formatDecimal } from '../format.ts';
import { normaliseDecimal, sumDecimals } from './decimal-text.ts';

describe('an amount as people type it becomes an exact decimal', () => {
  test.each([
    ['1,234,567.50', '1234567.50'],
    ['１２３．５', '123.5'],
    ['¥ 1,200', '1200'],
    ['1200元', '1200'],
    ['CNY 88.10', '88.10'],
    ['(12.5)', '-12.5'],
    ['12.5-', '-12.5'],
    ['−3', '-3'],
    ['+7', '7'],
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0.00', '0.00'],
    ['1 000', '1000'],
  ])('%s is %s', (typed, exact) => {
    expect(normaliseDecimal(typed)).toBe(exact);
  });

  test.each(['', 'abc', '1,5', '1.2.3', '12e3', '1,23,456', '--', '.', '0x10'])('%s is no amount and is not guessed', (typed) => {
    expect(normaliseDecimal(typed)).toBeNull();
  });

  test('an amount far beyond floating point keeps every digit', () => {
    expect(normaliseDecimal('99,999,999,999,999.999999')).toBe('99999999999999.999999');
  });

  test('what is shown grouped is read back as the same amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const value = `${whole}.${String(cents).padStart(2, '0')}`;
        const exact = /[1-9]/.test(value) ? value : value.replace('-', '');
        expect(normaliseDecimal(formatDecimal(value, 'en'))).toBe(exact);
      }),
    );
  });
});

describe('amounts are summed exactly', () => {
  test('a tenth and two tenths are three tenths', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(sumDecimals(['10', '-0.01', null, 'x', ''])).toBe('9.99');
    expect(sumDecimals(['-5', '4.5'])).toBe('-0.5');
    expect(sumDecimals([])).toBe('0');
  });
});
