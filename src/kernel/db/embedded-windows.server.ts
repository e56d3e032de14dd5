import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { explainStart } from './embedded-refusals.server.ts';
import type { Cluster, EmbeddedPostgres } from './embedded-cluster.server.ts';
import { isPostgresAlive, readPostmasterFile } from './postmaster-file.server.ts';

const HOST = '127.0.0.1';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, HOST, () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
  });

const pgCtl = (cluster: Cluster, ...args: string[]) =>
  spawnSync(join(cluster.binaries.native, 'bin', 'pg_ctl.exe'), ['-D', cluster.dir, '-w', ...args], { encoding: 'utf8' });

/**
 * Windows has no Unix sockets here, so the server listens on the loopback address with a random password, and is started by
 * pg_ctl, which gives up administrator rights that PostgreSQL refuses to run with. The first start sets the password in single-user mode.
 */
function password(cluster: Cluster): string {
  const path = `${cluster.dir}.password`;
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const secret = randomBytes(24).toString('base64url');
  const set = spawnSync(join(cluster.binaries.native, 'bin', 'postgres.exe'), ['--single', '-D', cluster.dir, 'postgres'], {
    input: `alter user postgres password '${secret}'\n`,
    encoding: 'utf8',
  });
  if (set.status !== 0) throw explainStart(cluster.dir, set.stderr);
  writeFileSync(join(cluster.dir, 'pg_hba.conf'), `host all all ${HOST}/32 scram-sha-256\n`);
  writeFileSync(path, secret, { mode: 0o600 });
  return secret;
}

function start(cluster: Cluster, settings: Readonly<Record<string, string>>): void {
  const file = readPostmasterFile(cluster.dir);
  if (file && isPostgresAlive(file.pid)) return;
  const options = Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
  const started = pgCtl(cluster, 'start', '-l', cluster.logPath, '-t', '600', '-o', options);
  if (started.status !== 0) throw explainStart(cluster.dir, `${started.stdout}${started.stderr}`);
}

async function ensureDatabase(connection: pg.ClientConfig, database: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

/** The Windows way of `startEmbeddedPostgres`. */
export async function startOnWindows(cluster: Cluster, common: Readonly<Record<string, string>>): Promise<EmbeddedPostgres> {
  const secret = password(cluster);
  const before = readPostmasterFile(cluster.dir);
  const isReused = before !== undefined && isPostgresAlive(before.pid);
  const port = isReused ? before.port : await freePort();
  const settings = { ...common, listen_addresses: HOST, port: String(port), ...cluster.options.settings };
  start(cluster, settings);
  const connection = { host: HOST, port, user: 'postgres', password: secret, database: 'postgres' };
  await ensureDatabase(connection, cluster.options.database);
  const pid = (): number => readPostmasterFile(cluster.dir)?.pid ?? 0;
  return {
    pid: pid(),
    connection: { ...connection, database: cluster.options.database },
    isReused,
    isAlive: () => pid() > 0 && isPostgresAlive(pid()),
    revive: async () => start(cluster, settings),
    stop: async () => {
      pgCtl(cluster, 'stop', '-m', 'fast', '-t', '600');
    },
  };
}
