import type { ProductFacts } from '#modules/catalogue/index.ts';
import type { Refusal } from '#kernel/command/refusal.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import { commonStates, defineDocument, standardActions } from '#kernel/document/define-document.ts';
import { groupCurrency, lineSet } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { COST_SENSITIVITY, type StockMove } from '#kernel/ledger/stock/move.ts';
import { AMOUNT_MINOR_MAX, fromMinor, isTooLarge, roundMoney, toMinor } from '#kernel/money/money.ts';
import { addQuantity, compareQuantity, extend, isZeroQuantity } from '#kernel/quantity/quantity.ts';
import { openingStates, zoneFor, zones, type OpeningState, type Zone } from '../quality.ts';
import { warehouseRefusals as refusals } from '../refusals.ts';

export interface OpeningStockFacts {
  readonly products: ReadonlyMap<string, ProductFacts>;
  readonly places: ReadonlyMap<string, { readonly warehouseId: string; readonly code: string; readonly zone: Zone }>;
  readonly warehouseName: string;
  /** Where opening stock comes from in the ledger. */
  readonly openingPlaceId: string;
}

const lineFields = {
  productId: field.ref('product', { label: text('产品', 'Product') }),
  placeId: field.ref('storage-place', { label: text('库位', 'Place') }),
  lotNo: field.code({ label: text('批号', 'Lot no.'), optional: true }),
  serialNo: field.code({ label: text('序列号', 'Serial no.'), optional: true }),
  productionDate: field.date({ label: text('生产日期', 'Production date'), optional: true }),
  expiryDate: field.date({ label: text('有效期至', 'Expiry date'), optional: true }),
  quantity: field.quantity({ label: text('数量', 'Quantity') }),
  unitCost: field.money({ label: text('单位成本', 'Unit cost'), scale: 6, sensitivity: COST_SENSITIVITY }),
  cost: field.money({ label: text('成本金额', 'Cost'), derived: true, optional: true, sensitivity: COST_SENSITIVITY }),
  qualityState: field.choice(openingStates, { label: text('质量状态', 'Quality state'), initial: 'acceptable' }),
  registrationNo: field.text({ label: text('注册证/备案编号', 'Registration no.'), optional: true, max: 80 }),
  supplierName: field.text({
    label: text('供货者', 'Supplier'),
    optional: true,
    help: text('来源：从谁购入', 'Provenance: whom it was bought from'),
  }),
  receivedOn: field.date({
    label: text('入库日期', 'Received on'),
    optional: true,
    help: text('来源：原系统的入库日期', 'Provenance: receipt day in the old system'),
  }),
  sourceDocumentNo: field.text({ label: text('原单据号', 'Source document'), optional: true, max: 80 }),
};
type OpeningLine = { [K in keyof typeof lineFields]: any } & { lineNo: number };

/** What the identifier policy asks of one line. */
function identifierRefusals(line: OpeningLine, product: ProductFacts): Refusal[] {
  const at = (name: string) => ({ lines: 'items', line: line.lineNo, field: name });
  const named = { product: product.nameZh };
  const needsLot = product.identifierPolicy === 'lot' || product.identifierPolicy === 'lotAndSerial';
  const needsSerial = product.identifierPolicy === 'serial' || product.identifierPolicy === 'lotAndSerial';
  const found: Refusal[] = [];
  if (needsLot && !line.lotNo) found.push(refusals.lotMissing(named, at('lotNo')));
  if (needsSerial && !line.serialNo) found.push(refusals.serialMissing(named, at('serialNo')));
  if (!needsLot && line.lotNo) found.push(refusals.identifierUnwanted({ ...named, identifier: lineFields.lotNo.label }, at('lotNo')));
  if (!needsSerial && line.serialNo)
    found.push(refusals.identifierUnwanted({ ...named, identifier: lineFields.serialNo.label }, at('serialNo')));
  if (line.serialNo && compareQuantity(line.quantity, '1') !== 0) {
    found.push(refusals.serialQuantity({ ...named, serialNo: line.serialNo, quantity: line.quantity }, at('quantity')));
  }
  return found;
}

/** Dates, quantity, place and quality state of one line. */
function stateRefusals(line: OpeningLine, product: ProductFacts, facts: OpeningStockFacts, stockDate: string): Refusal[] {
  const at = (name: string) => ({ lines: 'items', line: line.lineNo, field: name });
  const named = { product: product.nameZh };
  const state = line.qualityState as OpeningState;
  const found: Refusal[] = [];
  if (isZeroQuantity(line.quantity)) found.push(refusals.quantityZero(named, at('quantity')));
  if (product.isExpiryTracked && !line.expiryDate) found.push(refusals.expiryMissing(named, at('expiryDate')));
  for (const name of ['productionDate', 'receivedOn'] as const) {
    if (line[name] && line[name] > stockDate)
      found.push(refusals.dayAfterStockDate({ ...named, label: lineFields[name].label, day: line[name] }, at(name)));
  }
  if (line.cost && isTooLarge(toMinor(line.cost, groupCurrency.functionalCurrency))) {
    const max = fromMinor(AMOUNT_MINOR_MAX, groupCurrency.functionalCurrency);
    found.push(commandRefusals.amountTooLarge({ label: lineFields.cost.label, max }, at('unitCost')));
  }
  if (line.expiryDate && line.productionDate && line.productionDate > line.expiryDate)
    found.push(refusals.datesCrossed(named, at('productionDate')));
  // Valid through its last day.
  if (line.expiryDate && line.expiryDate < stockDate && state !== 'expired' && state !== 'rejected') {
    found.push(refusals.expiredNotSaleable({ ...named, expiryDate: line.expiryDate, state: openingStates[state] }, at('qualityState')));
  }
  const place = facts.places.get(line.placeId);
  if (place && place.warehouseId !== undefined && zoneFor(state) !== place.zone) {
    found.push(refusals.zoneDisagrees({ place: place.code, zone: zones[place.zone], state: openingStates[state] }, at('placeId')));
  }
  return found;
}

/** Lines that name the same goods at the same place twice; a serial number may stand only once at all. */
function repeatedLines(lines: readonly OpeningLine[], facts: OpeningStockFacts): Refusal[] {
  const seen = new Map<string, number>();
  return lines.flatMap((line) => {
    const key = JSON.stringify([line.productId, line.lotNo, line.serialNo, line.serialNo ? null : [line.placeId, line.qualityState]]);
    const other = seen.get(key);
    seen.set(key, other ?? line.lineNo);
    if (other === undefined) return [];
    const product = facts.products.get(line.productId)?.nameZh ?? '';
    return [refusals.lineTwice({ product, lot: line.serialNo ?? line.lotNo ?? '', other }, { lines: 'items', line: line.lineNo })];
  });
}

function refuseContent(doc: any, facts: OpeningStockFacts, today: string): Refusal[] {
  const lines = doc.lines.items as OpeningLine[];
  const found: Refusal[] = doc.stockDate > today ? [refusals.dayInFuture({ day: doc.stockDate }, { field: 'stockDate' })] : [];
  for (const line of lines) {
    const place = facts.places.get(line.placeId);
    if (place && place.warehouseId !== doc.warehouseId) {
      found.push(
        refusals.placeElsewhere(
          { place: place.code, warehouse: facts.warehouseName },
          { lines: 'items', line: line.lineNo, field: 'placeId' },
        ),
      );
    }
    const product = facts.products.get(line.productId);
    if (product) found.push(...identifierRefusals(line, product), ...stateRefusals(line, product, facts, doc.stockDate));
  }
  return [...found, ...repeatedLines(lines, facts)];
}

/** One move per line: from the opening place onto the shelf, with its cost. */
function openingMoves(doc: any, facts: OpeningStockFacts, currency: string): StockMove[] {
  return (doc.lines.items as OpeningLine[]).map((line) => ({
    line: line.lineNo,
    lot: {
      productId: line.productId,
      lotNo: line.lotNo,
      serialNo: line.serialNo,
      expiryDate: line.expiryDate,
      productionDate: line.productionDate,
      registrationNo: line.registrationNo ?? facts.products.get(line.productId)?.registrationNo ?? null,
    },
    from: { placeId: facts.openingPlaceId, ownerId: doc.entityId, qualityState: line.qualityState },
    to: { placeId: line.placeId, ownerId: doc.entityId, qualityState: line.qualityState },
    quantity: line.quantity,
    valueMinor: toMinor(line.cost, currency),
  }));
}

/** Lots and serials that are there when the company starts with the system: in with cost and provenance, once. */
export const openingStock = defineDocument<OpeningStockFacts>()({
  kind: 'opening-stock',
  module: 'warehouse',
  plural: 'opening-stocks',
  idPrefix: 'os',
  label: text('期初库存', 'Opening stock'),
  pluralLabel: text('期初库存', 'Opening stock'),
  table: 'warehouse.opening_stock',
  header: {
    stockDate: field.date({ label: text('库存日期', 'Stock date'), help: text('期初结存所在的日期', 'The day the stock was there') }),
    warehouseId: field.ref('warehouse', { label: text('仓库', 'Warehouse') }),
    note: field.longText({ label: text('备注', 'Note'), optional: true, max: 1000 }),
    totalQuantity: field.quantity({ label: text('合计数量', 'Total quantity'), derived: true, optional: true }),
    totalCost: field.money({ label: text('合计成本', 'Total cost'), derived: true, optional: true, sensitivity: COST_SENSITIVITY }),
  },
  lines: { items: lineSet(text('库存明细', 'Items'), lineFields, { min: 1, max: 10_000 }) },
  states: {
    draft: commonStates.draft,
    submitted: commonStates.submitted,
    approved: commonStates.approved,
    posted: commonStates.posted,
    cancelled: commonStates.cancelled,
    reversed: commonStates.reversed,
  },
  numbering: { pattern: 'OS-{yyyy}-{seq:5}', isGapless: false, restarts: 'year', takenBy: 'create' },
  occurredOnField: 'stockDate',
  warehouseField: 'warehouseId',
  list: {
    columns: ['number', 'stockDate', 'warehouseId', 'totalQuantity', 'totalCost', 'state', 'createdBy', 'createdAt'],
    search: ['note'],
    sums: ['totalCost'],
    sort: { field: 'createdAt', descending: true },
  },
  title: (doc) => text(`期初库存 ${doc.stockDate}`, `Opening stock ${doc.stockDate}`),
  icon: 'inbox',
  derive: (doc, { functionalCurrency } = groupCurrency) => {
    const costs = doc.lines.items.map((line) => roundMoney(extend(line.unitCost, line.quantity), functionalCurrency));
    const items = doc.lines.items.map((line, i) => ({ ...line, cost: fromMinor(costs[i] ?? 0n, functionalCurrency) }));
    return {
      lines: { items },
      totalQuantity: addQuantity(...items.map((line) => line.quantity)),
      totalCost: fromMinor(
        costs.reduce((sum, cost) => sum + cost, 0n),
        functionalCurrency,
      ),
    };
  },
  check: (doc, facts, { today }) => refuseContent(doc, facts, today),
  actions: {
    submit: {
      label: text('提交', 'Submit'),
      from: ['draft'],
      to: 'approved',
      isPrimary: true,
      approval: { pending: 'submitted', amount: (doc) => doc.totalCost ?? '0' },
      refuse: (doc, facts, { today }) => refuseContent(doc, facts, today),
    },
    post: {
      label: text('过账入库', 'Post to stock'),
      from: ['approved'],
      to: 'posted',
      isPrimary: true,
      notBy: ['create', 'amend'],
      refuse: (doc, facts, { today }) => refuseContent(doc, facts, today),
      post: (doc, facts, { functionalCurrency }) => ({ moves: openingMoves(doc, facts, functionalCurrency) }),
    },
    reverse: standardActions.reverse('post'),
    cancel: standardActions.cancel,
  },
});
