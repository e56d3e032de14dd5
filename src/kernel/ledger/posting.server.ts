import { sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import { refuse } from '../command/refusal.ts';
import type { Book, JournalEntry } from './general/entry.ts';
import { ledgerRefusals } from './refusals.ts';
import type { PostedMove } from './stock/move.ts';
import { postedMoveOf, postedMoves, type PostedMoveRow } from './stock/posted-move.server.ts';

export interface Mirror {
  /** The new posting that takes the old one back. */
  readonly postingId: string;
  readonly documentId: string;
  readonly entityId: string;
  readonly occurredOn: string;
  /** Only these postings of the document; all of them where left out. */
  readonly reversesPostingIds?: readonly string[];
  /** The document whose postings are mirrored; `documentId` where left out. */
  readonly reversesDocumentId?: string;
}

export interface Mirrored {
  readonly moves: PostedMove[];
  readonly entries: (JournalEntry & { readonly entryId: string })[];
}

interface MirroredLine {
  entry_id: string;
  book: string;
  entry_summary: string;
  line_no: number;
  account_id: string;
  counterparty_id: string | null;
  currency: string;
  amount_minor: string;
  functional_minor: string;
  summary: string | null;
  dimensions: Record<string, string>;
}

/**
 * Takes a document's postings back, once: every move in the opposite direction at the value it had, every journal line with the opposite
 * sign on the same side (red letters). Refuses where all was reversed before; throws what PostgreSQL refuses (goods that are gone,
 * value already used by later issues, a closed period).
 */
export async function mirrorPosting(tx: Tx, mirror: Mirror): Promise<Mirrored> {
  await refuseLateCost(tx, mirror);
  const moves = await mirrorMoves(tx, mirror);
  const entries = await mirrorEntries(tx, mirror);
  if (moves.length + entries.length === 0) await refuseIfReversed(tx, mirror);
  return { moves, entries };
}

const ofDocument = (mirror: Mirror) => sql`
  o.document_id = ${mirror.reversesDocumentId ?? mirror.documentId} and o.entity_id = ${mirror.entityId}
  and (${mirror.reversesPostingIds ?? null}::text[] is null or o.posting_id = any (${mirror.reversesPostingIds ?? null}::text[]))`;

const sourceOf = (mirror: Mirror) => sql`${ofDocument(mirror)} and o.reverses is null`;

/** Late cost was shared by what lay where on that day; its mirror would be another sharing. */
async function refuseLateCost(tx: Tx, mirror: Mirror): Promise<void> {
  const found = await tx.maybe(sql`select 1 from ledger.late_cost o where ${ofDocument(mirror)} limit 1`);
  if (found) refuse(ledgerRefusals.lateCostIsNotMirrored({}));
}

async function mirrorMoves(tx: Tx, mirror: Mirror): Promise<PostedMove[]> {
  const rows = await tx.query<PostedMoveRow>(sql`
    with moved as (
      insert into ledger.stock_move (posting_id, document_id, line_no, entity_id, lot_id, from_position, to_position, quantity, value_minor,
                                     occurred_on, reverses)
      select ${mirror.postingId}, ${mirror.documentId}, o.line_no, o.entity_id, o.lot_id, o.to_position, o.from_position, o.quantity,
        o.value_minor,
             ${mirror.occurredOn}::date, o.move_id
        from ledger.stock_move o
       where ${sourceOf(mirror)} and not exists (select from ledger.stock_move r where r.reverses = o.move_id)
       order by o.move_id desc
      returning *
    )
    ${postedMoves}`);
  return rows.map(postedMoveOf);
}

async function mirrorEntries(tx: Tx, mirror: Mirror): Promise<Mirrored['entries']> {
  const period = mirror.occurredOn.slice(0, 7);
  const rows = await tx.query<MirroredLine>(sql`
    with heads as materialized (
      select nextval('ledger.journal_entry_entry_id_seq') as entry_id, o.*
        from (select o.entry_id as reversed, o.book, o.summary, o.functional_currency, o.entity_id
                from ledger.journal_entry o
               where ${sourceOf(mirror)} and not exists (select from ledger.journal_entry r where r.reverses = o.entry_id)
               order by o.entry_id) o
    ), entry as (
      insert into ledger.journal_entry (entry_id, posting_id, document_id, entity_id, book, summary, functional_currency, occurred_on,
        period, reverses)
      overriding system value
      select entry_id, ${mirror.postingId}, ${mirror.documentId}, entity_id, book, summary, functional_currency,
        ${mirror.occurredOn}::date, ${period}, reversed
        from heads order by entry_id
    ), line as (
      insert into ledger.journal_line (entry_id, line_no, entity_id, book, period, occurred_on, account_id, counterparty_id, currency,
                                       amount_minor, functional_minor, summary, dimensions)
      select h.entry_id, o.line_no, o.entity_id, o.book, ${period}, ${mirror.occurredOn}::date, o.account_id, o.counterparty_id, o.currency,
             -o.amount_minor, -o.functional_minor, o.summary, o.dimensions
        from heads h join ledger.journal_line o on o.entry_id = h.reversed
       order by h.entry_id, o.line_no
      returning *
    )
    select h.entry_id, h.book, h.summary as entry_summary, l.line_no, l.account_id, l.counterparty_id, l.currency, l.amount_minor,
      l.functional_minor,
           l.summary, l.dimensions
      from heads h join line l using (entry_id) order by h.entry_id, l.line_no`);
  return entriesOf(rows);
}

function entriesOf(rows: readonly MirroredLine[]): Mirrored['entries'] {
  const entries = new Map<string, { entryId: string; book: Book; summary: string; lines: JournalEntry['lines'][number][] }>();
  for (const row of rows) {
    const entry = entries.get(row.entry_id) ?? { entryId: row.entry_id, book: row.book as Book, summary: row.entry_summary, lines: [] };
    entries.set(row.entry_id, entry);
    entry.lines.push({
      line: row.line_no,
      accountId: row.account_id,
      counterpartyId: row.counterparty_id,
      currency: row.currency,
      amountMinor: BigInt(row.amount_minor),
      functionalMinor: BigInt(row.functional_minor),
      summary: row.summary,
      dimensions: row.dimensions,
    });
  }
  return [...entries.values()];
}

/** Nothing to mirror is fine where nothing was posted; where all was taken back before it is a refusal. */
async function refuseIfReversed(tx: Tx, mirror: Mirror): Promise<void> {
  const { was_posted: wasPosted } = await tx.one<{ was_posted: boolean }>(sql`
    select exists (select from ledger.stock_move o where ${sourceOf(mirror)}) or exists (select
      from ledger.journal_entry o where ${sourceOf(mirror)})
      as was_posted`);
  if (wasPosted) refuse(ledgerRefusals.alreadyReversed({}));
}

/** SHA-256 (hex) over the canonical texts of everything a posting wrote to the ledgers; recomputable from an export. */
export async function postingDigest(tx: Tx, postingId: string): Promise<string> {
  const { digest } = await tx.one<{ digest: string }>(sql`select ledger.posting_digest(${postingId}) as digest`);
  return digest;
}
