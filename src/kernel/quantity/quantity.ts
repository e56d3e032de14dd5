import Big from 'big.js';

/** Decimal places a quantity is kept with, in the product's base unit. */
export const QUANTITY_SCALE = 6;
const MICRO = 10n ** BigInt(QUANTITY_SCALE);
const pattern = /^(-?)(\d{1,14})(?:\.(\d{1,6}))?$/;

/** A decimal quantity as a whole number of millionths: `1.5` → 1500000n. Throws on anything finer, larger or not a number. */
export function toMicro(quantity: string): bigint {
  const parts = pattern.exec(quantity);
  if (!parts) throw new RangeError(`not a quantity: ${quantity}`);
  const micro = BigInt(parts[2] as string) * MICRO + BigInt((parts[3] ?? '').padEnd(QUANTITY_SCALE, '0'));
  return parts[1] ? -micro : micro;
}

/** 1500000n → `1.5`, without trailing zeros. */
export function fromMicro(micro: bigint): string {
  const sign = micro < 0n ? '-' : '';
  const size = micro < 0n ? -micro : micro;
  const fraction = String(size % MICRO)
    .padStart(QUANTITY_SCALE, '0')
    .replace(/0+$/, '');
  return `${sign}${size / MICRO}${fraction ? `.${fraction}` : ''}`;
}

/** The shortest way to write a quantity: `1.500000` → `1.5`. */
export const normalQuantity = (quantity: string): string => fromMicro(toMicro(quantity));

export const addQuantity = (...quantities: readonly string[]): string => fromMicro(quantities.reduce((sum, q) => sum + toMicro(q), 0n));

export const subtractQuantity = (from: string, quantity: string): string => fromMicro(toMicro(from) - toMicro(quantity));

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareQuantity(a: string, b: string): -1 | 0 | 1 {
  const difference = toMicro(a) - toMicro(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const isZeroQuantity = (quantity: string): boolean => toMicro(quantity) === 0n;

/** A quantity in packing units times units per pack; throws where the result is finer than a quantity can be. */
export const multiplyQuantity = (quantity: string, factor: string): string => normalQuantity(Big(quantity).times(factor).toFixed());

/** Price per unit × quantity, exact and unrounded, in major units. */
export const extend = (unitPrice: string, quantity: string): Big => Big(unitPrice).times(quantity);

/** Quantity × unit price as an amount with `scale` decimals, rounded half-up. */
export const multiplyMoney = (quantity: string, unitPrice: string, scale: number): string =>
  extend(unitPrice, quantity).round(scale, 1).toFixed(scale);

/** The exact sum of decimals of any scale, with as many decimals as the finest of them. */
export function sumDecimals(values: readonly string[]): string {
  const digits = values.reduce((max, v) => Math.max(max, v.length - 1 - (v.includes('.') ? v.indexOf('.') : v.length - 1)), 0);
  return values.reduce((sum, v) => sum.plus(v), Big(0)).toFixed(digits);
}
