import { can } from '#kernel/access/actor.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import { empty } from '#kernel/db/sql.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import type { OperationInput } from '#kernel/http/operation.ts';
import { cancelJob } from '#kernel/jobs/enqueue.server.ts';
import { appendAudit, auditWho } from '#kernel/audit/append.server.ts';
import { text } from '#kernel/i18n/text.ts';
import { cancelJobRun, listJobs, readJob, type JobRun } from './operations.ts';
import { auditRefusals } from './refusals.ts';

/** A run as it travels. */
export const jobColumns = sql`id, name, state, done::float8 as done, total::float8 as total, attempts, message, entity_id as "entityId",
  started_by as "startedBy", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

async function jobs(context: Context, query: OperationInput<typeof listJobs>['query']) {
  const isAll = query.of === 'all';
  if (isAll && !can(context.actor, 'audit.job.view')) {
    refuse(
      commandRefusals.notPermitted({
        action: text('查看所有人的后台任务', 'See everyone’s background jobs'),
        permission: 'audit.job.view',
      }),
    );
  }
  // Ids are sortable by time, so they are the place in the list.
  const found = await context.system.db.read(systemScope, (tx) =>
    tx.query<JobRun>(sql`
    select ${jobColumns} from kernel.job_run
    where true ${isAll ? empty : sql`and started_by = ${context.actor.id}`} ${query.state ? sql`and state = ${query.state}` : empty}
      ${query.cursor ? sql`and (created_at, id) < (select c.created_at, c.id from kernel.job_run c where c.id = ${query.cursor})` : empty}
    order by created_at desc, id desc limit ${query.limit + 1}`),
  );
  const rows = found.slice(0, query.limit);
  return { rows, nextCursor: found.length > query.limit ? (rows.at(-1)?.id ?? null) : null };
}

/** A run the actor may touch: their own, or with the permission any. What is not theirs does not exist for them. */
async function runFor(tx: Tx, context: Context, id: string, permission: string): Promise<JobRun> {
  const run = await tx.maybe<JobRun>(sql`select ${jobColumns} from kernel.job_run where id = ${id}`);
  if (!run || (run.startedBy !== context.actor.id && !can(context.actor, permission))) return refuse(auditRefusals.noSuchJob({ id }));
  return run;
}

const cancel = (context: Context, id: string): Promise<JobRun> =>
  context.system.db.write(systemScope, async (tx) => {
    const run = await runFor(tx, context, id, 'audit.job.cancel');
    if (!(await cancelJob(tx, id))) refuse(auditRefusals.jobHasEnded({ id }));
    await appendAudit(tx, [
      {
        ...auditWho(context),
        entityId: run.entityId,
        kind: 'job',
        recordId: id,
        action: 'cancel',
        fromState: run.state,
        toState: 'cancelled',
        changes: [{ field: 'name', old: run.name, new: run.name }],
      },
    ]);
    return runFor(tx, context, id, 'audit.job.cancel');
  });

export const jobHandlers: OperationHandler[] = [
  handle(listJobs, (context, { query }) => jobs(context, query)),
  handle(readJob, (context, { params }) =>
    context.system.db.read(systemScope, (tx) => runFor(tx, context, params.jobId, 'audit.job.view')),
  ),
  handle(cancelJobRun, (context, { params }) => cancel(context, params.jobId)),
];
