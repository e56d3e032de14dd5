import { storableJson } from './storable-json.ts';
import { sql, systemScope, type Database, type Tx } from '../db/database.server.ts';
import { newId } from '../db/id.server.ts';
import type { System } from '../http/context.server.ts';
import { anchorMismatches } from './anchor.server.ts';
import { auditHead, sealAudit } from './seal.server.ts';

export type AuditProblemCode =
  | 'block-missing'
  | 'block-changed'
  | 'chain-broken'
  | 'root-differs'
  | 'row-missing'
  | 'row-changed'
  | 'row-inserted'
  | 'posting-changed'
  | 'posting-unknown'
  | 'anchor-differs';

export interface AuditProblem {
  readonly problem: AuditProblemCode;
  readonly blockNo: string | null;
  readonly eventId: string | null;
  readonly postingId: string | null;
  /** The row as it is now, the hash, or the document posted. */
  readonly detail: string | null;
}

export interface AuditVerification {
  readonly verificationId: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly fromBlock: string;
  readonly toBlock: string;
  readonly blockHash: string | null;
  readonly eventCount: string;
  readonly postingCount: string;
  readonly problemCount: number;
  readonly problems: readonly AuditProblem[];
}

const BLOCKS_PER_STEP = 50;
/** Newest blocks the health page compares at every look; the nightly run compares all. */
const RECENT_BLOCKS = 3n;
/** More than this says no more: the first ones tell where to look, the export has them all. */
const PROBLEMS_KEPT_MAX = 200;

const problemsIn = (tx: Tx, from: bigint, to: bigint): Promise<AuditProblem[]> =>
  tx.query<AuditProblem>(sql`
    select problem, block_no as "blockNo", event_id as "eventId", posting_id as "postingId", detail
    from audit.problems_in(${from}, ${to}) order by block_no, event_id nulls first limit ${PROBLEMS_KEPT_MAX + 1}`);

const unknownPostings = async (tx: Tx): Promise<AuditProblem[]> =>
  (
    await tx.query<{ posting_id: string; document_id: string }>(sql`select * from audit.unknown_postings() limit ${PROBLEMS_KEPT_MAX + 1}`)
  ).map((p) => ({
    problem: 'posting-unknown',
    blockNo: null,
    eventId: null,
    postingId: p.posting_id,
    detail: p.document_id,
  }));

const read = <T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> => db.read(systemScope, work);

/**
 * Compares blocks from `fromBlock` to the newest with the rows they sealed, and those with what was posted. Reports what differs and
 * where; an empty list means: nothing was changed, removed or slipped in.
 */
export async function findAuditProblems(
  db: Database,
  fromBlock: bigint,
  toBlock: bigint,
  progress?: (done: number, total: number) => Promise<void>,
): Promise<AuditProblem[]> {
  const problems: AuditProblem[] = [];
  for (let from = fromBlock; from <= toBlock && problems.length <= PROBLEMS_KEPT_MAX; from += BigInt(BLOCKS_PER_STEP)) {
    const to = from + BigInt(BLOCKS_PER_STEP) - 1n;
    problems.push(...(await read(db, (tx) => problemsIn(tx, from, to < toBlock ? to : toBlock))));
    await progress?.(Number((to < toBlock ? to : toBlock) - fromBlock + 1n), Number(toBlock - fromBlock + 1n));
  }
  problems.push(...(await read(db, unknownPostings)));
  return problems;
}

const anchorProblems = async (system: System): Promise<AuditProblem[]> =>
  (await anchorMismatches(system)).map((m) => ({
    problem: 'anchor-differs',
    blockNo: m.blockNo,
    eventId: null,
    postingId: null,
    detail: m.anchored,
  }));

/** Verifies from a block (default the first) to the head, keeps the result, and writes an alarm to the log where something is wrong. */
export async function verifyAudit(
  system: System,
  options: { readonly startedBy: string; readonly fromBlock?: bigint; readonly progress?: (done: number, total: number) => Promise<void> },
): Promise<AuditVerification> {
  const startedAt = system.clock.now().toISOString();
  await sealAudit(system.db);
  const head = await read(system.db, auditHead);
  const [from, to] = [options.fromBlock ?? 1n, BigInt(head?.blockNo ?? 0)];
  const problems = [...(await anchorProblems(system)), ...(await findAuditProblems(system.db, from, to, options.progress))];
  const id = newId('aver');
  const finishedAt = system.clock.now().toISOString();
  await system.db.write(systemScope, (tx) =>
    tx.query(sql`
    insert into audit.verification (verification_id, started_by, started_at, finished_at, from_block, to_block, block_hash, event_count,
      posting_count, problem_count, problems)
    select ${id}, ${options.startedBy}, ${startedAt}::timestamptz, ${finishedAt}::timestamptz, ${from}, ${to}, ${head?.blockHash ?? null},
      coalesce((select sum(row_count) from audit.block where block_no between ${from} and ${to}), 0),
      (select count(*) from audit.event where posting_digest is not null), ${problems.length},
      ${storableJson(problems.slice(0, PROBLEMS_KEPT_MAX))}::jsonb`),
  );
  if (problems.length > 0)
    system.log.error({ problems: problems.slice(0, 10), count: problems.length }, 'the audit ledger was tampered with');
  return (await read(system.db, (tx) => verifications(tx, 1, id)))[0]!;
}

/** Past verifications, the newest first. */
export const verifications = (tx: Tx, limit: number, id: string | null = null): Promise<AuditVerification[]> =>
  tx.query<AuditVerification>(sql`
    select verification_id as "verificationId", started_by as "startedBy", started_at as "startedAt", finished_at as "finishedAt",
      from_block as "fromBlock", to_block as "toBlock", block_hash as "blockHash", event_count as "eventCount",
      posting_count as "postingCount", problem_count as "problemCount", problems
    from audit.verification where (${id}::text is null or verification_id = ${id})
    order by finished_at desc, verification_id desc limit ${limit}`);

/** What the health page asks, in constant time: the newest blocks hold, sealing keeps up, the last full verification found nothing. */
export async function auditHealth(
  system: System,
): Promise<{ isHealthy: boolean; head: string | null; waitingSeconds: number; problems: AuditProblem[] }> {
  const { head, waiting, last } = await read(system.db, async (tx) => ({
    head: await auditHead(tx),
    waiting: await tx.one<{ seconds: number }>(sql`
      select coalesce(extract(epoch from clock_timestamp() - min(e.recorded_at)), 0)::float8 as seconds from audit.event e
      where (e.xid, e.event_id) > (select coalesce(max(last_xid), '0'), coalesce(max(last_event_id), 0) from (
        select last_xid, last_event_id from audit.block order by block_no desc limit 1) head)`),
    last: (await verifications(tx, 1))[0],
  }));
  const to = BigInt(head?.blockNo ?? 0);
  const recent = to === 0n ? [] : await read(system.db, (tx) => problemsIn(tx, to > RECENT_BLOCKS ? to - RECENT_BLOCKS : 1n, to));
  const problems = [...recent, ...(last?.problems ?? [])];
  // A minute without sealing means the sealer does not run, or one transaction has been open all that time.
  return {
    isHealthy: problems.length === 0 && waiting.seconds < 60,
    head: head?.blockHash ?? null,
    waitingSeconds: waiting.seconds,
    problems,
  };
}
