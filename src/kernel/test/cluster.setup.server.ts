import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../db/embedded.server.ts';
import { migrate } from '../db/migrate.server.ts';
import { installJobQueue } from '../jobs/install.server.ts';
import { readPostmasterFile } from '../db/postmaster-file.server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Owner's connection to the cluster of this run, and the migrated template every test database is copied from. */
    testCluster: { readonly connection: pg.ClientConfig; readonly template: string };
  }
}

const PREFIX = 'medtrade-test-';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Ends what killed runs left behind: their folder names carry the number of the process that made them. */
function sweepLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((n) => n.startsWith(PREFIX))) {
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    if (!owner || isAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    const server = readPostmasterFile(join(folder, 'postgres'));
    if (server && readFileSync(`/proc/${server.pid}/comm`, { encoding: 'utf8', flag: 'r' }).trim() === 'postgres')
      process.kill(server.pid, 'SIGINT');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** For tests only: nothing here outlives the run, so nothing needs to reach the disk. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
  max_connections: '200',
  autovacuum_naptime: '5min',
};

/** In parts, like the embedded one's, so that tests meet one shape; a socket folder comes as `?host=`. */
const connectionOf = (url: URL): pg.ClientConfig => ({
  host: url.searchParams.get('host') ?? url.hostname,
  port: Number(url.port || 5432),
  user: decodeURIComponent(url.username),
  ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
  database: url.pathname.slice(1) || 'postgres',
});

async function openCluster(): Promise<{ connection: pg.ClientConfig; close: () => Promise<void> }> {
  const external = process.env['TEST_DATABASE_URL'];
  if (external) return { connection: connectionOf(new URL(external)), close: async () => undefined };
  try {
    sweepLeftovers();
  } catch {
    // another run is sweeping, or the platform has no /proc: leftovers only cost space
  }
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const postgres = await startEmbeddedPostgres({ dir: join(folder, 'postgres'), database: 'postgres', settings: FAST });
  return {
    connection: postgres.connection,
    close: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One PostgreSQL per test run (or the one of TEST_DATABASE_URL), with one template database migrated once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await openCluster();
  const template = `medtrade_template_${process.pid}`;
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client(cluster.connection);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  try {
    await run(`create database ${template} template template0 encoding 'UTF8'`);
    await migrate(inDatabase(cluster.connection, template));
    await installJobQueue(inDatabase(cluster.connection, template));
  } catch (error) {
    await run(`drop database if exists ${template}`).catch(() => undefined);
    await cluster.close();
    throw error;
  }
  project.provide('testCluster', { connection: cluster.connection, template });
  return async () => {
    await run(`drop database if exists ${template} with (force)`);
    await cluster.close();
  };
}

/** The same server, another database. */
export const inDatabase = (connection: pg.ClientConfig, database: string): pg.ClientConfig => ({ ...connection, database });
