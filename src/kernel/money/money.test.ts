import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minorDigits } from './currency.ts';
import { allocate, convertMinor, fromMinor, roundMoney, roundToMinor, toMinor } from './money.ts';

const currencies = fc.constantFrom('CNY', 'USD', 'JPY', 'KWD');

describe('minor units', () => {
  test('every currency is booked with the decimals of ISO 4217', () => {
    expect(['CNY', 'EUR', 'JPY', 'KRW', 'KWD', 'CLF', 'TWD', 'HUF'].map(minorDigits)).toEqual([2, 2, 0, 0, 3, 4, 2, 2]);
    expect(() => minorDigits('cny')).toThrow(RangeError);
  });

  test('an amount becomes minor units and back without loss', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), currencies, (minor, currency) => {
        expect(toMinor(fromMinor(minor, currency), currency)).toBe(minor);
      }),
    );
    expect([fromMinor(-5n, 'CNY'), fromMinor(5n, 'JPY'), fromMinor(1250n, 'KWD'), fromMinor(0n, 'CNY')]).toEqual([
      '-0.05',
      '5',
      '1.250',
      '0.00',
    ]);
  });

  test('an amount finer than the minor unit is refused, never rounded in passing', () => {
    expect(() => toMinor('0.005', 'CNY')).toThrow('finer than the minor unit');
    expect(() => toMinor('1.5', 'JPY')).toThrow('finer than the minor unit');
  });

  test('rounding has one name each and is the same on both sides of zero', () => {
    expect(['2.5', '3.5', '-2.5', '2.4'].map((a) => roundToMinor(a, 'half-up'))).toEqual([3n, 4n, -3n, 2n]);
    expect(['2.5', '3.5', '-2.5', '2.6'].map((a) => roundToMinor(a, 'half-even'))).toEqual([2n, 4n, -2n, 3n]);
    expect(['2.9', '-2.9'].map((a) => roundToMinor(a, 'down'))).toEqual([2n, -2n]);
    expect(roundMoney('1.005', 'CNY')).toBe(101n);
    expect(convertMinor(10_000n, 'USD', 'CNY', '7.12345')).toBe(71_235n);
    expect(convertMinor(10_000n, 'JPY', 'CNY', '0.047')).toBe(47_000n);
  });
});

describe('allocation by largest remainder (R-079)', () => {
  test('prices 20, 30 and 40 share a contract of 80 exactly', () => {
    expect(allocate(80n, [20, 30, 40])).toEqual([18n, 27n, 35n]);
    expect(allocate(8000n, [20, 30, 40])).toEqual([1778n, 2667n, 3555n]);
  });

  test('parts always sum to the total, none is off by a whole unit, and the same input gives the same parts', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 }).filter((w) => w.some((x) => x > 0));
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), weights, (total, w) => {
        const parts = allocate(total, w);
        const sum = BigInt(w.reduce((a, b) => a + b, 0));
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        expect(allocate(total, w)).toEqual(parts);
        parts.forEach((part, i) => {
          const off = part * sum - total * BigInt(w[i] ?? 0);
          expect(off < sum && off > -sum).toBe(true);
        });
      }),
    );
  });

  test('decimal weights are exact, zero weights get nothing, no weight at all is an error', () => {
    expect(allocate(100n, ['0.1', '0.2', '0'])).toEqual([33n, 67n, 0n]);
    expect(() => allocate(100n, [0, 0])).toThrow('all weights are zero');
    expect(() => allocate(100n, [-1, 2])).toThrow('negative');
  });
});
