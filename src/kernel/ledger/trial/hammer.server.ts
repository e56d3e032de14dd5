import { systemScope, type Database, type Tx } from '../../db/database.server.ts';
import { appendJournal } from '../general/append.server.ts';
import { mirrorPosting } from '../posting.server.ts';
import { appendMoves } from '../stock/append.server.ts';
import type { StockMove } from '../stock/move.ts';
import { RefusedError } from '../../command/refusal.ts';
import { bin, customerSide, journalOf, lotOf, posting, supplierSide } from './world.server.ts';

export interface HammerResult {
  posted: number;
  reversed: number;
  /** Refused for want of goods or because reversed before: expected. */
  refused: number;
  /** Deadlocks and serialisation failures that came back to the caller. */
  deadlocks: number;
  /** Anything else. */
  faults: string[];
}

const BINS = 3;
const LOTS = [lotOf('HAMMER-1'), lotOf('HAMMER-2')] as const;
const expected = new Set(['on_hand_not_negative', 'value_goes_with_goods', 'move_is_reversed_once', 'entry_is_reversed_once']);

/** A repeatable stream of whole numbers below a limit (xorshift32), so that a run can be told again by its seed. */
export function numbers(seed: number): (below: number) => number {
  let state = (seed * 2654435761) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Receipts, put-aways and shipments of two lots in any order, more of them wanting goods than there are. */
function someMoves(pick: (below: number) => number): StockMove[] {
  return Array.from({ length: 1 + pick(6) }, (_, i) => {
    const common = { line: i + 1, lot: LOTS[pick(2)] ?? LOTS[0], quantity: String(1 + pick(9)) };
    const here = pick(BINS);
    const kind = pick(5);
    if (kind <= 1)
      return { ...common, quantity: String(10 + pick(20)), from: supplierSide, to: bin(here), valueMinor: BigInt(pick(10_000)) };
    if (kind === 2) return { ...common, from: bin(here), to: customerSide };
    return { ...common, from: bin(here), to: bin((here + 1 + pick(BINS - 1)) % BINS) };
  });
}

async function once(tx: Tx, id: string, pick: (below: number) => number): Promise<void> {
  const moves = await appendMoves(tx, { ...posting(id), moves: someMoves(pick) });
  const value = moves.reduce((sum, m) => sum + (m.fromKind === m.toKind ? 0n : m.valueMinor), 0n);
  if (value > 0n) await appendJournal(tx, { ...posting(id), functionalCurrency: 'CNY', entries: [journalOf(['1405', '2202'], value)] });
}

/** Many clients on two lots and one account for some time, through the same append functions every document uses, without retries. */
export async function hammer(db: Database, options: { clients: number; seconds: number; seed: number }): Promise<HammerResult> {
  const result: HammerResult = { posted: 0, reversed: 0, refused: 0, deadlocks: 0, faults: [] };
  const done: string[] = [];
  const end = performance.now() + options.seconds * 1000;
  const client = async (n: number): Promise<void> => {
    const pick = numbers(options.seed + n);
    for (let i = 0; performance.now() < end; i += 1) {
      const id = `hammer_${options.seed}_${n}_${i}`;
      const old = pick(8) === 0 ? done[pick(done.length || 1)] : undefined;
      try {
        await db.write(systemScope, async (tx) => {
          if (old) await mirrorPosting(tx, { ...posting(id), reversesDocumentId: posting(old).documentId });
          else await once(tx, id, pick);
        });
        if (old) result.reversed += 1;
        else result.posted = done.push(id);
      } catch (error) {
        count(result, error);
      }
    }
  };
  await Promise.all(Array.from({ length: options.clients }, (_, n) => client(n)));
  return result;
}

function count(result: HammerResult, error: unknown): void {
  const { code, constraint, message } = error as { code?: string; constraint?: string; message: string };
  if (error instanceof RefusedError || expected.has(constraint ?? '')) result.refused += 1;
  else if (code === '40P01' || code === '40001') result.deadlocks += 1;
  else result.faults.push(message);
}
