import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../db/embedded.server.ts';
import { collectMigrations, migrate } from '../../db/migrate.server.ts';

/** A database with the ledgers in it, thrown away afterwards. */
export interface TrialDatabase {
  readonly connection: pg.ClientConfig;
  readonly owner: pg.Pool;
  readonly close: () => Promise<void>;
}

/** The ground and the two ledgers. */
const LEDGER_MIGRATION_LAST = 3;

async function cluster(): Promise<{ connection: pg.ClientConfig; stop: () => Promise<void> }> {
  const url = process.env['DATABASE_URL'];
  if (url) return { connection: { connectionString: url }, stop: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'medtrade-trial-'));
  const postgres = await startEmbeddedPostgres({ dir: join(folder, 'postgres'), database: 'postgres' });
  return {
    connection: postgres.connection,
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function inDatabase(connection: pg.ClientConfig, database: string): pg.ClientConfig {
  if (!connection.connectionString) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

/** Makes one on the server of DATABASE_URL,
  or on an embedded PostgreSQL of its own with production settings (every commit reaches the disk). */
export async function trialDatabase(): Promise<TrialDatabase> {
  const server = await cluster();
  const name = `medtrade_trial_${process.pid}`;
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client(server.connection);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name} template template0 encoding 'UTF8'`);
  const connection = inDatabase(server.connection, name);
  await migrate(
    connection,
    collectMigrations().filter((m) => m.number <= LEDGER_MIGRATION_LAST),
  );
  const owner = new pg.Pool({ ...connection, max: 2 });
  return {
    connection,
    owner,
    close: async () => {
      await owner.end();
      await run(`drop database ${name} with (force)`);
      await server.stop();
    },
  };
}
