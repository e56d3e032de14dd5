import { newId } from '../../db/id.server.ts';
import { sql } from '../../db/sql.server.ts';
import type { Tx } from '../../db/database.server.ts';
import { normalQuantity, toMicro } from '../../quantity/quantity.ts';
import { valueMoves, type CostedMove } from './cost.ts';
import type { LotIdentity, PlaceKind, PostedMove, Position, StockMove } from './move.ts';

export interface MovesToAppend {
  readonly postingId: string;
  readonly documentId: string;
  readonly entityId: string;
  /** The day it happened in the world, `YYYY-MM-DD`. */
  readonly occurredOn: string;
  readonly moves: readonly StockMove[];
}

interface PreparedRow {
  lot_id: string;
  product_id: string;
  from_position: string;
  to_position: string;
  from_kind: PlaceKind;
  to_kind: PlaceKind;
  from_cost_kind: string | null;
  to_cost_kind: string | null;
  cost_quantity: string | null;
  cost_value: string | null;
  received_quantity: string | null;
  received_minor: string | null;
}

/** Distinct things in the order first seen, each with its 1-based place. */
class Register<T> {
  readonly items: T[] = [];
  readonly #places = new Map<string, number>();

  place(key: string, item: T): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.items.push(item);
    this.#places.set(key, this.items.length);
    return this.items.length;
  }
}

const positionKey = (p: Position): string => JSON.stringify([p.placeId, p.ownerId, p.qualityState]);
const lotKey = (l: LotIdentity): string =>
  JSON.stringify([l.productId, l.lotNo, l.serialNo, l.expiryDate, l.productionDate, l.registrationNo]);

/**
 * Appends moves to the stock ledger in two round trips, however many there are: positions and lots are found or made by their natural
 * keys, moves are valued from the lots' cost (see `valueMoves`), balances follow by trigger. Throws what PostgreSQL refuses:
 * not enough on hand, a serial already on hand, a lot known with other dates (`refusalsOfDatabaseError` says it in words).
 */
export async function appendMoves(tx: Tx, posting: MovesToAppend): Promise<PostedMove[]> {
  if (posting.moves.length === 0) return [];
  const prepared = await prepareMoves(tx, posting);
  const values = valueMoves(posting.moves.map((move, i) => costedMove(move, prepared[i] as PreparedRow)));
  const ids = await insertMoves(tx, posting, prepared, values);
  return posting.moves.map((move, i) => postedMove(move, prepared[i] as PreparedRow, values[i] as bigint, ids[i] as string));
}

const postedMove = (move: StockMove, row: PreparedRow, valueMinor: bigint, moveId: string): PostedMove => ({
  moveId,
  line: move.line,
  lotId: row.lot_id,
  productId: row.product_id,
  fromPlaceId: move.from.placeId,
  fromKind: row.from_kind,
  fromState: move.from.qualityState,
  toPlaceId: move.to.placeId,
  toKind: row.to_kind,
  toState: move.to.qualityState,
  fromOwnerId: move.from.ownerId,
  toOwnerId: move.to.ownerId,
  ownerId: move.to.ownerId,
  quantity: normalQuantity(move.quantity),
  valueMinor,
});

async function prepareMoves(tx: Tx, { entityId, moves }: MovesToAppend): Promise<PreparedRow[]> {
  const positions = new Register<Position>();
  const known = new Register<string>();
  const identities = new Register<LotIdentity>();
  // Known lots come first in the list of lots, so places of identities are moved on once their number is known.
  const lots = moves.map(({ lot }) =>
    'lotId' in lot ? { isKnown: true, at: known.place(lot.lotId, lot.lotId) } : { isKnown: false, at: identities.place(lotKey(lot), lot) },
  );
  const from = moves.map((m) => positions.place(positionKey(m.from), m.from));
  const to = moves.map((m) => positions.place(positionKey(m.to), m.to));
  const p = positions.items;
  const l = identities.items;
  const rows = await tx.query<PreparedRow>(sql`
    select * from ledger.prepare_moves(
      ${entityId}, ${p.map((x) => x.placeId)}::text[], ${p.map((x) => x.ownerId)}::text[], ${p.map((x) => x.qualityState)}::text[],
      ${known.items}::text[], ${l.map(() => newId('lot'))}::text[], ${l.map((x) => x.productId)}::text[],
      ${l.map((x) => x.lotNo)}::text[], ${l.map((x) => x.serialNo)}::text[], ${l.map((x) => x.expiryDate)}::date[],
      ${l.map((x) => x.productionDate)}::date[], ${l.map((x) => x.registrationNo)}::text[],
      ${lots.map((x) => (x.isKnown ? x.at : known.items.length + x.at))}::int[], ${from}::int[], ${to}::int[])`);
  if (rows.length !== moves.length) throw new Error('a move names a lot that does not exist');
  return rows;
}

function costedMove(move: StockMove, row: PreparedRow): CostedMove {
  const pool = (quantity: string | null, value: string | null) =>
    quantity === null ? undefined : { quantity: toMicro(quantity), valueMinor: BigInt(value ?? 0) };
  return {
    lotId: row.lot_id,
    fromPool: row.from_cost_kind,
    toPool: row.to_cost_kind,
    quantity: move.quantity,
    valueMinor: move.valueMinor,
    before: pool(row.cost_quantity, row.cost_value),
    received: pool(row.received_quantity, row.received_minor),
  };
}

/** The ids of the new moves in the order of the moves: an identity grows in the order of an ordered insert. */
async function insertMoves(tx: Tx, posting: MovesToAppend, rows: readonly PreparedRow[], values: readonly bigint[]): Promise<string[]> {
  const { moves } = posting;
  const ids = await tx.query<{ move_id: string }>(sql`
    insert into ledger.stock_move (posting_id, document_id, entity_id, occurred_on, line_no, lot_id, from_position, to_position,
      quantity, value_minor)
    select ${posting.postingId}, ${posting.documentId}, ${posting.entityId}, ${posting.occurredOn}::date, line_no, lot_id, f, t,
      quantity, value_minor
      from unnest(${moves.map((m) => m.line)}::int[], ${rows.map((r) => r.lot_id)}::text[], ${rows.map((r) => r.from_position)}::bigint[],
                  ${rows.map((r) => r.to_position)}::bigint[], ${moves.map((m) => normalQuantity(m.quantity))}::numeric[],
                  ${values.map(String)}::bigint[])
           with ordinality as m(line_no, lot_id, f, t, quantity, value_minor, n)
     order by n
    returning move_id`);
  return ids.map((row) => row.move_id).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
