import Big from 'big.js';
import { minorDigits } from './currency.ts';

/** How a value between two minor units is settled; invoices and costs round half-up, statistics half-even. */
export type Rounding = 'half-up' | 'half-even' | 'down';

const bigMode: Readonly<Record<Rounding, 0 | 1 | 2>> = { down: 0, 'half-up': 1, 'half-even': 2 };

/** Rounds an amount of minor units (may have decimals) to a whole one; half-up rounds away from zero on both sides. */
export const roundToMinor = (amount: Big | string, mode: Rounding): bigint => BigInt(Big(amount).round(0, bigMode[mode]).toFixed(0));

/** `12.50` CNY → 1250n. Throws where the amount is finer than the currency's minor unit: rounding is a decision, see `roundMoney`. */
export function toMinor(amount: string, currency: string): bigint {
  const scaled = Big(amount).times(Big(10).pow(minorDigits(currency)));
  if (!scaled.eq(scaled.round(0, 0))) throw new RangeError(`${amount} is finer than the minor unit of ${currency}`);
  return BigInt(scaled.toFixed(0));
}

/** 1250n CNY → `12.50`. */
export function fromMinor(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const sign = minor < 0n ? '-' : '';
  const units = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  return digits === 0 ? sign + units : `${sign}${units.slice(0, -digits)}.${units.slice(-digits)}`;
}

/** An exact decimal amount (price × quantity, rate × base) rounded to the currency's minor unit. */
export const roundMoney = (amount: Big | string, currency: string, mode: Rounding = 'half-up'): bigint =>
  roundToMinor(Big(amount).times(Big(10).pow(minorDigits(currency))), mode);

/** An amount in minor units of one currency, at `rate` units of the other per unit, in the other's minor units. */
export const convertMinor = (minor: bigint, from: string, to: string, rate: string, mode: Rounding = 'half-up'): bigint =>
  roundMoney(Big(fromMinor(minor, from)).times(rate), to, mode);

/**
 * Shares a total by weights so that the parts sum exactly to it: every part is rounded towards zero, the units left over go
 * to the largest remainders, ties to the earlier part. Same input, same answer. Weights are non-negative; throws where all are zero.
 */
export function allocate(totalMinor: bigint, weights: readonly (string | number | bigint | Big)[]): bigint[] {
  const shares = wholeWeights(weights);
  const sum = shares.reduce((a, b) => a + b, 0n);
  if (sum === 0n) throw new RangeError('nothing to allocate to: all weights are zero');
  const sign = totalMinor < 0n ? -1n : 1n;
  const total = totalMinor * sign;
  const parts = shares.map((share) => (total * share) / sum);
  const left = total - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: (total * share) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, Number(left))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts.map((part) => part * sign);
}

/** Weights as integers of the same ratio, so that shares are exact fractions. */
function wholeWeights(weights: readonly (string | number | bigint | Big)[]): bigint[] {
  const exact = weights.map((w) => Big(typeof w === 'bigint' ? w.toString() : w));
  if (exact.some((w) => w.lt(0))) throw new RangeError('a weight is negative');
  const digits = exact.reduce((max, w) => Math.max(max, w.c.length - 1 - w.e), 0);
  const scale = Big(10).pow(digits);
  return exact.map((w) => BigInt(w.times(scale).toFixed(0)));
}

/**
 * The largest single amount that is booked, in minor units: ten trillion in a currency with two decimals. Two thousand such lines
 * still add up inside a 64-bit integer, so no sum can overflow.
 */
export const AMOUNT_MINOR_MAX = 10n ** 15n;

/** Whether an amount (minor units) is too large to be booked. */
export const isTooLarge = (minor: bigint): boolean => minor > AMOUNT_MINOR_MAX || minor < -AMOUNT_MINOR_MAX;
