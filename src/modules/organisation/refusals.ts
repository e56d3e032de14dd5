import { defineRefusal } from '#kernel/command/refusal.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

export const usccDoesNotHold = defineRefusal<{ uscc: string }>({
  code: 'organisation/uscc-does-not-hold',
  rule: 'GB 32100-2015',
  text: text('统一社会信用代码 {uscc} 的校验位不正确。', 'The check sign of the unified social credit code {uscc} does not hold.'),
  wayOut: text('请按营业执照核对 18 位代码。', 'Compare the 18 signs with the business licence.'),
});

export const timeZoneIsUnknown = defineRefusal<{ timeZone: string }>({
  code: 'organisation/time-zone-is-unknown',
  text: text('时区“{timeZone}”不存在。', 'There is no time zone “{timeZone}”.'),
  wayOut: text('请填写 IANA 时区名，例如 Asia/Shanghai。', 'Give an IANA name, for example Asia/Shanghai.'),
});

export const currencyIsUnknown = defineRefusal<{ currency: string }>({
  code: 'organisation/currency-is-unknown',
  rule: 'ISO 4217',
  text: text('没有「{currency}」这个币种', 'There is no currency “{currency}”'),
  wayOut: text('填写 ISO 4217 币种代码，例如 CNY。', 'Give an ISO 4217 code, for example CNY.'),
});

export const parentMakesACircle = defineRefusal<{ parent: string }>({
  code: 'organisation/parent-makes-a-circle',
  text: text('上级公司“{parent}”本身隶属于本公司，形成循环。', 'The parent “{parent}” itself belongs to this company: that is a circle.'),
  wayOut: text('请选择其他上级公司，或留空。', 'Choose another parent or leave it empty.'),
});

export const currencyAndZoneStay = defineRefusal<{ field: string }>({
  code: 'organisation/currency-and-time-zone-stay',
  text: text(
    '公司建立后，记账本位币与时区不可更改（{field}）：已有凭证和日期以其为准。',
    'Functional currency and time zone stay as they were when the company was created ({field}): postings and days rest on them.',
  ),
  wayOut: text('请新建一个法人公司。', 'Create another legal entity.'),
});

export const legalEntityCodeIsUsedOnce = defineRefusal({
  code: 'organisation/legal-entity-code-is-used-once',
  status: 409,
  text: text('该公司代码已被使用。', 'This company code is already used.'),
  wayOut: text('请换一个代码。', 'Choose another code.'),
});
export const legalEntityUsccIsUsedOnce = defineRefusal({
  code: 'organisation/legal-entity-uscc-is-used-once',
  status: 409,
  text: text('该统一社会信用代码已登记在另一家公司名下。', 'Another legal entity already has this unified social credit code.'),
  wayOut: text('请打开已有公司，或核对代码。', 'Open the other entity or check the code.'),
});
export const legalEntityIsNotItsOwnParent = defineRefusal({
  code: 'organisation/legal-entity-is-not-its-own-parent',
  text: text('公司不能是自己的上级。', 'A company cannot be its own parent.'),
  wayOut: text('请选择其他上级公司，或留空。', 'Choose another parent or leave it empty.'),
});
export const legalEntityIsGroupWide = defineRefusal({
  code: 'organisation/legal-entity-is-group-wide',
  text: text('法人公司属于集团，不属于另一家公司。', 'A legal entity belongs to the group, not to another entity.'),
  wayOut: text('请不要指定所属公司；上下级关系填“上级公司”。', 'Leave the owning entity empty; use the parent for the hierarchy.'),
});

export const kindHasNoNumbers = defineRefusal<{ kind: string }>({
  code: 'organisation/kind-has-no-numbers',
  text: text('「{kind}」不是带编号的单据类型', '“{kind}” is not a kind of document with numbers'),
  wayOut: text('请在数据字典中查看单据类型。', 'See the data dictionary for the kinds of document.'),
});

export const patternNeedsSequence = defineRefusal({
  code: 'organisation/pattern-needs-sequence',
  text: text('编号格式缺少流水号（seq）', 'The pattern has no running number (seq)'),
  wayOut: text('加入一段流水号，例如五位流水号。', 'Add a running number, for example with five digits.'),
});

export const patternNeedsPeriod = defineRefusal<{ restarts: LocalText }>({
  code: 'organisation/pattern-needs-period',
  text: text(
    '流水号按{restarts}重新开始，编号格式必须包含{restarts}，否则会重号',
    'The running number restarts by {restarts}; without it in the pattern a number would come twice',
  ),
  wayOut: text('在格式中加入对应的年、月。', 'Put the year, and month where needed, into the pattern.'),
});

export const refusals = [
  currencyIsUnknown,
  kindHasNoNumbers,
  patternNeedsSequence,
  patternNeedsPeriod,
  usccDoesNotHold,
  timeZoneIsUnknown,
  parentMakesACircle,
  currencyAndZoneStay,
  legalEntityCodeIsUsedOnce,
  legalEntityUsccIsUsedOnce,
  legalEntityIsNotItsOwnParent,
  legalEntityIsGroupWide,
];
