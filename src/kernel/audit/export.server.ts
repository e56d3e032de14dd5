import { sql, systemScope, type Database, type Tx } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';
import { auditHead, sealAudit } from './seal.server.ts';

const BLOCKS_PER_STEP = 20;

interface BlockRow {
  readonly blockNo: string;
  readonly text: string;
  readonly hash: string;
  readonly leaves: string[];
  readonly eventIds: string[];
}

interface EventRow {
  readonly eventId: string;
  readonly text: string;
  readonly postingId: string | null;
  readonly digest: string | null;
  readonly posted: string[] | null;
}

const blocksFrom = (tx: Tx, from: bigint, to: bigint): Promise<BlockRow[]> =>
  tx.query<BlockRow>(sql`
    select b.block_no as "blockNo", audit.block_text(b) as text, encode(b.block_hash, 'hex') as hash,
      (select array_agg(encode(l, 'hex') order by i) from unnest(b.leaf_hashes) with ordinality as x (l, i)) as leaves,
      b.event_ids::text[] as "eventIds"
    from audit.block b where b.block_no between ${from} and ${to} order by b.block_no`);

/** Rows as they are now in the range of a block, with what they posted; found by range, so that one slipped in is exported too. */
const eventsOf = (tx: Tx, blockNo: string): Promise<EventRow[]> =>
  tx.query<EventRow>(sql`
    select e.event_id as "eventId", audit.event_text(e) as text, e.command_id as "postingId", e.posting_digest as digest,
      case when e.posting_digest is not null
        then (select array_agg(t.content order by t.ordinal) from ledger.posting_texts(e.command_id) t) end as posted
    from (
      select unnest(b.event_ids) as event_id from audit.block b where b.block_no = ${blockNo}
      union
      select r.event_id from audit.block b
      left join audit.block p on p.block_no = b.block_no - 1
      join audit.event r on (r.xid, r.event_id) > (coalesce(p.last_xid, '0'), coalesce(p.last_event_id, 0))
        and (r.xid, r.event_id) <= (b.last_xid, b.last_event_id)
      where b.block_no = ${blockNo}
    ) ids
    join audit.event e using (event_id)
    order by e.xid, e.event_id`);

function* linesOf(block: BlockRow, events: readonly EventRow[]): Generator<object> {
  yield { type: 'block', blockNo: block.blockNo, text: block.text, hash: block.hash, leaves: block.leaves, eventIds: block.eventIds };
  for (const event of events) {
    yield { type: 'event', blockNo: block.blockNo, text: event.text };
    if (event.digest !== null) {
      yield { type: 'posting', eventId: event.eventId, postingId: event.postingId, digest: event.digest, rows: event.posted ?? [] };
    }
  }
}

/** Everything posted that no audit row answers for. */
const unknownRows = (tx: Tx): Promise<{ postingId: string; rows: string[] }[]> =>
  tx.query(sql`
    select u.posting_id as "postingId", (select array_agg(t.content order by t.ordinal) from ledger.posting_texts(u.posting_id) t) as rows
    from (select distinct posting_id from audit.unknown_postings()) u limit 10000`);

/**
 * The audit ledger as JSON lines: header, blocks each followed by its rows and what they posted, end. `scripts/verify-audit.mjs` checks
 * it on any machine without the application. Read in steps, so that its length costs no memory.
 */
export async function* exportAudit(system: System): AsyncGenerator<string> {
  const { db, clock } = system;
  await sealAudit(db);
  const head = await db.read(systemScope, auditHead);
  const to = BigInt(head?.blockNo ?? 0);
  const counts = { blocks: 0, events: 0, postings: 0 };
  yield line({
    type: 'header',
    format: 'medtrade-audit/1',
    exportedAt: clock.now().toISOString(),
    origin: system.origin,
    head: head ?? null,
  });
  for (let from = 1n; from <= to; from += BigInt(BLOCKS_PER_STEP)) {
    const last = from + BigInt(BLOCKS_PER_STEP) - 1n;
    for (const part of await blocksWithRows(db, from, last < to ? last : to)) {
      if (part.type === 'block') counts.blocks += 1;
      if (part.type === 'event') counts.events += 1;
      if (part.type === 'posting') counts.postings += 1;
      yield line(part);
    }
  }
  for (const unknown of await db.read(systemScope, unknownRows)) yield line({ type: 'unknown-posting', ...unknown });
  yield line({ type: 'end', ...counts });
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

async function blocksWithRows(db: Database, from: bigint, to: bigint): Promise<{ type: string }[]> {
  return db.read(systemScope, async (tx) => {
    const lines: object[] = [];
    for (const block of await blocksFrom(tx, from, to)) lines.push(...linesOf(block, await eventsOf(tx, block.blockNo)));
    return lines as { type: string }[];
  });
}
