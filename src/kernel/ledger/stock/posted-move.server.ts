import { sql } from '../../db/sql.server.ts';
import { normalQuantity } from '../../quantity/quantity.ts';
import type { PlaceKind, PostedMove, QualityState } from './move.ts';

/** A stored move joined with what it points at, as `postedMoves` selects it. */
export interface PostedMoveRow {
  move_id: string;
  line_no: number;
  lot_id: string;
  product_id: string;
  quantity: string;
  value_minor: string;
  from_place: string;
  from_kind: string;
  from_state: string;
  from_owner: string;
  to_place: string;
  to_kind: string;
  to_state: string;
  to_owner: string;
}

/** Reads moves from a preceding `with moved as (…)` in the order they were written. */
export const postedMoves = sql`
  select m.move_id, m.line_no, m.lot_id, l.product_id, m.quantity, m.value_minor,
         f.place_id as from_place, f.kind as from_kind, f.quality_state as from_state, f.owner_id as from_owner,
         t.place_id as to_place, t.kind as to_kind, t.quality_state as to_state, t.owner_id as to_owner
    from moved m
    join ledger.lot l on l.lot_id = m.lot_id
    join ledger.position f on f.position_id = m.from_position
    join ledger.position t on t.position_id = m.to_position
   order by m.move_id`;

export const postedMoveOf = (row: PostedMoveRow): PostedMove => ({
  moveId: row.move_id,
  line: row.line_no,
  lotId: row.lot_id,
  productId: row.product_id,
  fromPlaceId: row.from_place,
  fromKind: row.from_kind as PlaceKind,
  fromState: row.from_state as QualityState,
  toPlaceId: row.to_place,
  toKind: row.to_kind as PlaceKind,
  toState: row.to_state as QualityState,
  fromOwnerId: row.from_owner,
  toOwnerId: row.to_owner,
  ownerId: row.to_owner,
  quantity: normalQuantity(row.quantity),
  valueMinor: BigInt(row.value_minor),
});
