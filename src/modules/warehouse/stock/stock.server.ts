import { reaches, scopeOf, type DataScope } from '#kernel/access/actor.ts';
import { seesEverywhere } from '#kernel/access/masking.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { dayIn } from '#kernel/clock/clock.server.ts';
import { empty, escapeLike, sql, type Sql } from '#kernel/db/sql.server.ts';
import { type Context, handle, type OperationHandler } from '#kernel/http/context.server.ts';
import { text } from '#kernel/i18n/text.ts';
import { COST_SENSITIVITY } from '#kernel/ledger/stock/move.ts';
import { fromMinor } from '#kernel/money/money.ts';
import { groupFacts, type Product } from '#kernel/product.server.ts';
import type { SearchSource } from '#kernel/module.server.ts';
import { STOCK_VIEW, stockByExpiry, stockOnHand } from './operations.ts';

/** Months shown one by one before they are summed as later. */
const MONTHS_SHOWN = 18;

function stockScope(context: Context, entityId: string | undefined): DataScope {
  const scope =
    scopeOf(context.actor, STOCK_VIEW) ??
    refuse(commandRefusals.notPermitted({ action: text('查看库存', 'see stock'), permission: STOCK_VIEW }));
  if (entityId && !reaches(scope.entityIds, entityId)) refuse(commandRefusals.outOfScope({ action: text('查看库存', 'see stock') }));
  return scope;
}

/** Our own shelves, in the warehouses the actor works for. */
const onShelves = (scope: DataScope, entityId: string | undefined): Sql => sql`
  b.quantity > 0 and p.kind in ('storage', 'van', 'consignment')
  ${entityId ? sql`and b.entity_id = ${entityId}` : empty}
  ${scope.warehouseIds === '*' ? empty : sql`and s.warehouse_id = any(${[...scope.warehouseIds]}::text[])`}`;

const sources = sql`
  ledger.stock_balance b join ledger.lot l using (lot_id) join ledger.position p using (position_id)
  join catalogue.product d on d.id = l.product_id left join warehouse.storage_place s on s.id = p.place_id
  left join ledger.place pl on pl.place_id = p.place_id
  left join ledger.lot_cost c on c.entity_id = b.entity_id and c.lot_id = b.lot_id and c.kind = p.kind and p.owner_id = b.entity_id`;

async function readStock(
  product: Product,
  context: Context,
  query: { entityId?: string | undefined; q?: string | undefined; lotId?: string | undefined; limit: number },
) {
  const scope = stockScope(context, query.entityId);
  const words = query.q ? `%${escapeLike(query.q)}%` : undefined;
  const match = words
    ? sql`and (l.lot_no ilike ${words} or l.serial_no ilike ${words} or d.code ilike ${words} or d.name_zh ilike ${words} or d.name_en ilike ${words} or pl.code ilike ${words})`
    : empty;
  const showsValue = seesEverywhere(context.actor, COST_SENSITIVITY, query.entityId ? [query.entityId] : scope.entityIds);
  return context.system.db.read({ entityIds: scope.entityIds, userId: context.actor.id }, async (tx) => {
    const rows = await tx.planned<any>(sql`
      select l.lot_id, l.product_id, d.code, d.name_zh, d.name_en, d.specification, d.base_unit, l.lot_no, l.serial_no, l.expiry_date, l.registration_no,
        p.place_id, coalesce(pl.code, '') place_code, coalesce(pl.name_zh, '') place_zh, coalesce(pl.name_en, '') place_en, p.quality_state, b.entity_id,
        trim_scale(b.quantity)::text quantity, case when c.quantity > 0 then round(c.value_minor * b.quantity / c.quantity)::text end value_minor
      from ${sources}
      where ${onShelves(scope, query.entityId)} ${match} ${query.lotId ? sql`and l.lot_id = ${query.lotId}` : empty}
      order by d.code, l.expiry_date nulls last, l.lot_no, l.serial_no, pl.code limit ${query.limit + 1}`);
    const currencies = new Map((await product.ports.entities.all(tx)).map((e) => [e.id, e.functionalCurrency]));
    const named = (r: any) => (r.specification ? ` ${r.specification}` : '');
    return {
      isCut: rows.length > query.limit,
      rows: rows.slice(0, query.limit).map((r) => ({
        lotId: r.lot_id,
        productId: r.product_id,
        productCode: r.code,
        productName: text(`${r.name_zh}${named(r)}`, `${r.name_en}${named(r)}`),
        unit: r.base_unit,
        lotNo: r.lot_no,
        serialNo: r.serial_no,
        expiryDate: r.expiry_date,
        registrationNo: r.registration_no,
        placeId: r.place_id,
        placeCode: r.place_code,
        placeName: text(r.place_zh, r.place_en),
        qualityState: r.quality_state,
        entityId: r.entity_id,
        quantity: r.quantity,
        value:
          showsValue && r.value_minor !== null
            ? fromMinor(BigInt(r.value_minor), currencies.get(r.entity_id) ?? groupFacts.functionalCurrency)
            : null,
      })),
    };
  });
}

async function readByExpiry(context: Context, entityId: string | undefined) {
  const scope = stockScope(context, entityId);
  const today = dayIn(context.system.clock.now(), groupFacts.timeZone);
  const showsValue = seesEverywhere(context.actor, COST_SENSITIVITY, entityId ? [entityId] : scope.entityIds);
  const rows = await context.system.db.read({ entityIds: scope.entityIds, userId: context.actor.id }, (tx) =>
    tx.planned<any>(sql`
      select case when l.expiry_date < ${today}::date then 'expired'
                  when l.expiry_date >= (date_trunc('month', ${today}::date) + make_interval(months => ${MONTHS_SHOWN}))::date then 'later'
                  else to_char(l.expiry_date, 'YYYY-MM') end as month,
        count(distinct l.lot_id)::int lots, sum(case when c.quantity > 0 then round(c.value_minor * b.quantity / c.quantity) else 0 end)::text value_minor
      from ${sources} where ${onShelves(scope, entityId)} and l.expiry_date is not null group by 1`),
  );
  const place = (month: string): string => (month === 'expired' ? '0' : month === 'later' ? '9999' : month);
  return {
    months: rows
      .map((r) => ({
        month: r.month as string,
        lots: r.lots as number,
        value: showsValue ? fromMinor(BigInt(r.value_minor), groupFacts.functionalCurrency) : null,
      }))
      .toSorted((a, b) => place(a.month).localeCompare(place(b.month))),
  };
}

/** Lots and serial numbers by their beginning: what a scan or a label in the hand says. */
export const lotSearch: SearchSource = {
  name: 'warehouse.lots',
  find: async (context, words, limit) => {
    const scope = scopeOf(context.actor, STOCK_VIEW);
    if (!scope || words.length < 2) return [];
    const prefix = `${escapeLike(words)}%`;
    // Only lots that are or were with a company and a warehouse the actor works for.
    const rows = await context.system.db.read({ entityIds: scope.entityIds, userId: context.actor.id }, (tx) =>
      tx.planned<any>(sql`
        select l.lot_id, l.lot_no, l.serial_no, d.name_zh, d.name_en, d.specification from (
          (select * from ledger.lot where lot_no like ${prefix} limit 500) union (select * from ledger.lot where serial_no like ${prefix} limit 500)
        ) l join catalogue.product d on d.id = l.product_id
        where exists (
          select from ledger.stock_balance b join ledger.position p using (position_id) left join warehouse.storage_place s on s.id = p.place_id
          where b.lot_id = l.lot_id ${scope.warehouseIds === '*' ? empty : sql`and s.warehouse_id = any(${[...scope.warehouseIds]}::text[])`})
        order by l.lot_no, l.serial_no limit ${limit}`),
    );
    return rows.map((r) => ({
      id: r.lot_id,
      kind: 'lot',
      number: [r.lot_no, r.serial_no].filter(Boolean).join(' / '),
      title: text(`${r.name_zh} ${r.specification ?? ''}`.trim(), `${r.name_en} ${r.specification ?? ''}`.trim()),
      state: '',
      entityId: null,
      path: `/warehouse/stock?lotId=${r.lot_id}`,
    }));
  },
};

export const stockHandlers = (product: () => Product): OperationHandler[] => [
  handle(stockOnHand, (context, { query }) => readStock(product(), context, query)),
  handle(stockByExpiry, (context, { query }) => readByExpiry(context, query.entityId)),
];
