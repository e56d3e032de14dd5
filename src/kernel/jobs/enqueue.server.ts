import { storableJson } from '../audit/storable-json.ts';
import { sql, type Tx } from '../db/database.server.ts';
import { newId } from '../db/id.server.ts';

/** Attempts of one job before it counts as failed; waits grow from seconds to minutes between them. */
export const ATTEMPTS_MAX = 6;

export interface EnqueueOptions {
  /** A job waiting under the same key is replaced, so that one thing is done once. */
  readonly key?: string;
  readonly runAt?: Date;
  readonly attemptsMax?: number;
}

/** Puts work into the queue in the running transaction: it exists if, and only if, the transaction commits. */
export async function enqueue(tx: Tx, name: string, payload: unknown, options: EnqueueOptions = {}): Promise<void> {
  await addJob(tx, name, { payload }, options);
}

async function addJob(tx: Tx, name: string, envelope: object, options: EnqueueOptions): Promise<void> {
  await tx.query(sql`
    select from graphile_worker.add_job(${name}, ${storableJson(envelope)}::json,
      run_at => ${options.runAt?.toISOString() ?? null}::timestamptz,
      max_attempts => ${options.attemptsMax ?? ATTEMPTS_MAX}, job_key => ${options.key ?? null}::text)`);
}

/** Starts work that someone watches: it shows in their list with its progress. Returns the id of the run. */
export async function startJob(
  tx: Tx,
  job: { readonly name: string; readonly payload: unknown; readonly startedBy: string; readonly entityId?: string | null },
): Promise<string> {
  const id = newId('job');
  await tx.query(sql`
    insert into kernel.job_run (id, name, payload, entity_id, started_by)
    values (${id}, ${job.name}, ${storableJson(job.payload ?? {})}::jsonb, ${job.entityId ?? null}, ${job.startedBy})`);
  await addJob(tx, job.name, { payload: job.payload, runId: id }, { key: id });
  return id;
}

/** Stops a run: a waiting one never starts, a running one ends at its next sign of progress. False where it had ended already. */
export async function cancelJob(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(sql`
    update kernel.job_run set state = 'cancelled', finished_at = clock_timestamp() where id = ${id} and state in ('queued', 'running')
    returning id`);
  if (rows.length === 0) return false;
  await tx.query(sql`select from graphile_worker.remove_job(${id})`);
  return true;
}
