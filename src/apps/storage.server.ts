import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { EmbeddedPostgres } from '#kernel/db/embedded-cluster.server.ts';
import { startEmbeddedPostgres } from '#kernel/db/embedded.server.ts';
import { checkExternalDatabase } from '#kernel/db/external.server.ts';
import { StartRefusal } from '#kernel/db/start-refusal.server.ts';
import { text } from '#kernel/i18n/text.ts';
import type { Settings } from './settings.server.ts';

/** Where the product's rows live, open for its owner. */
export interface Storage {
  readonly connection: pg.ClientConfig;
  readonly warnings: readonly string[];
  /** Stops what was started for it; an external server is left alone. */
  readonly close: () => Promise<void>;
}

const DATABASE = 'medtrade';
/** Held by the one MedTrade that uses the embedded database; PostgreSQL drops it with the process, however it ends. */
const HOLDER_LOCK = 7_305_002;
const HOLDER_WAIT_MS = 5000;
const WATCH_EVERY_MS = 500;
const REVIVALS_MAX = 5;
const REVIVALS_WITHIN_MS = 60_000;

async function hold(connection: pg.ClientConfig, name: string): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, application_name: name.slice(0, 63) });
  client.on('error', () => undefined);
  await client.connect();
  const giveUpAt = performance.now() + HOLDER_WAIT_MS;
  for (;;) {
    const got = await client.query<{ is_held: boolean }>('select pg_try_advisory_lock($1) as is_held', [HOLDER_LOCK]);
    if (got.rows[0]?.is_held) return client;
    if (performance.now() > giveUpAt) break;
    await wait(100); // a killed process's connection takes a moment to be noticed
  }
  const other = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and l.objid = $1`,
    [HOLDER_LOCK],
  );
  await client.end();
  const who = other.rows[0]?.name ?? '?';
  throw new StartRefusal(
    'already-running',
    text(
      `此数据目录上已有 MedTrade 在运行（${who}）。请使用它，或先停止它。`,
      `A MedTrade is already running on this data folder (${who}). Use that one, or stop it first.`,
    ),
  );
}

/** Looks after the embedded server while the product runs: one that was killed from outside is started again. */
function watch(postgres: EmbeddedPostgres, onRevived: () => Promise<void>, onLost: (error: unknown) => void): () => Promise<void> {
  const stopped = new AbortController();
  const revivedAt: number[] = [];
  const look = async (): Promise<void> => {
    for (;;) {
      await wait(WATCH_EVERY_MS, undefined, { ref: false, signal: stopped.signal });
      if (postgres.isAlive()) continue;
      const recent = revivedAt.filter((at) => performance.now() - at < REVIVALS_WITHIN_MS);
      if (recent.length >= REVIVALS_MAX) throw new Error('the embedded PostgreSQL keeps stopping; its log is in the data folder');
      revivedAt.push(performance.now());
      await postgres.revive();
      await onRevived();
    }
  };
  const done = look().catch((error: unknown) => {
    if (!stopped.signal.aborted) onLost(error);
  });
  return async () => {
    stopped.abort();
    await done;
  };
}

async function openEmbedded(settings: Settings, name: string, report: StorageReport): Promise<Storage> {
  const postgres = await startEmbeddedPostgres({ dir: join(settings.dataDir, 'postgres'), database: DATABASE, say: report.say });
  let holder = await hold(postgres.connection, name);
  const stopWatching = watch(
    postgres,
    async () => {
      report.say('PostgreSQL had stopped and was started again');
      await holder.end().catch(() => undefined);
      holder = await hold(postgres.connection, name);
    },
    report.onLost,
  );
  return {
    connection: postgres.connection,
    warnings: [],
    close: async () => {
      await stopWatching();
      await holder.end().catch(() => undefined);
      await postgres.stop();
    },
  };
}

export interface StorageReport {
  readonly say: (line: string) => void;
  /** The embedded database is gone for good. */
  readonly onLost: (error: unknown) => void;
}

/** Opens the embedded PostgreSQL, or the one of DATABASE_URL after checking that it can hold the product. */
export async function openStorage(settings: Settings, name: string, report: StorageReport): Promise<Storage> {
  if (settings.databaseUrl === undefined) return openEmbedded(settings, name, report);
  const connection = { connectionString: settings.databaseUrl };
  return { connection, warnings: await checkExternalDatabase(connection), close: async () => undefined };
}
