import type { Refusal } from '#kernel/command/refusal.ts';
import { multiplyQuantity, normalQuantity } from '#kernel/quantity/quantity.ts';
import { packageContradicts, packageParentsUnclear, packageUnknown } from './refusals.ts';

/** What an identifier is registered for: an article and how many base units the package holds. */
export interface PackageEntry {
  readonly productId: string;
  /** Base units inside, an exact decimal. */
  readonly quantityPerBase: string;
}

export interface InBaseUnits {
  readonly productId: string;
  /** Base units of all packages scanned, an exact decimal. */
  readonly quantity: string;
}

export type Conversion =
  | { readonly kind: 'found'; readonly value: InBaseUnits }
  | { readonly kind: 'choose'; readonly values: readonly InBaseUnits[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Packages into base units of the article. `count` is how many packages with this identifier were scanned. One product with two contents
 * under one identifier is a contradiction for quality; two products with it are for a person to choose from. Nothing is guessed.
 */
export function toBaseUnits(di: string, count: string, entries: readonly PackageEntry[]): Conversion {
  const contents = new Map<string, Set<string>>();
  for (const { productId, quantityPerBase } of entries) {
    contents.set(productId, (contents.get(productId) ?? new Set()).add(normalQuantity(quantityPerBase)));
  }
  const torn = [...contents.values()].find((ways) => ways.size > 1);
  if (torn) return { kind: 'refused', refusal: packageContradicts({ di, ways: [...torn].join(' / ') }) };
  const values = [...contents].map(([productId, ways]) => ({ productId, quantity: multiplyQuantity([...ways][0] as string, count) }));
  const [only] = values;
  if (!only) return { kind: 'refused', refusal: packageUnknown({ di }) };
  return values.length === 1 ? { kind: 'found', value: only } : { kind: 'choose', values };
}

/** One row of an article's package table. */
export interface PackageRow extends PackageEntry {
  readonly di: string;
  readonly level: string;
  /** The package directly inside, where the register says it. */
  readonly containedDi: string | null;
}

/**
 * Registers know boxes and cases that both claim to hold the same number of the same child. Then the case may hold so many boxes or so
 * many pieces: quality looks at the goods, nothing is guessed.
 */
export function unclearParents(di: string, rows: readonly PackageRow[]): Refusal | undefined {
  for (const own of rows.filter((row) => row.di === di && row.containedDi !== null)) {
    const rival = rows.find(
      (row) =>
        row.productId === own.productId &&
        row.di !== di &&
        row.level !== own.level &&
        row.containedDi === own.containedDi &&
        normalQuantity(row.quantityPerBase) === normalQuantity(own.quantityPerBase),
    );
    if (rival) {
      return packageParentsUnclear({ di, other: rival.di, child: own.containedDi ?? '', quantity: normalQuantity(own.quantityPerBase) });
    }
  }
  return undefined;
}
