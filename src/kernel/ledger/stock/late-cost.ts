import { allocate } from '../../money/money.ts';
import { toMicro } from '../../quantity/quantity.ts';

/** The cost row of a lot in one kind of place. */
export interface LotCost {
  readonly lotId: string;
  readonly kind: string;
  readonly quantity: string;
  readonly valueMinor: bigint;
  readonly receivedQuantity: string;
}

/** A late cost shared out: what goods in this kind of place are worth more, and what belongs to goods that have left. */
export interface SharedLateCost {
  readonly lotId: string;
  readonly kind: string;
  readonly valueMinor: bigint;
  readonly leftMinor: bigint;
}

/**
 * Shares late cost of one lot by quantity: over goods still here, by kind of place, and goods gone (received minus here). The sum is
 * exact (largest remainder). Throws where the lot was never received by this entity: there is nothing the cost could belong to.
 */
export function shareLateCost(lotId: string, valueMinor: bigint, rows: readonly LotCost[]): SharedLateCost[] {
  const here = rows.map((row) => toMicro(row.quantity));
  const received = rows.reduce((sum, row) => sum + toMicro(row.receivedQuantity), 0n);
  const first = rows.find((row) => toMicro(row.receivedQuantity) > 0n);
  if (!first) throw new Error(`lot ${lotId} never entered this entity's own goods`);
  const gone = received - here.reduce((a, b) => a + b, 0n);
  const parts = allocate(valueMinor, [...here, gone > 0n ? gone : 0n]);
  const left = parts.at(-1) ?? 0n;
  return rows
    .map((row, i) => ({ lotId, kind: row.kind, valueMinor: parts[i] ?? 0n, leftMinor: row === first ? left : 0n }))
    .filter((share) => share.valueMinor !== 0n || share.leftMinor !== 0n);
}
