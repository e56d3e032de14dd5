import { defineRefusal } from '#kernel/command/refusal.ts';
import { type LocalText, text } from '#kernel/i18n/text.ts';

export const codeNotUnderstood = defineRefusal<{ code: string }>({
  code: 'catalogue/code-not-understood',
  rule: 'R-096',
  text: text(
    '无法识别「{code}」：不符合 GS1、HIBC、ISBT 128 或 MA 的编码规则',
    '“{code}” follows none of the rules of GS1, HIBC, ISBT 128 or MA',
  ),
  wayOut: text(
    '原始内容已保留。请重新扫描，或对照标签手工录入，由第二人复核。',
    'It is kept as scanned. Scan again, or type it from the label and let a second person check.',
  ),
});

export const nothingScanned = defineRefusal({
  code: 'catalogue/nothing-scanned',
  text: text('没有扫描到任何内容', 'Nothing was scanned'),
  wayOut: text('扫描标签，或粘贴标签上的编码。', 'Scan a label or paste a code.'),
});

export const codeTooLong = defineRefusal<{ length: number; most: number }>({
  code: 'catalogue/code-too-long',
  text: text('内容有 {length} 个字符，一个标签最多 {most} 个', 'The text has {length} characters; a label has {most} at most'),
  wayOut: text('一次只扫描一件物品的标签。', 'Scan the labels of one item at a time.'),
});

export const valueWrong = defineRefusal<{ label: LocalText; value: string; why: LocalText }>({
  code: 'catalogue/code-value-wrong',
  rule: 'R-096',
  text: text('{label}「{value}」有误：{why}', '{label} “{value}” is wrong: {why}'),
  wayOut: text(
    '重新扫描；仍然有误时，标签本身可能印错，请按不合格品处理。',
    'Scan again; if it stays, the label itself may be wrong: treat the goods as nonconforming.',
  ),
});

export const aiUnknown = defineRefusal<{ ai: string }>({
  code: 'catalogue/application-identifier-unknown',
  rule: 'R-096',
  text: text('「{ai}」处没有 GS1 应用标识符', 'There is no GS1 application identifier at “{ai}”'),
  wayOut: text(
    '可能丢失了分隔符：在扫描枪设置中开启发送 FNC1（GS），再扫描一次。',
    'A separator may be lost: let the scanner send FNC1 (GS) and scan again.',
  ),
});

export const notTogether = defineRefusal<{ first: string; second: string }>({
  code: 'catalogue/identifiers-not-together',
  rule: 'R-096',
  text: text('标识符（{first}）与（{second}）不得同时出现在一件物品上', 'Identifiers ({first}) and ({second}) may not stand on one item'),
  wayOut: text('可能扫描了两件物品的标签，请清空后重新扫描。', 'Perhaps labels of two items were scanned: clear and scan again.'),
});

export const companionMissing = defineRefusal<{ ai: string; label: LocalText; others: string }>({
  code: 'catalogue/identifier-needs-companion',
  rule: 'R-096',
  text: text('（{ai}）{label} 需要与 {others} 一起使用', '({ai}) {label} needs {others} with it'),
  wayOut: text('继续扫描同一件物品上的其他条码。', 'Scan the other codes on the same item, too.'),
});

export const saidTwice = defineRefusal<{ label: LocalText; first: string; second: string }>({
  code: 'catalogue/labels-contradict',
  rule: 'R-096',
  text: text('{label}前后不一致：「{first}」与「{second}」', '{label} is said twice: “{first}” and “{second}”'),
  wayOut: text('可能扫描了两件物品的标签，请清空后重新扫描。', 'Perhaps labels of two items were scanned: clear and scan again.'),
});

export const linkWrong = defineRefusal<{ link: string }>({
  code: 'catalogue/digital-link-wrong',
  rule: 'R-098',
  text: text('「{link}」不是有效的 GS1 数字链接', '“{link}” is no valid GS1 Digital Link'),
  wayOut: text('核对网址是否完整；普通网址不能标识产品。', 'Check that the address is whole; an ordinary web address names no product.'),
});

export const checkCharacterWrong = defineRefusal<{ code: string; expected: string }>({
  code: 'catalogue/check-character-wrong',
  rule: 'R-096',
  text: text('「{code}」的校验字符不对，应为「{expected}」', 'The check character of “{code}” is wrong, it should be “{expected}”'),
  wayOut: text('重新扫描；手工录入时请逐字核对。', 'Scan again; if typed, compare it sign by sign.'),
});

export const oldCheckDiffers = defineRefusal<{ code: string; expected: string }>({
  code: 'catalogue/ma-check-differs',
  rule: 'R-096',
  text: text(
    '「{code}」的校验字符与公开算法（{expected}）不一致',
    'The check character of “{code}” differs from the published algorithm ({expected})',
  ),
  wayOut: text(
    '该算法已不再维护，请以发码机构的查询结果为准。',
    'That algorithm is no longer kept up: ask the issuing agency’s own service.',
  ),
});

export const dateSuspicious = defineRefusal<{ label: LocalText; date: string }>({
  code: 'catalogue/date-suspicious',
  text: text('{label} {date} 不太可能', '{label} {date} is hardly possible'),
  wayOut: text('对照标签上印刷的日期核对。', 'Compare it with the date printed on the label.'),
});

export const expiryBeforeProduction = defineRefusal({
  code: 'catalogue/expiry-before-production',
  text: text('有效期至早于生产日期', 'It expires before it was made'),
  wayOut: text('对照标签核对两个日期。', 'Compare both dates with the label.'),
});

export const manyReadings = defineRefusal<{ count: number }>({
  code: 'catalogue/code-ambiguous',
  rule: 'R-096',
  text: text('这个编码有 {count} 种读法', 'This code can be read in {count} ways'),
  wayOut: text(
    '对照标签选择正确的一种；在扫描枪中开启发送 GS 分隔符即可避免。',
    'Choose the one that matches the label; a scanner that sends the GS separator avoids it.',
  ),
});

export const agenciesDiffer = defineRefusal({
  code: 'catalogue/labels-of-two-agencies',
  rule: 'R-096',
  text: text('这些标签来自不同发码机构，无法合并', 'These labels come from different agencies and cannot be joined'),
  wayOut: text('一次只扫描同一件物品、同一发码机构的标签。', 'Scan the labels of one item and one agency at a time.'),
});

export const packageContradicts = defineRefusal<{ di: string; ways: string }>({
  code: 'catalogue/package-contradicts',
  rule: 'R-097',
  text: text('包装标识「{di}」登记了互相矛盾的内容：{ways}', 'The package “{di}” is registered with contradicting contents: {ways}'),
  wayOut: text(
    '请质量人员核对实物并更正包装层级，系统不做推测。',
    'Ask quality to check the goods and correct the package levels; nothing is guessed.',
  ),
});

export const packageParentsUnclear = defineRefusal<{ di: string; other: string; child: string; quantity: string }>({
  code: 'catalogue/package-parents-unclear',
  rule: 'R-097',
  text: text(
    '包装「{di}」与「{other}」登记的下级都是「{child}」，数量都是 {quantity}',
    'The packages “{di}” and “{other}” both claim to hold {quantity} of “{child}”',
  ),
  wayOut: text(
    '请质量人员开箱核对并更正包装层级，系统不做推测。',
    'Ask quality to open them and correct the package levels; nothing is guessed.',
  ),
});

export const packageUnknown = defineRefusal<{ di: string }>({
  code: 'catalogue/package-unknown',
  rule: 'R-097',
  text: text('没有登记标识「{di}」的产品或包装', 'No product or package with the identifier “{di}” is registered'),
  wayOut: text('在产品资料中登记此标识及其包装数量。', 'Enter the identifier and its quantity at the product.'),
});

export const identificationRefusals = [
  codeNotUnderstood,
  nothingScanned,
  codeTooLong,
  valueWrong,
  aiUnknown,
  notTogether,
  companionMissing,
  saidTwice,
  linkWrong,
  checkCharacterWrong,
  oldCheckDiffers,
  dateSuspicious,
  expiryBeforeProduction,
  manyReadings,
  agenciesDiffer,
  packageContradicts,
  packageParentsUnclear,
  packageUnknown,
];
