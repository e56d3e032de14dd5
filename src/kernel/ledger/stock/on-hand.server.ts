import { empty, sql, type Sql } from '../../db/sql.server.ts';
import type { Tx } from '../../db/database.server.ts';
import { normalQuantity } from '../../quantity/quantity.ts';
import type { LotIdentity, PlaceKind, QualityState } from './move.ts';

export interface OnHandQuestion {
  readonly entityId?: string;
  readonly productIds?: readonly string[];
  readonly lotIds?: readonly string[];
  readonly placeIds?: readonly string[];
  readonly placeKinds?: readonly PlaceKind[];
  readonly ownerId?: string;
  readonly qualityStates?: readonly QualityState[];
  /** Rows at most (default 2 000). */
  readonly limit?: number;
}

/** Goods of one lot at one position. */
export interface OnHandRow extends LotIdentity {
  readonly lotId: string;
  readonly entityId: string;
  readonly placeId: string;
  readonly placeKind: PlaceKind;
  readonly ownerId: string;
  readonly qualityState: QualityState;
  /** In the product's base unit. */
  readonly quantity: string;
}

const ROWS_MAX = 2000;

const columns = sql`
  l.lot_id as "lotId", l.product_id as "productId", l.lot_no as "lotNo", l.serial_no as "serialNo", l.expiry_date as "expiryDate",
  l.production_date as "productionDate", l.registration_no as "registrationNo", p.place_id as "placeId", p.kind as "placeKind",
  p.owner_id as "ownerId", p.quality_state as "qualityState"`;

const among = (column: Sql, values: readonly string[] | undefined): Sql => (values ? sql`and ${column} = any (${values}::text[])` : empty);

/** The narrowing both questions share; without any of it the caller means the whole stock and should say so by a limit. */
const narrowed = (q: OnHandQuestion): Sql => sql`
  ${among(sql`l.product_id`, q.productIds)} ${among(sql`l.lot_id`, q.lotIds)} ${among(sql`p.place_id`, q.placeIds)}
  ${among(sql`p.kind`, q.placeKinds)} ${among(sql`p.owner_id`, q.ownerId === undefined ? undefined : [q.ownerId])}
  ${among(sql`p.quality_state`, q.qualityStates)}`;

const normalised = (rows: OnHandRow[]): OnHandRow[] => rows.map((row) => ({ ...row, quantity: normalQuantity(row.quantity) }));

/** What is there now, read from the balances; earliest expiry first, then lot number (FEFO). Empty positions are left out. */
export async function onHand(tx: Tx, question: OnHandQuestion): Promise<OnHandRow[]> {
  const entity = among(sql`b.entity_id`, question.entityId === undefined ? undefined : [question.entityId]);
  const rows = await tx.query<OnHandRow>(sql`
    select ${columns}, b.entity_id as "entityId", b.quantity
      from ledger.stock_balance b join ledger.lot l using (lot_id) join ledger.position p using (position_id)
     where b.quantity <> 0 ${entity} ${narrowed(question)}
     order by l.expiry_date nulls last, l.lot_no, l.serial_no, p.place_id, p.quality_state
     limit ${question.limit ?? ROWS_MAX}`);
  return normalised(rows);
}

/** What was there at the end of a day, as the books know it today: the sum of all moves that happened until then. */
export async function onHandOn(tx: Tx, day: string, question: OnHandQuestion): Promise<OnHandRow[]> {
  const entity = among(sql`m.entity_id`, question.entityId === undefined ? undefined : [question.entityId]);
  const rows = await tx.query<OnHandRow>(sql`
    select ${columns}, s.entity_id as "entityId", s.quantity
      from (select m.lot_id, leg.position_id, m.entity_id, sum(leg.quantity) as quantity
              from ledger.stock_move m
             cross join lateral (values (m.from_position, -m.quantity), (m.to_position, m.quantity)) as leg(position_id, quantity)
              join ledger.lot l using (lot_id)
              join ledger.position p on p.position_id = leg.position_id
             where m.occurred_on <= ${day}::date ${entity} ${narrowed(question)}
             group by 1, 2, 3 having sum(leg.quantity) <> 0) s
      join ledger.lot l using (lot_id) join ledger.position p using (position_id)
     order by l.expiry_date nulls last, l.lot_no, l.serial_no, p.place_id, p.quality_state
     limit ${question.limit ?? ROWS_MAX}`);
  return normalised(rows);
}

/** Lots by id, in no particular order. */
export const lotsOf = (tx: Tx, lotIds: readonly string[]): Promise<(LotIdentity & { lotId: string })[]> =>
  tx.query(sql`
    select lot_id as "lotId", product_id as "productId", lot_no as "lotNo", serial_no as "serialNo", expiry_date as "expiryDate",
           production_date as "productionDate", registration_no as "registrationNo"
      from ledger.lot where lot_id = any (${lotIds}::text[])`);

/** The cost of an entity's own goods of some lots, by kind of place. */
export async function lotCosts(
  tx: Tx,
  entityId: string,
  lotIds: readonly string[],
): Promise<{ lotId: string; kind: PlaceKind; quantity: string; valueMinor: bigint }[]> {
  const rows = await tx.query<{ lotId: string; kind: PlaceKind; quantity: string; value: string }>(sql`
    select lot_id as "lotId", kind, quantity, value_minor as value from ledger.lot_cost
     where entity_id = ${entityId} and lot_id = any (${lotIds}::text[]) and quantity > 0 order by lot_id, kind`);
  return rows.map(({ value, ...row }) => ({ ...row, quantity: normalQuantity(row.quantity), valueMinor: BigInt(value) }));
}
