import type { Refusal } from '#kernel/command/refusal.ts';
import { multiplyQuantity, normalQuantity } from '#kernel/quantity/quantity.ts';
import { packageContradicts, packageUnknown } from './refusals.ts';

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
