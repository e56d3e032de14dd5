import type { Refusal } from '../command/refusal.ts';
import { sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import { text, type LocalText } from '../i18n/text.ts';
import { fromMinor } from '../money/money.ts';
import { ledgerRefusals } from './refusals.ts';

/** One thing a trigger refused, as `ledger.spell_out` tells it. */
type Fact = Readonly<Record<string, any>>;
type Translate = (tx: Tx, facts: readonly Fact[]) => Promise<readonly Refusal[]>;

/** More than this many refusals at once help nobody. */
const REFUSALS_MAX = 50;

const bookNames: Readonly<Record<string, LocalText>> = {
  local: text('法定账簿', 'the statutory book'),
  ifrs: text('IFRS 账簿', 'the IFRS book'),
  tax: text('税务账簿', 'the tax book'),
};
const stateNames: Readonly<Record<string, LocalText>> = {
  locked: text('已锁定', 'locked'),
  closed: text('已结账', 'closed'),
  missing: text('尚未打开', 'not opened yet'),
};
const datedFields = {
  expiryDate: { label: text('有效期', 'expiry date'), column: 'expiry_date' },
  productionDate: { label: text('生产日期', 'production date'), column: 'production_date' },
  registrationNo: { label: text('注册证编号', 'registration number'), column: 'registration_no' },
} as const;
const nothing = text('无', 'none');

/** Names of products and places, by id; an id without a name stays as it is. */
async function namesOf(tx: Tx, facts: readonly Fact[]): Promise<(id: string | null) => LocalText> {
  const ids = [...new Set(facts.flatMap((f) => [f['productId'], f['placeId']]).filter(Boolean))];
  const rows = await tx.query<{ id: string; zh: string; en: string }>(sql`
    select id, title_zh as zh, title_en as en from kernel.directory where id = any (${ids}::text[])
    union all
    select place_id, concat_ws(' ', code, name_zh), concat_ws(' ', code, name_en) from ledger.place where place_id = any (${ids}::text[])`);
  const names = new Map(rows.map((row) => [row.id, text(row.zh, row.en)]));
  return (id) => names.get(id ?? '') ?? text(id ?? '—', id ?? '—');
}

/** How people call a lot: by its number, its serial number, or both. */
export function lotWords(lot: { lotNo: string | null; serialNo: string | null }): LocalText {
  const { lotNo, serialNo } = lot;
  if (lotNo && serialNo) return text(`批号 ${lotNo}（序列号 ${serialNo}）`, `lot ${lotNo} (serial ${serialNo})`);
  if (lotNo) return text(`批号 ${lotNo}`, `lot ${lotNo}`);
  return serialNo ? text(`序列号 ${serialNo}`, `serial ${serialNo}`) : text('（无批号）', 'no lot number');
}

const factual = (fact: Fact) => ({ lotNo: fact['lotNo'] ?? null, serialNo: fact['serialNo'] ?? null });

/** One refusal per fact, with names read once. */
const perFact =
  (make: (fact: Fact, name: (id: string | null) => LocalText) => Refusal): Translate =>
  async (tx, facts) => {
    const name = await namesOf(tx, facts);
    const byLine = facts.toSorted((a, b) => (a['line'] ?? 0) - (b['line'] ?? 0));
    return byLine.slice(0, REFUSALS_MAX).map((fact) => make(fact, name));
  };

const serialAlreadyOnHand: Translate = async (tx, facts) => {
  const rows = await tx.query<{ productId: string; serialNo: string; placeId: string }>(sql`
    select l.product_id as "productId", l.serial_no as "serialNo", p.place_id as "placeId"
      from unnest(${facts.map((f) => f['productId'])}::text[], ${facts.map((f) => f['serialNo'])}::text[]) as f(product_id, serial_no)
      join ledger.serial_on_hand s using (product_id, serial_no)
      join ledger.lot l using (lot_id)
      join ledger.stock_balance b on b.lot_id = l.lot_id and b.quantity > 0
      join ledger.position p on p.position_id = b.position_id and ledger.keeps_serials(p.kind)`);
  const name = await namesOf(tx, [...facts, ...rows]);
  return facts.slice(0, REFUSALS_MAX).map((fact) => {
    const there = rows.find((r) => r.productId === fact['productId'] && r.serialNo === fact['serialNo']);
    const place = there ? name(there.placeId) : text('本单据内重复', 'twice in this document');
    return ledgerRefusals.serialAlreadyOnHand({ product: name(fact['productId']), serial: fact['serialNo'], place });
  });
};

const lotIdentityDiffers: Translate = async (tx, facts) => {
  const name = await namesOf(tx, facts);
  const known = await tx.query<Record<string, string | null>>(sql`
    select lot_id, expiry_date, production_date,
      registration_no from ledger.lot where lot_id = any (${facts.map((f) => f['lotId'])}::text[])`);
  return facts.slice(0, REFUSALS_MAX).map((fact) => {
    const lot = known.find((row) => row['lot_id'] === fact['lotId']);
    const differing = Object.entries(datedFields).find(([key, f]) => fact[key] && fact[key] !== lot?.[f.column]) ?? [
      'expiryDate',
      datedFields.expiryDate,
    ];
    const [key, field] = differing as [string, { label: LocalText; column: string }];
    return ledgerRefusals.lotIdentityDiffers({
      product: name(fact['productId']),
      lot: lotWords(factual(fact)),
      field: field.label,
      known: lot ? (lot[field.column] ?? nothing) : text('本单据另一行的值', 'what another line says'),
      given: fact[key] ?? nothing,
    });
  });
};

const journalDoesNotBalance: Translate = async (_tx, facts) =>
  facts.slice(0, REFUSALS_MAX).map((fact) =>
    ledgerRefusals.journalDoesNotBalance({
      currency: fact['isFunctional'] ? text('本位币', 'the functional currency') : String(fact['currency']),
      difference: `${fromMinor(BigInt(fact['difference']), fact['currency'])} ${fact['currency']}`,
    }),
  );

const always =
  (refusal: Refusal): Translate =>
  async () => [refusal];

/** Each sentence of the ledgers with the one refusal it stands for. */
export const ledgerConstraints: Readonly<Record<string, Translate>> = {
  on_hand_not_negative: perFact((f, name) =>
    ledgerRefusals.notEnoughOnHand(
      { product: name(f['productId']), lot: lotWords(factual(f)), place: name(f['placeId']), there: f['there'], asked: f['asked'] },
      { line: f['line'] ?? undefined },
    ),
  ),
  serial_is_on_hand_once: serialAlreadyOnHand,
  serial_moves_one_at_a_time: perFact((f, name) =>
    ledgerRefusals.quantityPerSerial(
      { product: name(f['productId']), serial: f['serialNo'], quantity: f['quantity'] },
      { line: f['line'] },
    ),
  ),
  destroyed_is_final: perFact((f, name) =>
    ledgerRefusals.destroyedIsFinal({ product: name(f['productId']), lot: lotWords(factual(f)) }, { line: f['line'] }),
  ),
  value_goes_with_goods: perFact((f, name) =>
    ledgerRefusals.valueAlreadyUsed({ product: name(f['productId']), lot: lotWords(factual(f)) }),
  ),
  lot_identity_agrees: lotIdentityDiffers,
  journal_balances: journalDoesNotBalance,
  journal_entry_is_whole: always(ledgerRefusals.journalEntryIsWhole({})),
  period_is_open: async (_tx, facts) =>
    facts.map((f) =>
      ledgerRefusals.periodNotOpen({
        period: f['period'],
        state: stateNames[f['state'] ?? 'missing'] ?? text(f['state'], f['state']),
        book: bookNames[f['book']] ?? text(f['book'], f['book']),
      }),
    ),
  move_is_reversed_once: always(ledgerRefusals.alreadyReversed({})),
  entry_is_reversed_once: always(ledgerRefusals.alreadyReversed({})),
  history_is_never_changed: always(ledgerRefusals.historyIsNeverChanged({})),
};
