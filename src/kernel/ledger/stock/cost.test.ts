import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toMicro } from '../../quantity/quantity.ts';
import { valueMoves, type CostedMove } from './cost.ts';
import { shareLateCost } from './late-cost.ts';

const enter = (quantity: string, valueMinor?: bigint): CostedMove => ({
  lotId: 'l',
  fromPool: null,
  toPool: 'storage',
  quantity,
  valueMinor,
});
const leave = (quantity: string): CostedMove => ({ lotId: 'l', fromPool: 'storage', toPool: null, quantity });

test('moving average: 200 at 2.00, 150 out, 200 at 2.20 in, 100 out cost 216.00 (R-078)', () => {
  expect(valueMoves([enter('200', 40_000n), leave('150'), enter('200', 44_000n), leave('100'), leave('150')])).toEqual([
    40_000n,
    30_000n,
    44_000n,
    21_600n,
    32_400n,
  ]);
});

test('the last piece takes all that is left, so no cent stays behind or is invented', () => {
  const quantities = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(quantities, fc.bigInt({ min: 0n, max: 10n ** 12n }), (parts, value) => {
      const total = parts.reduce((a, b) => a + b, 0);
      const [, ...out] = valueMoves([enter(String(total), value), ...parts.map((p) => leave(String(p)))]);
      expect(out.reduce((a, b) => a + b, 0n)).toBe(value);
      expect(out.every((v) => v >= 0n)).toBe(true);
    }),
  );
});

test('a transfer between kinds of place carries its exact cost along; within one kind nothing changes', () => {
  const values = valueMoves([
    enter('3', 100n),
    { lotId: 'l', fromPool: 'storage', toPool: 'storage', quantity: '1' },
    { lotId: 'l', fromPool: 'storage', toPool: 'customer', quantity: '1' },
    { lotId: 'l', fromPool: 'customer', toPool: null, quantity: '1' },
    leave('2'),
  ]);
  expect(values).toEqual([100n, 33n, 33n, 33n, 67n]);
});

test('goods that come back without a stated cost come back at what the lot cost on average (R-083)', () => {
  const received = { quantity: toMicro('3'), valueMinor: 100n };
  expect(valueMoves([{ ...enter('1'), received }])).toEqual([33n]);
  expect(valueMoves([enter('1')])).toEqual([0n]);
});

test('goods of others carry no value, and a value is stated only where goods enter', () => {
  expect(valueMoves([{ lotId: 'l', fromPool: null, toPool: null, quantity: '5', valueMinor: 9n }])).toEqual([0n]);
  expect(() => valueMoves([{ ...leave('1'), valueMinor: 1n }])).toThrow('only where goods enter');
  expect(() => valueMoves([enter('1', -1n)])).toThrow('less than nothing');
});

test('late cost is shared over goods here, by kind of place, and goods gone, and sums exactly', () => {
  const rows = [
    { lotId: 'l', kind: 'storage', quantity: '2', valueMinor: 200n, receivedQuantity: '7' },
    { lotId: 'l', kind: 'customer', quantity: '1', valueMinor: 100n, receivedQuantity: '0' },
  ];
  expect(shareLateCost('l', 100n, rows)).toEqual([
    { lotId: 'l', kind: 'storage', valueMinor: 29n, leftMinor: 57n },
    { lotId: 'l', kind: 'customer', valueMinor: 14n, leftMinor: 0n },
  ]);
  expect(() => shareLateCost('l', 100n, [])).toThrow('never entered');
});
