import { sql } from '../../db/sql.server.ts';
import type { Tx } from '../../db/database.server.ts';
import type { JournalEntry } from './entry.ts';

export interface JournalToAppend {
  readonly postingId: string;
  readonly documentId: string;
  readonly entityId: string;
  readonly functionalCurrency: string;
  /** The day it happened in the world, `YYYY-MM-DD`; its month is the period. */
  readonly occurredOn: string;
  readonly entries: readonly JournalEntry[];
}

export interface AppendedEntry {
  readonly entryId: string;
  readonly book: string;
  readonly period: string;
}

/**
 * Appends whole entries to the general ledger in one round trip. Throws what PostgreSQL refuses: lines that do not sum to zero
 * per currency and in functional currency, a period that is not open.
 */
export async function appendJournal(tx: Tx, posting: JournalToAppend): Promise<AppendedEntry[]> {
  const { entries, occurredOn } = posting;
  if (entries.length === 0) return [];
  const lines = entries.flatMap((entry, i) => entry.lines.map((line) => ({ ...line, entry: i + 1 })));
  const period = occurredOn.slice(0, 7);
  const rows = await tx.query<{ entry_id: string; book: string }>(sql`
    with heads as materialized (
      select nextval('ledger.journal_entry_entry_id_seq') as entry_id, book, summary, n
        from (select * from unnest(${entries.map((e) => e.book)}::text[], ${entries.map((e) => e.summary)}::text[]) with ordinality
                as e(book, summary, n) order by n) e
    ), entry as (
      insert into ledger.journal_entry (entry_id, posting_id, document_id, entity_id, book, summary, functional_currency, occurred_on,
        period)
      overriding system value
      select entry_id, ${posting.postingId}, ${posting.documentId}, ${posting.entityId}, book, summary, ${posting.functionalCurrency},
             ${occurredOn}::date, ${period}
        from heads order by n
    ), line as (
      insert into ledger.journal_line (entry_id, line_no, entity_id, book, period, occurred_on, account_id, counterparty_id, currency,
                                       amount_minor, functional_minor, summary, dimensions)
      select h.entry_id, l.line_no, ${posting.entityId}, h.book, ${period}, ${occurredOn}::date, l.account_id, l.counterparty_id,
        l.currency,
             l.amount_minor, l.functional_minor, l.summary, l.dimensions
        from unnest(${lines.map((l) => l.entry)}::bigint[], ${lines.map((l) => l.line)}::int[], ${lines.map((l) => l.accountId)}::text[],
                    ${lines.map((l) => l.counterpartyId)}::text[], ${lines.map((l) => l.currency)}::text[],
                    ${lines.map((l) => String(l.amountMinor))}::bigint[], ${lines.map((l) => String(l.functionalMinor))}::bigint[],
                    ${lines.map((l) => l.summary)}::text[], ${lines.map((l) => JSON.stringify(l.dimensions))}::jsonb[])
               as l(entry, line_no, account_id, counterparty_id, currency, amount_minor, functional_minor, summary, dimensions)
        join heads h on h.n = l.entry
       order by h.n, l.line_no
    )
    select entry_id, book from heads order by n`);
  return rows.map((row) => ({ entryId: row.entry_id, book: row.book, period }));
}
