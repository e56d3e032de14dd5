import { defineRefusal } from '#kernel/command/refusal.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

export const warehouseRefusals = {
  lotMissing: defineRefusal<{ product: string }>({
    code: 'stock/lot-missing',
    rule: 'GSP 65',
    text: text('「{product}」须填写批号', '“{product}” needs a lot number'),
    wayOut: text('按标签填写批号。', 'Enter the lot number from the label.'),
  }),
  serialMissing: defineRefusal<{ product: string }>({
    code: 'stock/serial-missing',
    rule: 'GSP 65',
    text: text('「{product}」须逐件填写序列号', '“{product}” needs a serial number for each piece'),
    wayOut: text('每个序列号单独一行，数量为 1。', 'One line per serial number, quantity 1.'),
  }),
  identifierUnwanted: defineRefusal<{ product: string; identifier: LocalText }>({
    code: 'stock/identifier-unwanted',
    text: text('「{product}」按其标识方式不使用{identifier}', '“{product}” does not use a {identifier} by its identifier policy'),
    wayOut: text('清空该栏，或由质量人员修改产品的标识方式。', 'Clear it, or let quality staff change the product’s identifier policy.'),
  }),
  serialQuantity: defineRefusal<{ product: string; serialNo: string; quantity: string }>({
    code: 'stock/serial-quantity',
    rule: 'R-039',
    text: text(
      '「{product}」序列号 {serialNo} 的数量为 {quantity}，只能为 1',
      'Serial {serialNo} of “{product}” has quantity {quantity}; it can only be 1',
    ),
    wayOut: text('每件一行，数量填 1。', 'One line per piece with quantity 1.'),
  }),
  expiryMissing: defineRefusal<{ product: string }>({
    code: 'stock/expiry-missing',
    rule: 'GSP 65',
    text: text('「{product}」须填写有效期至', '“{product}” needs an expiry date'),
    wayOut: text('按标签填写；只有年月时填当月最后一天。', 'Enter it from the label; for a month only, its last day.'),
  }),
  expiredNotSaleable: defineRefusal<{ product: string; expiryDate: string; state: LocalText }>({
    code: 'stock/expired-not-saleable',
    rule: 'R-036',
    text: text(
      '「{product}」已于 {expiryDate} 到期，不能以「{state}」入库',
      '“{product}” expired on {expiryDate}; it cannot come in as “{state}”',
    ),
    wayOut: text('将质量状态改为「过期」，放入不合格品区。', 'Set the quality state to “Expired” and use a rejected-goods place.'),
  }),
  zoneDisagrees: defineRefusal<{ place: string; zone: LocalText; state: LocalText }>({
    code: 'stock/zone-disagrees',
    rule: 'R-034',
    text: text(
      '库位「{place}」为{zone}，不能存放「{state}」的货物',
      'Place “{place}” is a {zone}; goods that are “{state}” may not lie there',
    ),
    wayOut: text(
      '选择颜色与质量状态相符的库位：合格品绿区，待验黄区，不合格红区。',
      'Choose a place whose colour fits: accepted green, waiting yellow, rejected red.',
    ),
  }),
  lineTwice: defineRefusal<{ product: string; lot: string; other: number }>({
    code: 'stock/line-twice',
    text: text('「{product}」{lot} 与第 {other} 行重复', '“{product}” {lot} is already on line {other}'),
    wayOut: text('合并为一行，或更正批号/序列号。', 'Join them into one line, or correct the lot or serial number.'),
  }),
  datesCrossed: defineRefusal<{ product: string }>({
    code: 'stock/dates-crossed',
    text: text('「{product}」的生产日期晚于有效期至', '“{product}”: the production date is after the expiry date'),
    wayOut: text('对照标签更正日期。', 'Correct the dates from the label.'),
  }),
  placeElsewhere: defineRefusal<{ place: string; warehouse: string }>({
    code: 'stock/place-elsewhere',
    text: text('库位「{place}」不属于仓库「{warehouse}」', 'Place “{place}” does not belong to warehouse “{warehouse}”'),
    wayOut: text('选择该仓库的库位，或更换单据上的仓库。', 'Choose a place of that warehouse, or change the warehouse.'),
  }),
  quantityZero: defineRefusal<{ product: string }>({
    code: 'stock/quantity-zero',
    text: text('「{product}」的数量必须大于 0', 'The quantity of “{product}” must be more than 0'),
    wayOut: text('填写实际数量，或删除该行。', 'Enter the real quantity, or remove the line.'),
  }),
  dayAfterStockDate: defineRefusal<{ product: string; label: LocalText; day: string }>({
    code: 'stock/day-after-stock-date',
    text: text('「{product}」的{label} {day} 晚于库存日期', '“{product}”: {label} {day} is after the stock date'),
    wayOut: text('对照标签或原单据更正日期。', 'Correct the day from the label or the old document.'),
  }),
  dayInFuture: defineRefusal<{ day: string }>({
    code: 'stock/day-in-future',
    text: text('日期 {day} 在将来', 'The day {day} lies in the future'),
    wayOut: text('填写今天或以前的日期。', 'Give today or an earlier day.'),
  }),
};
