import { empty, sql } from '../../db/sql.server.ts';
import type { Tx } from '../../db/database.server.ts';
import type { Book, JournalEntry } from './entry.ts';

/** Opening, turnover and closing of one account and currency over some months, in minor units; debit positive. */
export interface AccountBalance {
  readonly accountId: string;
  readonly currency: string;
  readonly openingMinor: bigint;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  readonly closingMinor: bigint;
  readonly functionalOpeningMinor: bigint;
  readonly functionalDebitMinor: bigint;
  readonly functionalCreditMinor: bigint;
  readonly functionalClosingMinor: bigint;
}

export interface BalanceQuestion {
  readonly entityId: string;
  readonly book: Book;
  /** First and last month, `YYYY-MM`. */
  readonly from: string;
  readonly to: string;
  readonly accountIds?: readonly string[];
}

type Row = { accountId: string; currency: string } & Record<'o' | 'd' | 'c' | 'fo' | 'fd' | 'fc', string>;

/** Account balances read from the month rows: the cost does not grow with the number of journal lines. */
export async function accountBalances(tx: Tx, question: BalanceQuestion): Promise<AccountBalance[]> {
  const accounts = question.accountIds ? sql`and account_id = any (${question.accountIds}::text[])` : empty;
  const rows = await tx.query<Row>(sql`
    select account_id as "accountId", currency,
           coalesce(sum(debit_minor - credit_minor) filter (where period < ${question.from}), 0)::text as o,
           coalesce(sum(debit_minor) filter (where period >= ${question.from}), 0)::text as d,
           coalesce(sum(credit_minor) filter (where period >= ${question.from}), 0)::text as c,
           coalesce(sum(functional_debit_minor - functional_credit_minor) filter (where period < ${question.from}), 0)::text as fo,
           coalesce(sum(functional_debit_minor) filter (where period >= ${question.from}), 0)::text as fd,
           coalesce(sum(functional_credit_minor) filter (where period >= ${question.from}), 0)::text as fc
      from ledger.account_balance
     where entity_id = ${question.entityId} and book = ${question.book} and period <= ${question.to} ${accounts}
     group by 1, 2 order by 1, 2`);
  return rows.map((r) => {
    const [o, d, c, fo, fd, fc] = [r.o, r.d, r.c, r.fo, r.fd, r.fc].map(BigInt) as [bigint, bigint, bigint, bigint, bigint, bigint];
    return {
      accountId: r.accountId,
      currency: r.currency,
      openingMinor: o,
      debitMinor: d,
      creditMinor: c,
      closingMinor: o + d - c,
      functionalOpeningMinor: fo,
      functionalDebitMinor: fd,
      functionalCreditMinor: fc,
      functionalClosingMinor: fo + fd - fc,
    };
  });
}

/** The journal a document posted, reversals included, in the order recorded. */
export async function entriesOfDocument(
  tx: Tx,
  documentId: string,
): Promise<(JournalEntry & { entryId: string; postingId: string; occurredOn: string; reverses: string | null })[]> {
  const rows = await tx.query<{
    entryId: string;
    postingId: string;
    book: Book;
    summary: string;
    occurredOn: string;
    reverses: string | null;
    lines: any[];
  }>(sql`
    select e.entry_id as "entryId", e.posting_id as "postingId", e.book, e.summary, e.occurred_on as "occurredOn", e.reverses,
           jsonb_agg(jsonb_build_object('line', l.line_no, 'accountId', l.account_id, 'counterpartyId', l.counterparty_id, 'currency',
             l.currency,
             'amountMinor', l.amount_minor::text, 'functionalMinor', l.functional_minor::text, 'summary', l.summary, 'dimensions',
               l.dimensions)
             order by l.line_no) as lines
      from ledger.journal_entry e join ledger.journal_line l using (entry_id)
     where e.document_id = ${documentId} group by e.entry_id order by e.entry_id`);
  return rows.map((row) => ({
    ...row,
    lines: row.lines.map((l) => ({ ...l, amountMinor: BigInt(l.amountMinor), functionalMinor: BigInt(l.functionalMinor) })),
  }));
}
