import type { JobHelpers } from 'graphile-worker';
import { sql, systemScope } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';
import type { Job } from '../module.server.ts';

/** What travels in the queue; scheduled jobs carry `_cron` instead. */
interface Envelope {
  readonly payload?: unknown;
  readonly runId?: string;
  readonly _cron?: { readonly ts: string };
}

/** Progress is written at most this often: it is for eyes. */
const PROGRESS_EVERY_MS = 300;
const MESSAGE_MAX = 2_000;

/** Ends a run that was cancelled; raised from `progress`. */
export class JobCancelled extends Error {}

/** Starts the run's row; false where it was cancelled before. */
async function begin(system: System, id: string, name: string): Promise<boolean> {
  const rows = await system.db.write(systemScope, (tx) =>
    tx.query(sql`
    insert into kernel.job_run as r (id, name, state, attempts, started_by, started_at)
    values (${id}, ${name}, 'running', 1, 'system', clock_timestamp())
    on conflict (id) do update set state = 'running', attempts = r.attempts + 1, done = 0, message = null,
      started_at = coalesce(r.started_at, excluded.started_at), finished_at = null
    where r.state <> 'cancelled'
    returning r.id`),
  );
  return rows.length === 1;
}

const finish = (system: System, id: string, state: 'done' | 'failed' | 'queued', message: string | null): Promise<unknown> =>
  system.db.write(systemScope, (tx) =>
    tx.query(sql`
    update kernel.job_run
    set state = ${state}, message = ${message?.slice(0, MESSAGE_MAX) ?? null},
      finished_at = case when ${state}::text = 'queued' then null else clock_timestamp() end,
      done = case when ${state}::text = 'done' and total > 0 then total else done end
    where id = ${id} and state = 'running'`),
  );

/** Writes progress, and asks on the way whether the run is still wanted. */
function progressOf(system: System, id: string | undefined, abort: AbortSignal) {
  let writtenAt = 0;
  return async (done: number, total: number): Promise<void> => {
    if (abort.aborted) throw new Error('the server is stopping; the job will be repeated');
    const now = performance.now();
    if (!id || (now - writtenAt < PROGRESS_EVERY_MS && writtenAt > 0)) return;
    writtenAt = now;
    const rows = await system.db.write(systemScope, (tx) =>
      tx.query(sql`
      update kernel.job_run set done = ${done}, total = ${total} where id = ${id} and state = 'running' returning id`),
    );
    if (rows.length === 0) throw new JobCancelled(`job run ${id} was cancelled`);
  };
}

/** The queue's task for a job: keeps the run's row, repeats a failed one, and gives up after the last attempt. */
export const taskOf =
  (job: Job, system: System) =>
  async (raw: unknown, helpers: JobHelpers): Promise<void> => {
    const envelope = raw as Envelope;
    const id = envelope.runId ?? (envelope._cron ? `scheduled-${helpers.job.id}` : undefined);
    if (id && !(await begin(system, id, job.name))) return;
    try {
      await job.run(system, envelope.payload, progressOf(system, id, helpers.abortSignal));
      if (id) await finish(system, id, 'done', null);
    } catch (error) {
      if (error instanceof JobCancelled) return;
      const isLast = helpers.job.attempts >= helpers.job.max_attempts;
      const message = error instanceof Error ? error.message : String(error);
      system.log.error({ error, job: job.name, runId: id, attempt: helpers.job.attempts, isLast }, 'a job failed');
      if (id) await finish(system, id, isLast ? 'failed' : 'queued', message);
      throw error;
    }
  };
