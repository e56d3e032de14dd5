import { refuse } from '../../command/refusal.ts';
import { sql } from '../../db/sql.server.ts';
import type { Tx } from '../../db/database.server.ts';
import { text } from '../../i18n/text.ts';
import { lotWords } from '../constraints.server.ts';
import { ledgerRefusals } from '../refusals.ts';
import { shareLateCost, type LotCost, type SharedLateCost } from './late-cost.ts';

export interface LateCostToAppend {
  readonly postingId: string;
  readonly documentId: string;
  readonly entityId: string;
  readonly occurredOn: string;
  /** Minor units of the functional currency; negative takes cost off again. One per lot. */
  readonly costs: readonly { readonly lotId: string; readonly valueMinor: bigint }[];
}

interface LotCostRow {
  lot_id: string;
  kind: string;
  quantity: string;
  value_minor: string;
  received_quantity: string;
}

/**
 * Adds cost that arrived after the goods: value only, never quantity. The part of goods still here raises their value, the part of
 * goods that have left is returned to be expensed. Two round trips. Refuses to take off more than is there.
 */
export async function appendLateCost(tx: Tx, posting: LateCostToAppend): Promise<SharedLateCost[]> {
  if (posting.costs.length === 0) return [];
  const rows = await tx.query<LotCostRow>(sql`
    select lot_id, kind, quantity, value_minor, received_quantity
      from ledger.lock_lot_costs(${posting.entityId}, ${posting.costs.map((c) => c.lotId)}::text[])`);
  const known = byLot(rows.map(lotCostOf));
  const shared = posting.costs.flatMap(({ lotId, valueMinor }) => shareLateCost(lotId, valueMinor, known.get(lotId) ?? []));
  await refuseOverdrawn(tx, shared, known);
  await tx.query(sql`
    insert into ledger.late_cost (posting_id, document_id, entity_id, occurred_on, lot_id, kind, value_minor, left_minor)
    select ${posting.postingId}, ${posting.documentId}, ${posting.entityId}, ${posting.occurredOn}::date, lot_id, kind, value_minor,
      left_minor
      from unnest(${shared.map((s) => s.lotId)}::text[], ${shared.map((s) => s.kind)}::text[],
        ${shared.map((s) => String(s.valueMinor))}::bigint[],
                  ${shared.map((s) => String(s.leftMinor))}::bigint[]) as s(lot_id, kind, value_minor, left_minor)`);
  return shared;
}

const lotCostOf = (row: LotCostRow): LotCost => ({
  lotId: row.lot_id,
  kind: row.kind,
  quantity: row.quantity,
  valueMinor: BigInt(row.value_minor),
  receivedQuantity: row.received_quantity,
});

function byLot(costs: readonly LotCost[]): ReadonlyMap<string, readonly LotCost[]> {
  const lots = new Map<string, LotCost[]>();
  for (const cost of costs) lots.set(cost.lotId, [...(lots.get(cost.lotId) ?? []), cost]);
  return lots;
}

async function refuseOverdrawn(tx: Tx, shared: readonly SharedLateCost[], known: ReadonlyMap<string, readonly LotCost[]>): Promise<void> {
  const overdrawn = shared.filter((s) => (known.get(s.lotId)?.find((k) => k.kind === s.kind)?.valueMinor ?? 0n) + s.valueMinor < 0n);
  if (overdrawn.length === 0) return;
  const lots = await tx.query<{ lotNo: string | null; serialNo: string | null; zh: string; en: string }>(sql`
    select l.lot_no as "lotNo", l.serial_no as "serialNo", coalesce(d.title_zh, l.product_id) as zh, coalesce(d.title_en,
      l.product_id) as en
      from ledger.lot l left join kernel.directory d on d.id = l.product_id
     where l.lot_id = any (${overdrawn.map((s) => s.lotId)}::text[])`);
  refuse(...lots.map((lot) => ledgerRefusals.valueAlreadyUsed({ product: text(lot.zh, lot.en), lot: lotWords(lot) })));
}
