import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { financeRefusals as refusals } from '../refusals.ts';

export const accountTypes = {
  asset: text('资产', 'Asset'),
  liability: text('负债', 'Liability'),
  common: text('共同', 'Common'),
  equity: text('所有者权益', 'Equity'),
  cost: text('成本', 'Cost'),
  profit: text('损益', 'Profit and loss'),
} as const;

/**
 * What postings made by the system look for. The chart is the company's own and may be renumbered, so no rule ever looks for an
 * account by its code.
 */
export const accountPurposes = {
  inventory: text('库存商品', 'Inventory goods'),
  goodsInTransit: text('在途物资', 'Goods in transit'),
  goodsShipped: text('发出商品', 'Goods shipped'),
  goodsReceivedEstimate: text('应付账款—暂估', 'Payables, goods received not invoiced'),
  costOfSales: text('主营业务成本', 'Cost of sales'),
  stockDifference: text('待处理财产损溢', 'Stock differences'),
  openingBalance: text('期初过渡', 'Opening balance clearing'),
} as const;
export type AccountPurpose = keyof typeof accountPurposes;

export interface AccountFacts {
  readonly parentCode: string | undefined;
}

/** An account of a company's chart (CAS): four digits, two more for each sub-level. */
export const account = defineRecord<AccountFacts>()({
  kind: 'account',
  module: 'finance',
  plural: 'accounts',
  idPrefix: 'acc',
  label: text('会计科目', 'Account'),
  pluralLabel: text('会计科目', 'Accounts'),
  table: 'finance.account',
  isEntityScoped: true,
  header: {
    code: field.code({
      label: text('科目编码', 'Code'),
      max: 20,
      pattern: /^\d{4}(\d{2})*$/,
      help: text('4 位，一级明细各加 2 位', 'Four digits, two more per level'),
    }),
    nameZh: field.text({ label: text('科目名称', 'Name (Chinese)') }),
    nameEn: field.text({ label: text('英文名称', 'Name (English)') }),
    accountType: field.choice(accountTypes, { label: text('科目类别', 'Type') }),
    parentId: field.ref('account', { label: text('上级科目', 'Parent'), optional: true }),
    isPosting: field.boolean({
      label: text('明细科目', 'Posting account'),
      initial: true,
      help: text('只有明细科目可以记账', 'Only these take postings'),
    }),
    purpose: field.choice(accountPurposes, {
      label: text('系统用途', 'Purpose'),
      optional: true,
      help: text('系统自动记账时使用', 'Used by automatic postings'),
    }),
  },
  codeField: 'code',
  list: {
    columns: ['number', 'nameZh', 'nameEn', 'accountType', 'isPosting', 'purpose', 'entityId', 'state'],
    search: ['code', 'nameZh', 'nameEn'],
    sort: { field: 'number', descending: false },
  },
  title: (a) => text(`${a.code} ${a.nameZh}`, `${a.code} ${a.nameEn}`),
  icon: 'profile',
  check: (a, facts) => [
    ...(a.purpose && !a.isPosting ? [refusals.purposeOfHeading({}, { field: 'purpose' })] : []),
    ...(facts.parentCode !== undefined && (!a.code.startsWith(facts.parentCode) || a.code === facts.parentCode)
      ? [refusals.parentElsewhere({ code: a.code, parent: facts.parentCode }, { field: 'code' })]
      : []),
  ],
});
