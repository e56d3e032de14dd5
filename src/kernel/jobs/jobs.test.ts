import { beforeAll, describe, expect, test } from 'vitest';
import { sql, systemScope, type Tx } from '../db/database.server.ts';
import type { Job } from '../module.server.ts';
import { testSystem, type TestSystem } from '../test/world.server.ts';
import { cancelJob, enqueue, startJob } from './enqueue.server.ts';
import { installJobQueue } from './install.server.ts';
import { releaseAbandonedJobs } from './liveness.server.ts';
import { startWorker } from './worker.server.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await testSystem();
  await installJobQueue(system.database.connection);
});

const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => system.db.write(systemScope, work);
const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + 10_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('waited too long');
    await new Promise((r) => setTimeout(r, 20));
  }
};
const runOf = (id: string) =>
  write((tx) => tx.one(sql`select state, done::int, total::int, attempts, message from kernel.job_run where id = ${id}`));
const isIn = (id: string, state: string) => async () => (await runOf(id))['state'] === state;
const job = (name: string, run: Job['run']): Job => ({ name, run });

async function working(jobs: Job[], during: () => Promise<void>): Promise<void> {
  const worker = await startWorker(jobs, system);
  try {
    await during();
  } finally {
    await worker.stop();
  }
}

describe('a job', () => {
  test('runs after the commit of the transaction that put it into the queue, and not at all where that rolled back', async () => {
    const seen: unknown[] = [];
    await working([job('note', async (_s, payload) => void seen.push(payload))], async () => {
      await write((tx) => enqueue(tx, 'note', { n: 1 }));
      await expect(
        write(async (tx) => {
          await enqueue(tx, 'note', { n: 2 });
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      await write((tx) => enqueue(tx, 'note', { n: 3 }));
      await until(() => seen.length === 2);
    });
    expect(seen).toEqual([{ n: 1 }, { n: 3 }]);
  });

  test('put in twice under one key while waiting runs once, with the later content', async () => {
    const seen: unknown[] = [];
    await write((tx) => enqueue(tx, 'keyed', 'first', { key: 'k' }));
    await write((tx) => enqueue(tx, 'keyed', 'second', { key: 'k' }));
    await working([job('keyed', async (_s, payload) => void seen.push(payload))], () => until(() => seen.length > 0));
    expect(seen).toEqual(['second']);
  });

  test('shows its progress and its end to who started it', async () => {
    const during: unknown[] = [];
    const id = await write((tx) => startJob(tx, { name: 'long', payload: {}, startedBy: 'usr_1' }));
    expect(await runOf(id)).toMatchObject({ state: 'queued' });
    await working(
      [
        job('long', async (_s, _p, progress) => {
          await progress(40, 100);
          during.push(await runOf(id));
        }),
      ],
      () => until(isIn(id, 'done')),
    );
    expect(during).toMatchObject([{ state: 'running', done: 40, total: 100 }]);
    expect(await runOf(id)).toMatchObject({ state: 'done', done: 100, total: 100, attempts: 1 });
  });

  test('that fails is repeated and keeps the message of its failure until it succeeds', async () => {
    let attempts = 0;
    const id = await write((tx) => startJob(tx, { name: 'shaky', payload: {}, startedBy: 'usr_1' }));
    await working(
      [
        job('shaky', async () => {
          attempts += 1;
          if (attempts === 1) throw new Error('the mail server is away');
        }),
      ],
      async () => {
        await until(async () => (await runOf(id))['message'] === 'the mail server is away');
        await until(isIn(id, 'done'));
      },
    );
    expect(await runOf(id)).toMatchObject({ state: 'done', attempts: 2, message: null });
  });

  test('that fails at its last attempt stays failed with its message', async () => {
    const id = await write((tx) => startJob(tx, { name: 'broken', payload: {}, startedBy: 'usr_1' }));
    await write((tx) =>
      tx.query(sql`update graphile_worker._private_jobs set max_attempts = 1
      where key = ${id}`),
    );
    await working(
      [
        job('broken', async () => {
          throw new Error('the file has no header');
        }),
      ],
      () => until(isIn(id, 'failed')),
    );
    expect(await runOf(id)).toMatchObject({ state: 'failed', message: 'the file has no header', attempts: 1 });
  });

  test('cancelled while it waits never starts; cancelled while it runs ends at its next sign of progress', async () => {
    let started = 0;
    let rounds = 0;
    const waiting = await write((tx) => startJob(tx, { name: 'endless', payload: {}, startedBy: 'usr_1' }));
    expect(await write((tx) => cancelJob(tx, waiting))).toBe(true);
    const running = await write((tx) => startJob(tx, { name: 'endless', payload: {}, startedBy: 'usr_1' }));
    await working(
      [
        job('endless', async (_s, _p, progress) => {
          started += 1;
          for (; rounds < 1000; rounds += 1) {
            await progress(rounds, 1000);
            await new Promise((r) => setTimeout(r, 20));
          }
        }),
      ],
      async () => {
        await until(isIn(running, 'running'));
        expect(await write((tx) => cancelJob(tx, running))).toBe(true);
      },
    );
    expect(started).toBe(1);
    expect(rounds).toBeLessThan(1000);
    expect(await runOf(running)).toMatchObject({ state: 'cancelled' });
    expect(await write((tx) => cancelJob(tx, running))).toBe(false);
  });

  test('whose worker died is repeated by another; one whose worker lives is left alone', async () => {
    let done = 0;
    const id = await write((tx) => startJob(tx, { name: 'orphan', payload: {}, startedBy: 'usr_1' }));
    await write((tx) =>
      tx.query(sql`
      update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = 'pool-dead', attempts = 1
      where key = ${id}`),
    );
    await working(
      [
        job('orphan', async () => {
          done += 1;
          expect(await releaseAbandonedJobs(system, 0)).toBe(0);
        }),
      ],
      () => until(isIn(id, 'done')),
    );
    expect(done).toBe(1);
  });

  test('with a schedule is put into the queue at its time by one of two workers', async () => {
    let runs = 0;
    const every: Job = { name: 'scheduled', cron: '* * * * *', run: async () => void (runs += 1) };
    const [a, b] = await Promise.all([startWorker([every], system), startWorker([every], system)]);
    try {
      await write((tx) =>
        tx.query(sql`
        update graphile_worker._private_known_crontabs set last_execution = date_trunc('minute', now()) - interval '5 minutes'`),
      );
      const known = await write((tx) => tx.query(sql`select identifier from graphile_worker._private_known_crontabs`));
      expect(known).toEqual([{ identifier: 'scheduled' }]);
    } finally {
      await Promise.all([a.stop(), b.stop()]);
    }
    expect(runs).toBeLessThanOrEqual(1);
  });
});
