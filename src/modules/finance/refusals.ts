import { defineRefusal } from '#kernel/command/refusal.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

export const financeRefusals = {
  voucherUnbalanced: defineRefusal<{ debit: string; credit: string; difference: string }>({
    code: 'finance/voucher-unbalanced',
    rule: 'R-076',
    text: text('借方合计 {debit} 与贷方合计 {credit} 相差 {difference}', 'Debits {debit} and credits {credit} differ by {difference}'),
    wayOut: text('补齐或更正分录，使借贷相等。', 'Complete or correct the lines until both sides are equal.'),
  }),
  oneSideOnly: defineRefusal({
    code: 'finance/one-side-only',
    text: text('每行只能填借方或贷方之一，且须大于 0', 'A line has either a debit or a credit, and it is more than 0'),
    wayOut: text('清空其中一栏。', 'Clear one of the two.'),
  }),
  accountNotPosting: defineRefusal<{ account: string }>({
    code: 'finance/account-not-posting',
    text: text('科目「{account}」是汇总科目，不能直接记账', 'Account “{account}” is a heading; nothing can be posted to it'),
    wayOut: text('选择其下级明细科目。', 'Choose one of its sub-accounts.'),
  }),
  accountOfOther: defineRefusal<{ account: string }>({
    code: 'finance/account-of-other-company',
    text: text('科目「{account}」属于另一家公司', 'Account “{account}” belongs to another company'),
    wayOut: text('选择本公司的科目。', 'Choose an account of this company.'),
  }),
  periodNotOpen: defineRefusal<{ period: string; state: LocalText }>({
    code: 'finance/period-not-open',
    rule: 'R-076',
    text: text('会计期间 {period} {state}，不能记账', 'Accounting period {period} is {state}; nothing can be posted into it'),
    wayOut: text('改用未结账的日期，或请财务主管打开该期间。', 'Use a day in an open period, or ask the controller to open it.'),
  }),
  rateMissing: defineRefusal<{ currency: string; functional: string }>({
    code: 'finance/rate-missing',
    text: text('外币 {currency} 须填写折合 {functional} 的汇率', 'An amount in {currency} needs the rate to {functional}'),
    wayOut: text('填写当日汇率。', 'Enter the rate of that day.'),
  }),
  currencyUnknown: defineRefusal<{ currency: string }>({
    code: 'finance/currency-unknown',
    rule: 'ISO 4217',
    text: text('没有「{currency}」这个币种', 'There is no currency “{currency}”'),
    wayOut: text('填写 ISO 4217 币种代码，例如 CNY、USD、EUR。', 'Give an ISO 4217 code, for example CNY, USD, EUR.'),
  }),
  accountForPurposeMissing: defineRefusal<{ purpose: LocalText }>({
    code: 'finance/account-for-purpose-missing',
    text: text('没有指定「{purpose}」科目，货物移动无法记账', 'No account is named for “{purpose}”, so goods movements cannot be booked'),
    wayOut: text('请财务在会计科目中为一个明细科目设置该用途。', 'Let finance set this purpose on one posting account.'),
  }),
  purposeOfHeading: defineRefusal({
    code: 'finance/purpose-of-heading',
    text: text('汇总科目不能设置用途', 'A heading cannot have a purpose'),
    wayOut: text('在明细科目上设置用途。', 'Set the purpose on a posting account.'),
  }),
  parentElsewhere: defineRefusal<{ code: string; parent: string }>({
    code: 'finance/parent-code-differs',
    text: text('科目编码 {code} 须以上级编码 {parent} 开头', 'Account code {code} has to begin with its parent’s code {parent}'),
    wayOut: text('更正编码或上级科目。', 'Correct the code or the parent.'),
  }),
  earlierPeriodOpen: defineRefusal<{ period: string; earlier: string }>({
    code: 'finance/earlier-period-open',
    text: text('更早的期间 {earlier} 尚未结账，不能先结 {period}', 'Period {earlier} is still open; {period} cannot be closed before it'),
    wayOut: text('按顺序结账。', 'Close the periods in order.'),
  }),
};
