import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import type { Clock } from '../clock/clock.server.ts';
import { Database } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';
import { inDatabase } from './cluster.setup.server.ts';

/** A fresh, migrated database of one test file. Removed when the file ends. */
export interface TestDatabase {
  /** As the product works: in the application role, with a row scope. */
  readonly db: Database;
  /** As the owner, past every wall: to look behind the scenes or to tamper. */
  readonly owner: pg.Pool;
  /** Owner's connection, for what opens its own (migrations, jobs, another process). */
  readonly connection: pg.ClientConfig;
  /** The same as an address. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const opened = new Set<() => Promise<void>>();
let databases = 0;

/** Called after each test file: closes and removes everything that file opened. */
export async function closeAllOpened(): Promise<void> {
  const all = [...opened];
  opened.clear();
  for (const close of all.toReversed()) await close();
}

/** Registers what ends with the test file; ending it earlier does no harm. */
export const onceOnly = (work: () => Promise<void>): (() => Promise<void>) => {
  const close = async (): Promise<void> => {
    if (opened.delete(close)) await work();
  };
  opened.add(close);
  return close;
};

function urlOf({ host, port, user, password, database }: pg.ClientConfig): string {
  const secret = typeof password === 'string' ? `:${encodeURIComponent(password)}` : '';
  const place = `localhost:${port}/${database}?host=${encodeURIComponent(host ?? '')}`;
  return `postgres://${encodeURIComponent(user ?? '')}${secret}@${place}`;
}

async function inCluster(connection: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function makeDatabase(options: string): Promise<{ connection: pg.ClientConfig; drop: () => Promise<void> }> {
  const { connection } = inject('testCluster');
  databases += 1;
  const name = `test_${process.pid}_${performance.timeOrigin.toString(36).replace('.', '')}_${databases}`;
  await inCluster(connection, `create database ${name} ${options}`);
  return { connection: inDatabase(connection, name), drop: () => inCluster(connection, `drop database ${name} with (force)`) };
}

/** Makes a database with all migrations applied (about 50 ms: a copy of the run's template, or of a database nobody is connected to). */
export async function testDatabase(template: string = inject('testCluster').template): Promise<TestDatabase> {
  const { connection, drop } = await makeDatabase(`template ${template}`);
  const db = new Database({ connection, poolMax: 20 });
  const owner = new pg.Pool({ ...connection, max: 4 });
  owner.on('error', () => undefined);
  const close = onceOnly(async () => {
    await Promise.all([db.close(), owner.end()]);
    await drop();
  });
  return { db, owner, connection, url: urlOf(connection), close };
}

/** Makes a database without anything in it, for what migrates it itself. */
export async function emptyDatabase(options = `encoding 'UTF8'`): Promise<Pick<TestDatabase, 'connection' | 'url'>> {
  const { connection, drop } = await makeDatabase(`template template0 ${options}`);
  onceOnly(drop);
  return { connection, url: urlOf(connection) };
}

/** A clock that stands still until it is told otherwise. */
export interface TestClock extends Clock {
  set(iso: string): void;
  advance(milliseconds: number): void;
}

export function testClock(iso = '2026-03-02T09:00:00Z'): TestClock {
  let now = new Date(iso).getTime();
  return {
    now: () => new Date(now),
    set: (next) => {
      now = new Date(next).getTime();
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

export interface TestSystem extends System {
  readonly clock: TestClock;
  readonly database: TestDatabase;
}

/** A running system on its own database, with its own clock and folder. */
export async function testSystem(options: { clock?: TestClock; isDemo?: boolean; template?: string } = {}): Promise<TestSystem> {
  const database = await testDatabase(options.template);
  const dataDir = await mkdtemp(join(tmpdir(), 'medtrade-files-'));
  onceOnly(() => rm(dataDir, { recursive: true, force: true }));
  return {
    db: database.db,
    database,
    clock: options.clock ?? testClock(),
    log: pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' }),
    dataDir,
    isDemo: options.isDemo ?? false,
    origin: 'http://127.0.0.1:4000',
  };
}

/** The address of a test database for another login without a password. */
export function urlAs(database: Pick<TestDatabase, 'url'>, login: string): string {
  const url = new URL(database.url);
  url.username = login;
  url.password = '';
  return url.href;
}
