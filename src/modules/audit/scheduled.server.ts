import { anchorAudit } from '#kernel/audit/anchor.server.ts';
import { verifyAudit } from '#kernel/audit/verify.server.ts';
import { sql, systemScope } from '#kernel/db/database.server.ts';
import type { Job } from '#kernel/module.server.ts';
import { mailJob } from '#kernel/outbox/mail.server.ts';

const OUTBOX_DAYS = 14;
const JOB_RUN_DAYS = 90;

const anchor: Job = { name: 'audit.anchor', cron: '7 0 * * *', run: async (system) => void (await anchorAudit(system)) };

/** On demand with who asked, nightly without; problems are kept with the result and logged as an alarm. */
const verify: Job = {
  name: 'audit.verify',
  cron: '23 2 * * *',
  run: async (system, payload: { fromBlock?: string; startedBy?: string } | undefined, progress) => {
    await verifyAudit(system, { startedBy: payload?.startedBy ?? 'system', fromBlock: BigInt(payload?.fromBlock ?? 1), progress });
  },
};

const tidy: Job = {
  name: 'audit.tidy',
  cron: '41 3 * * *',
  run: (system) =>
    system.db.write(systemScope, async (tx) => {
      await tx.query(sql`select outbox.forget(clock_timestamp() - make_interval(days => ${OUTBOX_DAYS}))`);
      await tx.query(sql`delete from kernel.job_run where finished_at < clock_timestamp() - make_interval(days => ${JOB_RUN_DAYS})`);
    }),
};

export const auditJobs: readonly Job[] = [anchor, verify, tidy, mailJob()];
