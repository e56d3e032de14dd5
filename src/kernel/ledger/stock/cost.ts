import { toMicro } from '../../quantity/quantity.ts';

/** Goods of one lot in one kind of place, with their cost. */
export interface CostPool {
  /** Millionths of the base unit. */
  readonly quantity: bigint;
  readonly valueMinor: bigint;
}

/** One move as its value depends on: which cost pools it leaves and enters, and what is known of them. */
export interface CostedMove {
  readonly lotId: string;
  /** Kind of place whose cost pool is left or entered; null outside the entity's own goods. */
  readonly fromPool: string | null;
  readonly toPool: string | null;
  readonly quantity: string;
  /** Given only where goods enter. */
  readonly valueMinor?: bigint | undefined;
  /** The pool left, as it was before the posting. */
  readonly before?: CostPool | undefined;
  /** All that ever entered of this lot: what goods coming back once cost. */
  readonly received?: CostPool | undefined;
}

/** `value × part ÷ whole`, half-up; all of it where the whole goes. */
export function shareOf(pool: CostPool, quantity: bigint): bigint {
  if (quantity >= pool.quantity) return pool.valueMinor;
  return (pool.valueMinor * quantity * 2n + pool.quantity) / (pool.quantity * 2n);
}

/**
 * Values moves in their order by moving average per lot and kind of place: what enters brings its cost, what leaves takes its
 * exact share rounded half-up, the last piece takes all that is left, so no cent is ever lost. Goods that come back without a stated
 * cost come back at what the lot cost on average. Moves within one pool tell their share and change nothing.
 */
export function valueMoves(moves: readonly CostedMove[]): bigint[] {
  const pools = new Map<string, CostPool>();
  const keyOf = (move: CostedMove, pool: string): string => `${pool} ${move.lotId}`;
  // The row a move brings along is the pool as it stood before the whole posting: first to mention it wins.
  for (const move of moves) {
    if (move.fromPool && move.before && !pools.has(keyOf(move, move.fromPool))) pools.set(keyOf(move, move.fromPool), move.before);
  }
  const poolAt = (key: string): CostPool => pools.get(key) ?? { quantity: 0n, valueMinor: 0n };
  return moves.map((move) => {
    const quantity = toMicro(move.quantity);
    const { fromPool, toPool } = move;
    if (fromPool === null && toPool === null) return 0n;
    const source = fromPool === null ? undefined : poolAt(keyOf(move, fromPool));
    if (source && move.valueMinor !== undefined) throw new Error('a value is stated only where goods enter');
    const value = source ? shareOf(source, quantity) : enteringValue(move, quantity);
    if (value < 0n) throw new Error('goods cannot enter at less than nothing');
    if (fromPool === toPool) return value;
    if (source) {
      pools.set(keyOf(move, fromPool as string), { quantity: source.quantity - quantity, valueMinor: source.valueMinor - value });
    }
    if (toPool !== null) {
      const target = poolAt(keyOf(move, toPool));
      pools.set(keyOf(move, toPool), { quantity: target.quantity + quantity, valueMinor: target.valueMinor + value });
    }
    return value;
  });
}

function enteringValue(move: CostedMove, quantity: bigint): bigint {
  if (move.valueMinor !== undefined) return move.valueMinor;
  const received = move.received;
  if (!received || received.quantity <= 0n) return 0n;
  return (received.valueMinor * quantity * 2n + received.quantity) / (received.quantity * 2n);
}
