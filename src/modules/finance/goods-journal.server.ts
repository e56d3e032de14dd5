import { refuse } from '#kernel/command/refusal.ts';
import { sql } from '#kernel/db/sql.server.ts';
import type { Contribution } from '#kernel/module.server.ts';
import { accountPurposes, type AccountPurpose } from './account/account.ts';
import { accountsOfMove } from './goods-journal.ts';
import { financeRefusals } from './refusals.ts';

/** The value of goods movements in the books: two lines per pair of accounts, whatever the number of moves. */
export const goodsJournal: Contribution = {
  name: 'finance.goods-journal',
  order: 100,
  journalOfMoves: async (tx, { entityId, currency, moves }) => {
    const sums = new Map<string, { debit: AccountPurpose; credit: AccountPurpose; value: bigint }>();
    for (const move of moves) {
      const accounts = accountsOfMove(move.fromKind, move.toKind);
      // Goods of others have no value in our books.
      if (!accounts || move.valueMinor === 0n || move.ownerId !== entityId) continue;
      const key = `${accounts.debit} ${accounts.credit}`;
      const sum = sums.get(key) ?? { ...accounts, value: 0n };
      sums.set(key, { ...sum, value: sum.value + move.valueMinor });
    }
    if (sums.size === 0) return [];
    const purposes = [...new Set([...sums.values()].flatMap((s) => [s.debit, s.credit]))];
    const rows = await tx.query<{ id: string; purpose: AccountPurpose }>(sql`
      select id, purpose from finance.account where entity_id = ${entityId} and state = 'active' and purpose = any(${purposes}::text[])`);
    const ids = new Map(rows.map((row) => [row.purpose, row.id]));
    const idOf = (purpose: AccountPurpose): string =>
      ids.get(purpose) ?? refuse(financeRefusals.accountForPurposeMissing({ purpose: accountPurposes[purpose] }));
    return [...sums.values()].flatMap(({ debit, credit, value }) =>
      [
        { accountId: idOf(debit), minor: value },
        { accountId: idOf(credit), minor: -value },
      ].map(({ accountId, minor }) => ({
        accountId,
        counterpartyId: null,
        currency,
        amountMinor: minor,
        functionalMinor: minor,
        summary: null,
        dimensions: {},
      })),
    );
  },
};
