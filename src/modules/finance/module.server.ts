import { implementModule } from '#kernel/module.server.ts';
import { accountServer } from './account/account.server.ts';
import { accountingPeriodServer } from './accounting-period/accounting-period.server.ts';
import { goodsJournal } from './goods-journal.server.ts';
import { journalVoucherServer } from './journal-voucher/journal-voucher.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { bookHandlers } from './trial-balance/trial-balance.server.ts';
import { finance } from './module.ts';

/** `product` is asked late: the books are read in the currency of their company. */
export const financeServer = (product: () => Product) =>
  implementModule(finance, {
    definitions: [journalVoucherServer, accountServer, accountingPeriodServer],
    handlers: bookHandlers(product),
    contributions: [goodsJournal],
  });
