import { sql } from '../../db/sql.server.ts';
import type { Tx } from '../../db/database.server.ts';
import type { PostedMove } from './move.ts';
import { postedMoveOf, postedMoves, type PostedMoveRow } from './posted-move.server.ts';

/** A move of a lot with the document behind it and its two times. */
export interface LotMove extends PostedMove {
  readonly documentId: string;
  readonly postingId: string;
  readonly entityId: string;
  /** The day it happened in the world. */
  readonly occurredOn: string;
  /** When the system learned of it, ISO 8601. */
  readonly recordedAt: string;
  readonly reverses: string | null;
}

interface LotMoveRow extends PostedMoveRow {
  document_id: string;
  posting_id: string;
  entity_id: string;
  occurred_on: string;
  recorded_at: string;
  reverses: string | null;
}

const MOVES_MAX = 2000;

/** All moves of some lots in the order recorded; page on with the last `moveId` as `after`. */
export async function movesOfLots(tx: Tx, lotIds: readonly string[], page: { after?: string; limit?: number } = {}): Promise<LotMove[]> {
  const rows = await tx.query<LotMoveRow>(sql`
    with moved as (
      select * from ledger.stock_move
       where lot_id = any (${lotIds}::text[]) and move_id > ${page.after ?? '0'}::bigint order by move_id limit ${page.limit ?? MOVES_MAX}
    ), posted as (${postedMoves})
    select p.*, m.document_id, m.posting_id, m.entity_id, m.occurred_on, m.recorded_at, m.reverses
      from posted p join moved m using (move_id) order by p.move_id`);
  return rows.map(lotMoveOf);
}

/** All moves a document posted, reversals included, in the order recorded. */
export async function movesOfDocument(tx: Tx, documentId: string): Promise<LotMove[]> {
  const rows = await tx.query<LotMoveRow>(sql`
    with moved as (select * from ledger.stock_move where document_id = ${documentId}), posted as (${postedMoves})
    select p.*, m.document_id, m.posting_id, m.entity_id, m.occurred_on, m.recorded_at, m.reverses
      from posted p join moved m using (move_id) order by p.move_id`);
  return rows.map(lotMoveOf);
}

const lotMoveOf = (row: LotMoveRow): LotMove => ({
  ...postedMoveOf(row),
  documentId: row.document_id,
  postingId: row.posting_id,
  entityId: row.entity_id,
  occurredOn: row.occurred_on,
  recordedAt: row.recorded_at,
  reverses: row.reverses,
});
