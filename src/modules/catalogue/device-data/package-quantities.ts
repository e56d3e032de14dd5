import Big from 'big.js';
import type { DeviceRecord, StatedPackage } from './device-record.ts';

export interface KnownPackage {
  readonly stated: StatedPackage;
  /** Base units inside, an exact decimal. */
  readonly quantityPerBase: string;
}

const SCALE = 6;
const isCount = (value: string | null): value is string => value !== null && /^\d{1,9}$/u.test(value) && !/^0+$/u.test(value);

/** The part of a sales unit that one unit of use is, where it can be written exactly. */
function partOf(count: string): string | null {
  const part = new Big(1).div(count).round(SCALE);
  return part.times(count).eq(1) ? part.toString() : null;
}

/** Whether two packages cannot both be right: another level, yet the same number of the same thing. */
const contradicts = (a: StatedPackage, b: StatedPackage): boolean =>
  a !== b && a.level !== b.level && a.containedDi !== null && a.containedDi === b.containedDi && a.quantity === b.quantity;

/**
 * How many base units each package of a record holds, worked out through what it contains. A package whose content the record does not
 * know is left out and `isOpen` is set; so it is where two packages contradict each other: a person decides, nothing is guessed.
 */
export function baseQuantities(record: Pick<DeviceRecord, 'di' | 'packages'>): { known: KnownPackage[]; isOpen: boolean } {
  const found = new Map<string, Big>([[record.di, new Big(1)]]);
  const known: KnownPackage[] = [];
  let left = record.packages.filter((p) => p.di !== record.di);
  for (let before = -1; left.length !== before;) {
    before = left.length;
    left = left.filter((stated) => {
      if (found.has(stated.di)) return false;
      const inside = stated.level === 'useUnit' ? undefined : found.get(stated.containedDi ?? record.di);
      const quantity = isCount(stated.quantity)
        ? stated.level === 'useUnit'
          ? partOf(stated.quantity)
          : inside?.times(stated.quantity).toString()
        : null;
      if (!quantity) return true;
      found.set(stated.di, new Big(quantity));
      known.push({ stated, quantityPerBase: quantity });
      return false;
    });
  }
  return { known, isOpen: left.length > 0 || record.packages.some((a) => record.packages.some((b) => contradicts(a, b))) };
}
