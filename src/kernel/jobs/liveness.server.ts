import type pg from 'pg';
import { sql, systemScope } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';

const LOCK_CLASS = 7240003;
const SWEEP_EVERY_MS = 10_000;
/** A worker takes its lock just after it is made; jobs younger than this are left alone. */
const GRACE_SECONDS = 15;

/**
 * Gives the jobs of dead workers back to the queue. Each worker holds an advisory lock on a connection of its own as long as it
 * lives; PostgreSQL drops the lock with the process, so a job whose worker holds none is free (the queue itself would wait four hours).
 */
export async function releaseAbandonedJobs(system: System, graceSeconds = GRACE_SECONDS): Promise<number> {
  const rows = await system.db.write(systemScope, (tx) =>
    tx.query(sql`
    with dead as (
      select distinct j.locked_by from graphile_worker._private_jobs j
      where j.locked_by is not null and j.locked_at < clock_timestamp() - make_interval(secs => ${graceSeconds}::float8)
        and not exists (
          select from pg_locks l
          where l.locktype = 'advisory' and l.granted and l.classid = ${LOCK_CLASS}::oid and l.objsubid = 2
            and l.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid
            and l.database = (select oid from pg_database where datname = current_database())
        )
    )
    update graphile_worker._private_jobs j set locked_at = null, locked_by = null, run_at = least(j.run_at, clock_timestamp()),
      updated_at = clock_timestamp()
    from dead where j.locked_by = dead.locked_by
    returning j.id`),
  );
  return rows.length;
}

/** Holds the sign of life of one worker and sweeps after the dead ones, until stopped. */
export async function startLiveness(system: System, workerId: string): Promise<{ stop: () => Promise<void> }> {
  let isStopped = false;
  let client: pg.PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  const hold = async (): Promise<void> => {
    const taken = await system.db.pool.connect();
    taken.on('error', () => {
      if (client === taken) client = undefined; // the next sweep takes the lock again on another connection
    });
    await taken.query('select pg_advisory_lock($1, hashtext($2))', [LOCK_CLASS, workerId]);
    client = taken;
  };
  const sweep = async (): Promise<void> => {
    try {
      if (!client) await hold();
      const released = await releaseAbandonedJobs(system);
      if (released > 0) system.log.warn({ released }, 'jobs of a worker that died are in the queue again');
    } catch (error) {
      system.log.error({ error }, 'abandoned jobs could not be looked for, trying again');
    }
    if (!isStopped) timer = setTimeout(() => void sweep(), SWEEP_EVERY_MS).unref();
  };
  await hold();
  void sweep();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await client?.query('select pg_advisory_unlock_all()').catch(() => undefined);
      client?.release();
      client = undefined;
    },
  };
}
