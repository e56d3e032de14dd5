import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, type Binaries, type RunAs } from './embedded-binaries.server.ts';
import { explainStart, refuseOtherMajor, refuseStranger, refuseUnusable } from './embedded-refusals.server.ts';
import type { Cluster, EmbeddedOptions, EmbeddedPostgres } from './embedded-cluster.server.ts';
import { startOnWindows } from './embedded-windows.server.ts';
import { disarmStaleLock, isPostgresAlive, readPostmasterFile } from './postmaster-file.server.ts';

const SUPERUSER = 'postgres';
/** Below the 107 bytes a socket path may have. */
const SOCKET_FOLDER_LENGTH_MAX = 88;
const OWN_FOLDER = '/proc/self/cwd';

const SETTINGS = {
  shared_buffers: '256MB',
  max_connections: '100',
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  idle_in_transaction_session_timeout: '120s',
};

const UNIX_ONLY = { listen_addresses: '', port: '5432', unix_socket_permissions: '0700' };

const environment = { ...process.env, LC_ALL: 'C', PGDATA: undefined, PGOPTIONS: undefined };

/**
 * The user of PostgreSQL may own a folder it cannot walk to (data below root's home). A process keeps the folder it was
 * started in, so there PostgreSQL is told to live in its working folder.
 */
function innerName(dir: string, runAs: RunAs | undefined): string {
  if (!runAs || process.platform !== 'linux') return dir;
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$0"', dir], { ...runAs, cwd: '/' });
  return probe.status === 0 ? dir : OWN_FOLDER;
}

function makeFolder(path: string, runAs: RunAs | undefined): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (runAs) chownSync(path, runAs.uid, runAs.gid);
  } catch (cause) {
    throw refuseUnusable(path, cause as NodeJS.ErrnoException);
  }
}

/**
 * Order and case never depend on the operating system (builtin C.UTF-8), but what counts as a letter for trigram search still does:
 * with ctype C a Chinese name would have no trigram at all.
 */
const LETTERS = ['C.UTF-8', 'en_US.UTF-8', 'UTF-8', 'C'];

function initdb(unfinished: string, binaries: Binaries, options: EmbeddedOptions, ctype: string): string | undefined {
  makeFolder(unfinished, binaries.runAs);
  const made = spawnSync(
    join(binaries.native, 'bin', 'initdb'),
    [
      '-D',
      innerName(unfinished, binaries.runAs),
      '-U',
      SUPERUSER,
      '--auth=trust',
      '-E',
      'UTF8',
      '--locale=C',
      `--lc-ctype=${ctype}`,
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(options.settings?.['fsync'] === 'off' ? ['--no-sync'] : []),
    ],
    { ...binaries.runAs, cwd: unfinished, env: environment, encoding: 'utf8' },
  );
  if (made.status === 0) return undefined;
  rmSync(unfinished, { recursive: true, force: true });
  return `${made.error?.message ?? ''}${made.stdout ?? ''}${made.stderr ?? ''}`;
}

/** Creates the cluster aside and moves it into place when whole, so that a start cut short leaves nothing half made. */
function createCluster(options: EmbeddedOptions, binaries: Binaries): void {
  const unfinished = `${options.dir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const ctype of LETTERS) {
    const output = initdb(unfinished, binaries, options, ctype);
    if (output === undefined) {
      renameSync(unfinished, options.dir);
      return;
    }
    if (!/invalid locale name/.test(output)) throw explainStart(options.dir, output);
  }
}

/** Makes sure the folder holds a cluster of this PostgreSQL version, or says why it cannot be used. */
function prepareCluster(options: EmbeddedOptions): Cluster {
  const dir = resolve(options.dir);
  const binaries = findBinaries();
  makeFolder(join(dir, '..'), undefined);
  if (existsSync(dir) && readdirSync(dir).length === 0) rmSync(dir, { recursive: true });
  if (!existsSync(dir)) createCluster({ ...options, dir }, binaries);
  const versionFile = join(dir, 'PG_VERSION');
  const major = existsSync(versionFile) ? Number(readFileSync(versionFile, 'utf8')) : 0;
  if (major !== binaries.major) throw refuseOtherMajor(dir, major, binaries.major);
  return { dir, logPath: `${dir}.log`, binaries, innerDir: innerName(dir, binaries.runAs), options };
}

function socketFolder(cluster: Cluster): string {
  if (cluster.innerDir === OWN_FOLDER || Buffer.byteLength(cluster.dir) <= SOCKET_FOLDER_LENGTH_MAX) return cluster.innerDir;
  const folder = mkdtempSync(join(tmpdir(), 'medtrade-'));
  if (cluster.binaries.runAs) chownSync(folder, cluster.binaries.runAs.uid, cluster.binaries.runAs.gid);
  return folder;
}

/** Starts the server in its own process group: Ctrl-C at the console reaches MedTrade, which then stops PostgreSQL in order. */
function launch(cluster: Cluster, socketDir: string): ChildProcess {
  const settings = { ...SETTINGS, ...UNIX_ONLY, unix_socket_directories: socketDir, ...cluster.options.settings };
  const log = openSync(cluster.logPath, 'a');
  try {
    const child = spawn(
      join(cluster.binaries.native, 'bin', 'postgres'),
      ['-D', cluster.innerDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...cluster.binaries.runAs, cwd: cluster.dir, env: environment, stdio: ['ignore', 'ignore', log], detached: true },
    );
    child.on('error', () => undefined); // seen as an exit below
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

function connectionOf(cluster: Cluster): pg.ClientConfig | undefined {
  const file = readPostmasterFile(cluster.dir);
  if (!file?.socketDir || !isPostgresAlive(file.pid)) return undefined;
  const host = file.socketDir === OWN_FOLDER ? cluster.dir : file.socketDir;
  return { host, port: file.port, user: SUPERUSER, database: SUPERUSER };
}

/** The two passing states of a server on its way up (or down): not reachable yet, or still recovering. */
const isNotReadyYet = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', '57P03', '57P01'].includes((error as { code?: string }).code ?? '') ||
  /terminated unexpectedly/.test(String(error));

async function tryConnect(config: pg.ClientConfig, dir: string, database: string): Promise<boolean> {
  const client = new pg.Client({ ...config, application_name: 'medtrade start' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
    return true;
  } catch (error) {
    if (isNotReadyYet(error)) return false;
    throw refuseStranger(dir, error as Error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waits without limit while the server lives: after a hard stop it may have much to recover, and killing it would not help. */
async function waitUntilReady(cluster: Cluster, child: ChildProcess | undefined): Promise<pg.ClientConfig | 'gone'> {
  const startedAt = performance.now();
  let nextWord = 5000;
  for (;;) {
    const connection = connectionOf(cluster);
    if (connection && (await tryConnect(connection, cluster.dir, cluster.options.database))) return connection;
    const hasExited = child ? child.exitCode !== null || child.signalCode !== null || child.pid === undefined : !connection;
    if (hasExited) return 'gone';
    if (performance.now() - startedAt > nextWord) {
      nextWord *= 2;
      cluster.options.say?.(`PostgreSQL is still starting (recovering after a hard stop?); its log: ${cluster.logPath}`);
    }
    await wait(25);
  }
}

async function stopServer(cluster: Cluster, pid: number): Promise<void> {
  if (!isPostgresAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const startedAt = performance.now();
  let nextWord = 5000;
  while (isPostgresAlive(pid)) {
    if (performance.now() - startedAt > nextWord) {
      nextWord *= 2;
      cluster.options.say?.(`PostgreSQL (process ${pid}) is still writing; waiting for it to stop`);
    }
    await wait(20);
  }
}

const START_TRIES_MAX = 40;
const isPassing = (output: string): boolean =>
  /lock file .* already exists|pre-existing shared memory block|could not bind Unix address/.test(output);

interface Running {
  readonly pid: number;
  readonly connection: pg.ClientConfig;
  readonly isReused: boolean;
}

/** Starts the cluster's server, or takes over one that a killed MedTrade left running. */
async function startOrReuse(cluster: Cluster, socketDir: string): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    const file = readPostmasterFile(cluster.dir);
    const isReused = file !== undefined && isPostgresAlive(file.pid);
    if (file && !isReused) disarmStaleLock(cluster.dir);
    const logStart = existsSync(cluster.logPath) ? statSync(cluster.logPath).size : 0;
    const child = isReused ? undefined : launch(cluster, socketDir);
    const connection = await waitUntilReady(cluster, child);
    if (connection !== 'gone') return { pid: readPostmasterFile(cluster.dir)?.pid ?? child?.pid ?? 0, connection, isReused };
    const output = existsSync(cluster.logPath) ? readFileSync(cluster.logPath).subarray(logStart).toString() : '';
    const mayPass = isReused || isPassing(output);
    if (!mayPass || attempt === START_TRIES_MAX) throw explainStart(cluster.dir, output);
    await wait(250);
  }
}

async function startOnUnix(cluster: Cluster): Promise<EmbeddedPostgres> {
  let running = await startOrReuse(cluster, socketFolder(cluster));
  return {
    get pid() {
      return running.pid;
    },
    connection: { ...running.connection, database: cluster.options.database },
    isReused: running.isReused,
    isAlive: () => isPostgresAlive(running.pid),
    revive: async () => {
      const host = running.connection.host ?? '';
      running = await startOrReuse(cluster, host === cluster.dir ? cluster.innerDir : host);
    },
    stop: () => stopServer(cluster, running.pid),
  };
}

/**
 * Brings up the product's own PostgreSQL on a Unix socket (no port, no password, reachable by its owner and root only).
 * Throws a StartRefusal that says what stands in the way; never changes or removes data it does not understand.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = prepareCluster(options);
  return process.platform === 'win32' ? startOnWindows(cluster, SETTINGS) : startOnUnix(cluster);
}
