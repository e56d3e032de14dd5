import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scopeOf } from '#kernel/access/actor.ts';
import { auditApart } from '#kernel/audit/append.server.ts';
import { exportAudit } from '#kernel/audit/export.server.ts';
import { auditHead } from '#kernel/audit/seal.server.ts';
import { auditHealth, verifications } from '#kernel/audit/verify.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import { projectRoot } from '#kernel/db/project-root.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import { startJob } from '#kernel/jobs/enqueue.server.ts';
import { jobColumns } from './job-handlers.server.ts';
import {
  exportAuditLedger,
  listAuditBlocks,
  listVerifications,
  readAuditHead,
  readVerifier,
  verifyAuditNow,
  type JobRun,
} from './operations.ts';
import { auditRefusals } from './refusals.ts';

const VERIFICATIONS_SHOWN = 20;
const PROBLEMS_SHOWN = 200;

interface BlockRow {
  readonly blockNo: string;
  readonly rowCount: number;
  readonly sealedAt: string;
  readonly blockHash: string;
  readonly prevHash: string;
  readonly merkleRoot: string;
  readonly firstEventId: string;
  readonly lastEventId: string;
}

async function blocks(context: Context, cursor: string | undefined, limit: number) {
  const found = await context.system.db.read(systemScope, (tx) =>
    tx.query<BlockRow>(sql`
    select block_no as "blockNo", row_count as "rowCount", sealed_at as "sealedAt", encode(block_hash, 'hex') as "blockHash",
      encode(prev_hash, 'hex') as "prevHash", encode(merkle_root, 'hex') as "merkleRoot", first_event_id as "firstEventId",
      last_event_id as "lastEventId"
    from audit.block where block_no < ${cursor ?? '9223372036854775807'}::bigint order by block_no desc limit ${limit + 1}`),
  );
  const rows = found.slice(0, limit);
  return { rows, nextCursor: found.length > limit ? (rows.at(-1)?.blockNo ?? null) : null };
}

const running = (tx: Tx): Promise<JobRun | undefined> =>
  tx.maybe<JobRun>(sql`
  select ${jobColumns} from kernel.job_run where name = 'audit.verify' and state in ('queued', 'running')
  order by created_at desc limit 1`);

/** One verification at a time: a second wish is answered by the one under way. */
const verifyNow = (context: Context, fromBlock: string | undefined): Promise<{ jobId: string }> =>
  context.system.db.write(systemScope, async (tx) => {
    await tx.query(sql`select pg_advisory_xact_lock(7240004)`);
    const under = await running(tx);
    const payload = { fromBlock: fromBlock ?? '1', startedBy: context.actor.name };
    return { jobId: under?.id ?? (await startJob(tx, { name: 'audit.verify', payload, startedBy: context.actor.id })) };
  });

/** Who takes the ledger out of the house is written into it first. */
async function exportLedger(context: Context): Promise<Response> {
  if (scopeOf(context.actor, 'audit.chain.export')?.entityIds !== '*') refuse(auditRefusals.exportNeedsGroup({}));
  await auditApart(context, { entityId: null, kind: 'audit', action: 'export' });
  const lines = exportAudit(context.system);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await lines.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
  const day = context.system.clock.now().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="medtrade-audit-${day}.jsonl"`,
    },
  });
}

async function verifierScript(): Promise<Response> {
  return new Response(await readFile(join(projectRoot, 'scripts/verify-audit.mjs'), 'utf8'), {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'content-disposition': 'attachment; filename="verify-audit.mjs"' },
  });
}

export const chainHandlers: OperationHandler[] = [
  handle(readAuditHead, async (context) => {
    const { isHealthy, waitingSeconds } = await auditHealth(context.system);
    return { head: (await context.system.db.read(systemScope, auditHead)) ?? null, isHealthy, waitingSeconds };
  }),
  handle(listAuditBlocks, (context, { query }) => blocks(context, query.cursor, query.limit)),
  handle(verifyAuditNow, (context, { body }) => verifyNow(context, body.fromBlock)),
  handle(listVerifications, (context) =>
    context.system.db.read(systemScope, async (tx) => ({
      rows: (await verifications(tx, VERIFICATIONS_SHOWN)).map((v) => ({ ...v, problems: v.problems.slice(0, PROBLEMS_SHOWN) })),
      running: (await running(tx)) ?? null,
    })),
  ),
  handle(exportAuditLedger, (context) => exportLedger(context)),
  handle(readVerifier, () => verifierScript()),
];
