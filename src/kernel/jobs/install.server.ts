import { runMigrations, Logger } from 'graphile-worker';
import pg from 'pg';
import { APPLICATION_ROLE } from '../db/database.server.ts';

/** Messages of the queue library are ours to phrase; its errors reach us as events and exceptions. */
export const quietQueueLog = new Logger(() => () => undefined);

/** A connection that PostgreSQL closes fails the query that runs on it; without a listener it would end the process too. */
export function surviveLostConnections(pool: pg.Pool): void {
  if (pool.listenerCount('error') === 0) pool.on('error', () => undefined);
  if (pool.listenerCount('connect') === 0) pool.on('connect', (client) => client.on('error', () => undefined));
}

/**
 * Brings the job queue's own schema up to date, as the owner, and opens it to the application role: the library turns row-level
 * security on without a policy, which would hide every job from anyone but the owner. Runs after the migrations, at every start.
 */
export async function installJobQueue(owner: pg.ClientConfig): Promise<void> {
  const pool = new pg.Pool({ ...owner, max: 2, application_name: 'medtrade job queue' });
  surviveLostConnections(pool);
  try {
    await runMigrations({ pgPool: pool, logger: quietQueueLog });
    await pool.query(`
      do $$
      declare
        t record;
      begin
        grant usage on schema graphile_worker to ${APPLICATION_ROLE};
        grant select on graphile_worker.migrations to ${APPLICATION_ROLE};
        for t in select c.oid::regclass as name from pg_class c
                 where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations' loop
          execute format('grant select, insert, update, delete on %s to ${APPLICATION_ROLE}', t.name);
          if not exists (select from pg_policy where polrelid = t.name and polname = 'application') then
            execute format('create policy application on %s to ${APPLICATION_ROLE} using (true)', t.name);
          end if;
        end loop;
        grant select on all tables in schema graphile_worker to ${APPLICATION_ROLE};
      end $$`);
  } finally {
    await pool.end();
  }
}
