import { sql } from '#kernel/db/sql.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import { journalVoucher } from './journal-voucher.ts';

export const journalVoucherServer = implementDefinition(journalVoucher, {
  facts: async (tx, doc) => {
    const ids = [...new Set(doc.lines.entries.map((line) => line.accountId))];
    const accounts = await tx.query<{ id: string; code: string; nameZh: string; isPosting: boolean; entityId: string }>(sql`
      select id, code, name_zh "nameZh", is_posting "isPosting", entity_id "entityId" from finance.account where id = any(${ids}::text[])`);
    const period = await tx.maybe<{ state: 'open' | 'locked' | 'closed' }>(sql`
      select state from ledger.period where entity_id = ${doc.entityId} and book = 'local' and period = ${doc.voucherDate.slice(0, 7)}`);
    return { accounts: new Map(accounts.map((a) => [a.id, a])), periodState: period?.state ?? ('missing' as const) };
  },
});
