/**
 * Measures both ledgers against the floor: the same rows written by hand-written SQL in one transaction, in the same run.
 * Usage: tsx scripts/bench-ledger.ts [seconds per measurement]. Uses DATABASE_URL's server (a scratch database is made and dropped)
 * or starts an embedded PostgreSQL of its own.
 */
import { Database, systemScope, sql, type Tx } from '#kernel/db/database.server.ts';
import { appendJournal } from '#kernel/ledger/general/append.server.ts';
import { appendMoves } from '#kernel/ledger/stock/append.server.ts';
import type { StockMove } from '#kernel/ledger/stock/move.ts';
import { trialDatabase } from '#kernel/ledger/trial/database.server.ts';
import { bin, ENTITY, journalOf, lotOf, openLedger, posting, supplierSide } from '#kernel/ledger/trial/world.server.ts';

const SECONDS = Number(process.argv[2] ?? 5);
const LINES = 10;
const LOTS = 2000;
const BINS = 200;
let sequence = 0;

const nextPosting = () => posting(`bench_${(sequence += 1)}`);
const at = (n: number, of: number): number => (n * 7919) % of;
let lotIds: string[] = [];

/** Ten lines put away from one bin into another, as most postings of a warehouse do. */
function tenMoves(): StockMove[] {
  return Array.from({ length: LINES }, (_, i) => {
    const n = sequence * LINES + i;
    return {
      line: i + 1,
      lot: { lotId: lotIds[at(n, LOTS)] as string },
      from: bin(at(n, LOTS) % BINS),
      to: bin((at(n, LOTS) + 1 + (sequence % 7)) % BINS),
      quantity: '1',
    };
  });
}

async function ours(tx: Tx): Promise<void> {
  await appendMoves(tx, { ...nextPosting(), moves: tenMoves() });
}

async function oursWithJournal(tx: Tx): Promise<void> {
  const common = nextPosting();
  await appendMoves(tx, { ...common, moves: tenMoves() });
  await appendJournal(tx, { ...common, functionalCurrency: 'CNY', entries: [journalOf(['1405', '2202'], 100n)] });
}

/** What anybody would write by hand: insert the moves, add the differences to the balances. No names looked up, no cost, no serials. */
async function floor(tx: Tx): Promise<void> {
  const { postingId, documentId } = nextPosting();
  const moves = tenMoves();
  const lots = moves.map((m) => (m.lot as { lotId: string }).lotId);
  const places = (side: 'from' | 'to') => moves.map((m) => Number(m[side].placeId.slice('place_bin_'.length)) + 1);
  await tx.query(sql`
    insert into floor.stock_move (posting_id, document_id, line_no, entity_id, lot_id, from_position, to_position, quantity, value_minor,
      occurred_on)
    select ${postingId}, ${documentId}, n, ${ENTITY}, lot, f, t, 1, 0, '2026-03-02'
      from unnest(${lots}::text[], ${places('from')}::bigint[], ${places('to')}::bigint[]) with ordinality as m(lot, f, t, n)`);
  await tx.query(sql`
    with change as (
      select lot, p, sum(q) as q from (
        select lot, p, q from unnest(${lots}::text[], ${places('from')}::bigint[]) as m(lot, p), (values (-1)) v(q)
        union all select lot, p, q from unnest(${lots}::text[], ${places('to')}::bigint[]) as m(lot, p), (values (1)) v(q)) legs
      group by 1, 2 order by 1, 2
    )
    insert into floor.stock_balance (lot_id, position_id, entity_id, quantity, may_go_negative)
    select lot, p, ${ENTITY}, q, true from change
    on conflict (lot_id, position_id, entity_id) do update set quantity = floor.stock_balance.quantity + excluded.quantity`);
}

async function measure(db: Database, name: string, clients: number, work: (tx: Tx) => Promise<void>): Promise<number> {
  const times: number[] = [];
  let retried = 0;
  const end = performance.now() + SECONDS * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        const start = performance.now();
        try {
          await db.write(systemScope, work);
          times.push(performance.now() - start);
        } catch (error) {
          if ((error as { code?: string }).code !== '40P01') throw error;
          retried += 1;
        }
      }
    }),
  );
  times.sort((a, b) => a - b);
  const perSecond = times.length / SECONDS;
  const [p50, p99] = [0.5, 0.99].map((q) => times[Math.floor(times.length * q)] ?? 0);
  const speed = `${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50?.toFixed(2)} ms  p99 ${p99?.toFixed(2)} ms`;
  console.log(`${name.padEnd(34)} ${String(clients).padStart(2)} clients  ${speed}  deadlocks ${retried}`);
  return perSecond;
}

/** Ten thousand serial numbers that nobody has seen before, received in one call. */
async function serials(db: Database): Promise<void> {
  const count = 10_000;
  const receive = (run: number) =>
    Array.from({ length: count }, (_, i): StockMove => ({
      line: i + 1,
      from: supplierSide,
      to: bin(0),
      quantity: '1',
      valueMinor: 1000n,
      lot: {
        productId: 'prd_bench',
        lotNo: `R${run}`,
        serialNo: `SN${run}-${i}`,
        expiryDate: '2030-12-31',
        productionDate: null,
        registrationNo: null,
      },
    }));
  for (let run = 1; run <= 3; run += 1) {
    const start = performance.now();
    await db.write(systemScope, (tx) => appendMoves(tx, { ...nextPosting(), moves: receive(run) }));
    console.log(`10 000 serials created and received   run ${run}  ${(performance.now() - start).toFixed(0)} ms`);
  }
}

/** Every lot in every bin it will be moved from, in one posting per bin. */
async function stock(database: Database): Promise<void> {
  for (let b = 0; b < BINS; b += 1) {
    const moves = Array.from({ length: LOTS }, (_, n): StockMove => ({
      line: n + 1,
      lot: lotOf(`BENCH-${n}`),
      from: supplierSide,
      to: bin(b),
      quantity: '1000000',
      valueMinor: 100_000_000n,
    })).filter((_, n) => n % BINS === b || (n + 1) % BINS === b);
    await database.write(systemScope, (tx) => appendMoves(tx, { ...nextPosting(), moves }));
  }
  lotIds = (
    await database.read(systemScope, (tx) =>
      tx.query<{ lot_id: string }>(sql`select lot_id from ledger.lot order by length(lot_no), lot_no`),
    )
  ).map((r) => r.lot_id);
}

const scratch = await trialDatabase();
const db = new Database({ connection: scratch.connection, poolMax: 16 });
try {
  await openLedger(db, BINS);
  await stock(db);
  await scratch.owner.query(`
    create schema floor; grant usage on schema floor to medtrade_app;
    create table floor.stock_move (like ledger.stock_move including all);
    create table floor.stock_balance (like ledger.stock_balance including all);
    grant all on all tables in schema floor to medtrade_app; grant all on all sequences in schema floor to medtrade_app; analyze`);
  await measure(db, 'warm-up', 4, ours);
  for (const clients of [1, 8]) {
    const bare = await measure(db, 'floor: hand-written SQL, ten lines', clients, floor);
    const posted = await measure(db, 'ten-line posting', clients, ours);
    await measure(db, 'ten-line posting and journal', clients, oursWithJournal);
    console.log(`cost against the floor: ${(bare / posted).toFixed(2)} ×`);
  }
  await serials(db);
} finally {
  await db.close();
  await scratch.close();
}
