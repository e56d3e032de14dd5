import { systemScope, type Database, type Tx } from '../../db/database.server.ts';
import { sql } from '../../db/sql.server.ts';
import type { JournalEntry } from '../general/entry.ts';
import { openPeriods } from '../general/period.server.ts';
import { appendMoves } from '../stock/append.server.ts';
import type { LotIdentity, Position, QualityState, StockMove } from '../stock/move.ts';

/** A small trading world for trials, hammering and measurements of the ledgers: one entity, one supplier, one customer, some bins. */
export const ENTITY = 'ent_01J00000000000000000000001';
export const OTHER_ENTITY = 'ent_01J00000000000000000000002';
export const SUPPLIER = 'pty_01J00000000000000000000001';
export const CUSTOMER = 'pty_01J00000000000000000000002';
export const DAY = '2026-03-02';

export const supplierSide: Position = { placeId: 'place_supplier', ownerId: SUPPLIER, qualityState: 'in_transit_inbound' };
export const customerSide: Position = { placeId: 'place_customer', ownerId: CUSTOMER, qualityState: 'shipped' };
/** With the customer, but still ours: control has not passed. */
export const shipped: Position = { placeId: 'place_customer', ownerId: ENTITY, qualityState: 'shipped' };
export const destroyed: Position = { placeId: 'place_destruction', ownerId: ENTITY, qualityState: 'destroyed' };
export const bin = (n: number, qualityState: QualityState = 'acceptable'): Position => ({
  placeId: `place_bin_${n}`,
  ownerId: ENTITY,
  qualityState,
});

export const lotOf = (lotNo: string, more: Partial<LotIdentity> = {}): LotIdentity => ({
  productId: 'prd_01J00000000000000000000001',
  lotNo,
  serialNo: null,
  expiryDate: '2028-06-30',
  productionDate: '2025-07-01',
  registrationNo: null,
  ...more,
});

/** Makes the places and opens the periods of 2026. */
export async function openLedger(db: Database, bins: number): Promise<void> {
  await db.write(systemScope, async (tx) => {
    const outside = [
      ['place_supplier', 'supplier', '供应商', 'Supplier'],
      ['place_customer', 'customer', '客户', 'Customer'],
      ['place_loss', 'loss', '盘亏', 'Losses'],
      ['place_opening', 'opening', '期初', 'Opening'],
    ] as const;
    await tx.query(sql`
      insert into ledger.place (place_id, entity_id, kind, name_zh, name_en, code, may_go_negative)
      select id, ${ENTITY}, kind, zh, en, null, true
        from unnest(${outside.map((o) => o[0])}::text[], ${outside.map((o) => o[1])}::text[], ${outside.map((o) => o[2])}::text[],
                    ${outside.map((o) => o[3])}::text[]) as o(id, kind, zh, en)
      union all
      select 'place_bin_' || n, ${ENTITY}, 'storage', '货位', 'Bin', 'A-' || n, false from generate_series(0, ${bins - 1}::int) n
      union all
      select 'place_destruction', ${ENTITY}, 'destruction', '销毁', 'Destruction', null, false
      union all
      select 'place_other_bin', ${OTHER_ENTITY}, 'storage', '货位', 'Bin', 'B-1', false`);
    await openPeriods(tx, ENTITY, 'local', '2026-01', '2026-12');
  });
}

export interface Posting {
  readonly postingId: string;
  readonly documentId: string;
  readonly entityId: string;
  readonly occurredOn: string;
}

export const posting = (id: string, more: Partial<Posting> = {}): Posting => ({
  postingId: `pst_${id}`,
  documentId: `doc_${id}`,
  entityId: ENTITY,
  occurredOn: DAY,
  ...more,
});

/** Posts moves as one document. */
export const post = (tx: Tx, id: string, moves: readonly Omit<StockMove, 'line'>[]) =>
  appendMoves(tx, { ...posting(id), moves: moves.map((move, i) => ({ ...move, line: i + 1 })) });

/** One balanced entry: the first account is debited, the second credited. */
export const journalOf = ([debit, credit]: readonly [string, string], minor: bigint, currency = 'CNY'): JournalEntry => ({
  book: 'local',
  summary: 'trial',
  lines: [
    [debit, minor],
    [credit, -minor],
  ].map(([account, amount], i) => ({
    line: i + 1,
    accountId: account as string,
    counterpartyId: null,
    currency,
    amountMinor: amount as bigint,
    functionalMinor: amount as bigint,
    summary: null,
    dimensions: {},
  })),
});
