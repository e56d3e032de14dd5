import { defineRefusal } from '../command/refusal.ts';
import { text, type LocalText } from '../i18n/text.ts';

/** A name as it stands in the data, or in both languages. */
type Word = string | LocalText;

/** Everything the two ledgers refuse; each belongs to exactly one sentence PostgreSQL enforces. */
export const ledgerRefusals = {
  notEnoughOnHand: defineRefusal<{ product: Word; lot: Word; place: Word; there: string; asked: string }>({
    code: 'stock/not-enough-on-hand',
    rule: 'R-038',
    status: 409,
    text: text(
      '{place}的「{product}」{lot}现有 {there}，本次需要 {asked}，库存不足',
      '{place} holds {there} of {product}, {lot}; {asked} is asked for',
    ),
    wayOut: text(
      '减少数量、改选其他批号或库位，或先办理入库、移库。',
      'Take less, choose another lot or place, or bring goods there first.',
    ),
  }),
  serialAlreadyOnHand: defineRefusal<{ product: Word; serial: string; place: Word }>({
    code: 'stock/serial-already-on-hand',
    rule: 'R-045',
    status: 409,
    text: text(
      '「{product}」序列号 {serial} 已在{place}登记在册，同一序列号不能再次入库',
      'Serial number {serial} of {product} is already with us ({place}); it cannot arrive a second time',
    ),
    wayOut: text(
      '核对实物标签；若录入有误请更正序列号，若确为重复请隔离实物并报告质量部门。',
      'Check the label on the goods: correct the number, or if it is right, quarantine the piece and tell Quality.',
    ),
  }),
  lotIdentityDiffers: defineRefusal<{ product: Word; lot: Word; field: LocalText; known: Word; given: Word }>({
    code: 'stock/lot-identity-differs',
    rule: 'GSP 49',
    status: 409,
    text: text(
      '「{product}」{lot}已登记的{field}为 {known}，本次填写为 {given}，二者不一致',
      '{product}, {lot}, is known with {field} {known}; this says {given}',
    ),
    wayOut: text(
      '对照实物标签更正；若原登记有误，请先冲销原单据再重新登记。',
      'Compare with the label and correct it; if the earlier entry was wrong, reverse that document first.',
    ),
  }),
  quantityPerSerial: defineRefusal<{ product: Word; serial: string; quantity: string }>({
    code: 'stock/quantity-per-serial',
    rule: 'R-039',
    text: text(
      '「{product}」序列号 {serial} 的数量为 {quantity}，每个序列号只能是 1',
      '{product}, serial number {serial}: quantity is {quantity}, a serial number is one piece',
    ),
    wayOut: text('每个序列号单独一行，数量填 1。', 'Give each serial number its own line with quantity 1.'),
  }),
  destroyedIsFinal: defineRefusal<{ product: Word; lot: Word }>({
    code: 'stock/destroyed-is-final',
    rule: 'R-045',
    status: 409,
    text: text('「{product}」{lot}已销毁，不能再移动', '{product}, {lot}, is destroyed and cannot move again'),
    wayOut: text('若销毁登记有误，请冲销该销毁单。', 'If the destruction was booked by mistake, reverse that document.'),
  }),
  valueAlreadyUsed: defineRefusal<{ product: Word; lot: Word }>({
    code: 'stock/value-already-used',
    rule: 'R-078',
    status: 409,
    text: text(
      '「{product}」{lot}的成本已随后续出库结转，不能按原成本冲销',
      'The cost of {product}, {lot}, has gone out with later issues; it cannot be taken back as it was',
    ),
    wayOut: text('先冲销之后的出库单据，或按现行成本办理退货。', 'Reverse the later issues first, or book a return at the present cost.'),
  }),
  lateCostIsNotMirrored: defineRefusal({
    code: 'stock/late-cost-is-not-mirrored',
    rule: 'R-078',
    status: 409,
    text: text(
      '后到成本已按当时的结存与已出库数量分摊，不能直接冲销',
      'Late cost was shared between goods here and goods gone at that time; it cannot be mirrored',
    ),
    wayOut: text('另行登记一笔金额为负的后到成本来更正。', 'Correct it with another late cost of negative amount.'),
  }),
  journalDoesNotBalance: defineRefusal<{ currency: Word; difference: string }>({
    code: 'ledger/journal-does-not-balance',
    rule: 'R-076',
    text: text('分录借贷不平：{currency}相差 {difference}', 'The journal entry does not balance: {currency} is off by {difference}'),
    wayOut: text(
      '检查各行金额与汇率，使原币和本位币的借贷合计分别相等。',
      'Check amounts and rates: debits and credits must be equal in each currency and in functional currency.',
    ),
  }),
  journalEntryIsWhole: defineRefusal({
    code: 'ledger/journal-entry-is-whole',
    rule: 'R-076',
    text: text('一张凭证至少要有两行分录，且必须一次写入', 'A journal entry has at least two lines, all written at once'),
    wayOut: text('补齐借方和贷方分录后重新提交。', 'Add both sides and submit again.'),
  }),
  periodNotOpen: defineRefusal<{ period: string; state: LocalText; book: LocalText }>({
    code: 'ledger/period-not-open',
    rule: 'R-076',
    status: 409,
    text: text('{book} {period} 期间{state}，不能过账', 'Period {period} of {book} is {state}; nothing can be posted into it'),
    wayOut: text(
      '改用已打开期间的日期，或请财务主管打开该期间。',
      'Use a date in an open period, or ask the finance manager to open this one.',
    ),
  }),
  alreadyReversed: defineRefusal({
    code: 'ledger/already-reversed',
    rule: 'R-076',
    status: 409,
    text: text('该单据的过账已经冲销过，不能再次冲销', 'What this document posted has already been reversed; it cannot be reversed again'),
    wayOut: text(
      '查看单据时间线中的冲销记录；需要更正请新建单据。',
      'See the reversal in its timeline; make a new document for a correction.',
    ),
  }),
  historyIsNeverChanged: defineRefusal({
    code: 'ledger/history-is-never-changed',
    rule: 'R-076',
    status: 409,
    text: text('已过账的记录不能修改或删除', 'What is posted is never changed or deleted'),
    wayOut: text('通过冲销并重新过账来更正。', 'Correct it by a reversal and a new posting.'),
  }),
} as const;
