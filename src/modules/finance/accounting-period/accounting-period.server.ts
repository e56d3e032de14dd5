import { sql } from '#kernel/db/sql.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import { accountingPeriod } from './accounting-period.ts';

const ledgerState: Record<string, string> = { active: 'open', locked: 'locked', inactive: 'closed' };

export const accountingPeriodServer = implementDefinition(accountingPeriod, {
  facts: async (tx, period) => {
    const row = await tx.one<{ earliest: string | null }>(sql`
      select min(code) earliest from finance.accounting_period where entity_id = ${period.entityId} and state <> 'inactive'`);
    return { earliestOpen: row.earliest ?? undefined };
  },
  // The ledger refuses by its own table, so that nothing can post past this page.
  after: async (tx, period) => {
    await tx.query(sql`select ledger.set_period_state(${period.entityId}, 'local', ${period.code}, ${ledgerState[period.state]})`);
  },
});
