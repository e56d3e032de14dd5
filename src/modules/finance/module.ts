import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';
import { account } from './account/account.ts';
import { accountingPeriod } from './accounting-period/accounting-period.ts';
import { journalVoucher } from './journal-voucher/journal-voucher.ts';
import { accountLines, BOOKS_VIEW, trialBalance } from './trial-balance/operations.ts';
import { financeRefusals } from './refusals.ts';

export const finance = defineModule({
  name: 'finance',
  label: text('财务', 'Finance'),
  icon: 'account-book',
  dependsOn: ['organisation', 'warehouse'],
  operations: [trialBalance, accountLines],
  permissions: [{ name: BOOKS_VIEW, label: text('查看账簿', 'Read the books') }],
  definitions: [journalVoucher, account, accountingPeriod],
  refusals: Object.values(financeRefusals),
  conflicts: [
    {
      permissions: ['finance.journal-voucher.create', 'finance.accounting-period.activate'],
      reason: text('制单人不得反结账', 'Whoever prepares vouchers may not reopen periods'),
    },
  ],
  menu: [
    { label: text('科目余额表', 'Trial balance'), path: '/finance/trial-balance', permission: BOOKS_VIEW },
    { label: text('记账凭证', 'Journal vouchers'), kind: 'journal-voucher' },
    { label: text('会计科目', 'Chart of accounts'), kind: 'account' },
    { label: text('会计期间', 'Accounting periods'), kind: 'accounting-period' },
  ],
});
