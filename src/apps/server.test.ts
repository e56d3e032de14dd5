import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPostgresAlive, readPostmasterFile } from '#kernel/db/postmaster-file.server.ts';
import { emptyDatabase } from '#kernel/test/world.server.ts';
import { refusedStart, startServerProcess, type ServerProcess } from '#kernel/test/server-process.server.ts';
import { buildServerIfChanged } from '#scripts/prepare.mjs';

const folder = mkdtempSync(join(tmpdir(), 'medtrade-boot-'));
const data = join(folder, 'data');
const cluster = join(data, 'postgres');
const env = { MEDTRADE_DATA: data };

const postmaster = (): number => readPostmasterFile(cluster)?.pid ?? 0;
const connection = { host: cluster, user: 'postgres', database: 'medtrade' };

async function ask(statement: string, values: unknown[] = []): Promise<any[]> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Writes numbered rows, one commit each, until told to stop; answers the numbers PostgreSQL acknowledged. */
function writeUntilStopped(): () => Promise<number[]> {
  let isStopped = false;
  const acknowledged: number[] = [];
  const writing = (async () => {
    for (let n = 1; !isStopped;) {
      const client = new pg.Client(connection);
      client.on('error', () => undefined);
      try {
        await client.connect();
        for (; !isStopped; n += 1) {
          await client.query('insert into public.probe (n) values ($1)', [n]);
          acknowledged.push(n);
        }
      } catch {
        n += 1; // not acknowledged: whether it was written is open, so the number is not used again
        await wait(20);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  })();
  return async () => {
    isStopped = true;
    await writing;
    return acknowledged;
  };
}

beforeAll(() => {
  chmodSync(folder, 0o755);
  buildServerIfChanged();
}, 120_000);

afterAll(async () => {
  const pid = postmaster();
  if (isPostgresAlive(pid)) process.kill(pid, 'SIGINT');
  while (isPostgresAlive(pid)) await wait(20);
  rmSync(folder, { recursive: true, force: true });
});

let server: ServerProcess;

describe.skipIf(process.platform === 'win32')('the running product', { timeout: 60_000 }, () => {
  test('starts on an empty folder, answers, and stops cleanly with its database', async () => {
    server = await startServerProcess(env);
    expect(server.output()).toMatch(/First setup .*\n.*\/setup\/[\w-]{20,}/);
    expect(await (await fetch(`${server.origin}/healthz`)).text()).toBe('ok');
    expect(await (await fetch(`${server.origin}/readyz`)).text()).toBe('ready');
    expect(await (await fetch(`${server.origin}/metrics`)).text()).toContain('medtrade_http_request_seconds_count');
    await ask('create table public.probe (n integer primary key)');
    const pid = postmaster();
    expect(isPostgresAlive(pid)).toBe(true);
    expect(await server.end('SIGTERM')).toBe(0);
    expect(isPostgresAlive(pid)).toBe(false);
    expect(readPostmasterFile(cluster)).toBeUndefined();
  });

  test('killed hard, leaves its database whole; the next start takes it over and finds every row', async () => {
    server = await startServerProcess(env);
    const before = postmaster();
    await ask('insert into public.probe (n) values (-1)');
    await server.end('SIGKILL');
    expect(isPostgresAlive(before)).toBe(true);
    server = await startServerProcess(env);
    expect(postmaster()).toBe(before);
    expect(await ask('select n from public.probe')).toEqual([{ n: -1 }]);
  });

  test('refuses a second start on the same data', async () => {
    const { code, said } = await refusedStart(env);
    expect(code).toBe(1);
    expect(said).toContain('A MedTrade is already running on this data folder');
    expect(await (await fetch(`${server.origin}/readyz`)).text()).toBe('ready');
  });

  test('refuses a taken port before it touches any data', async () => {
    const other = join(folder, 'other');
    const { code, said } = await refusedStart({ MEDTRADE_DATA: other, PORT: new URL(server.origin).port });
    expect(code).toBe(1);
    expect(said).toMatch(/Port \d+ is taken by another program/);
    expect(() => readFileSync(join(other, 'postgres', 'PG_VERSION'))).toThrow();
  });
});

describe.skipIf(process.platform === 'win32')('a hard end', { timeout: 60_000 }, () => {
  test('of PostgreSQL under load is mended while the product runs, and nothing acknowledged is lost', async () => {
    const stop = writeUntilStopped();
    await wait(400);
    const killed = postmaster();
    process.kill(killed, 'SIGKILL');
    await expect.poll(postmaster, { timeout: 20_000 }).not.toBe(killed);
    await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status, { timeout: 20_000 }).toBe(200);
    await wait(300);
    const acknowledged = await stop();
    const kept = new Set((await ask('select n from public.probe')).map((row) => row.n));
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(acknowledged.filter((n) => !kept.has(n))).toEqual([]);
  });

  test('of everything at once loses nothing acknowledged', async () => {
    const [{ last }] = await ask('select max(n) as last from public.probe');
    await ask('delete from public.probe');
    const stop = writeUntilStopped();
    await wait(400);
    process.kill(postmaster(), 'SIGKILL');
    await server.end('SIGKILL');
    const acknowledged = await stop();
    server = await startServerProcess(env);
    const kept = new Set((await ask('select n from public.probe')).map((row) => row.n));
    expect(last).toBeGreaterThan(0);
    expect(acknowledged.filter((n) => !kept.has(n))).toEqual([]);
    expect(await server.end('SIGTERM')).toBe(0);
  });

  test('leaves a lock file whose number may belong to another program by now: the next start is not misled', async () => {
    const stranger = spawn('sleep', ['60']);
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${stranger.pid}\n${cluster}\n1700000000\n5432\n${cluster}\n\n  99999999  99999999\nready   \n`,
    );
    server = await startServerProcess(env);
    expect(await (await fetch(`${server.origin}/readyz`)).text()).toBe('ready');
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
    expect(await server.end('SIGINT')).toBe(0);
  });
});

describe.skipIf(process.platform === 'win32')('the product says why it does not start', { timeout: 30_000 }, () => {
  test('on data of another PostgreSQL version, and leaves the data alone', async () => {
    const path = join(cluster, 'PG_VERSION');
    const own = readFileSync(path, 'utf8');
    writeFileSync(path, '17\n');
    const { code, said } = await refusedStart(env);
    expect(code).toBe(1);
    expect(said).toMatch(/belongs to PostgreSQL 17; this program brings PostgreSQL \d+\. The data was not touched/);
    writeFileSync(path, own);
    server = await startServerProcess(env);
    expect(await ask('select count(*)::int as n from public.probe')).not.toEqual([{ n: 0 }]);
    expect(await server.end('SIGTERM')).toBe(0);
  });

  test('on a folder that holds something else', async () => {
    const other = join(folder, 'notes');
    mkdirSync(join(other, 'postgres'), { recursive: true });
    writeFileSync(join(other, 'postgres', 'letter.txt'), 'dear');
    expect((await refusedStart({ MEDTRADE_DATA: other })).said).toContain('neither empty nor a PostgreSQL data folder');
    expect(readFileSync(join(other, 'postgres', 'letter.txt'), 'utf8')).toBe('dear');
  });

  test('on a full disk', async ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=60m', 'tmpfs', disk]).status !== 0) skip('only root may mount a small disk');
    try {
      expect((await refusedStart({ MEDTRADE_DATA: disk })).said).toMatch(/The disk of .* has \d+ MB left/);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  test('on a database address that does not answer, without showing its password', async () => {
    const { said } = await refusedStart({ DATABASE_URL: 'postgres://erp:secret@127.0.0.1:9/erp' });
    expect(said).toContain('DATABASE_URL (127.0.0.1:9) cannot be reached');
    expect(said).not.toContain('secret');
  });

  test('on a database that does not speak UTF-8', async () => {
    const database = await emptyDatabase(`encoding 'SQL_ASCII' locale_provider libc locale 'C'`);
    expect((await refusedStart({ ...env, DATABASE_URL: database.url })).said).toContain('has encoding SQL_ASCII');
  });
});

test('the product runs on a PostgreSQL of one’s own, which it leaves running', { timeout: 30_000 }, async () => {
  const database = await emptyDatabase();
  const server = await startServerProcess({ MEDTRADE_DATA: join(folder, 'external'), DATABASE_URL: database.url });
  expect(await (await fetch(`${server.origin}/readyz`)).text()).toBe('ready');
  expect(await server.end('SIGTERM')).toBe(0);
  const client = new pg.Client(database.connection);
  await client.connect();
  expect((await client.query('select count(*)::int as n from public.medtrade_migration')).rows[0].n).toBeGreaterThan(0);
  await client.end();
});
