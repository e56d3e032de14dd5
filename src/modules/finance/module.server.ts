import { implementModule } from '#kernel/module.server.ts';
import { accountServer } from './account/account.server.ts';
import { accountingPeriodServer } from './accounting-period/accounting-period.server.ts';
import { goodsJournal } from './goods-journal.server.ts';
import { journalVoucherServer } from './journal-voucher/journal-voucher.server.ts';
import { finance } from './module.ts';

export const financeServer = implementModule(finance, {
  definitions: [journalVoucherServer, accountServer, accountingPeriodServer],
  contributions: [goodsJournal],
});
