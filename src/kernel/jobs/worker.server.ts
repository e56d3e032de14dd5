import { EventEmitter } from 'node:events';
import { parseCronItems, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { System } from '../http/context.server.ts';
import type { Job } from '../module.server.ts';
import { ATTEMPTS_MAX } from './enqueue.server.ts';
import { quietQueueLog, surviveLostConnections } from './install.server.ts';
import { startLiveness } from './liveness.server.ts';
import { taskOf } from './run.server.ts';

const CONCURRENCY = 3;
const POLL_MS = 2_000;

export interface Worker {
  /** Lets running jobs finish for a few seconds, then gives them back to the queue. */
  readonly stop: () => Promise<void>;
}

const scheduleOf = (jobs: readonly Job[]) =>
  parseCronItems(
    jobs.flatMap((job) =>
      job.cron ? [{ task: job.name, match: job.cron, options: { maxAttempts: ATTEMPTS_MAX, jobKey: `cron:${job.name}` } }] : [],
    ),
  );

/**
 * Works on the queue in this process, in the application role; several processes may. Jobs with `cron` are put into the queue at
 * their time (UTC) by whichever process comes first. Needs `installJobQueue` to have run.
 */
export async function startWorker(jobs: readonly Job[], system: System): Promise<Worker> {
  const names = new Set(jobs.map((job) => job.name));
  if (names.size !== jobs.length) throw new Error('two jobs share one name');
  const events = new EventEmitter() as WorkerEvents;
  const workerId = new Promise<string>((resolve) => events.once('pool:create', ({ workerPool }) => resolve(workerPool.id)));
  const taskList: TaskList = Object.fromEntries(jobs.map((job) => [job.name, taskOf(job, system)]));
  surviveLostConnections(system.db.pool);
  const runner = await run({
    pgPool: system.db.pool,
    taskList,
    parsedCronItems: scheduleOf(jobs),
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: quietQueueLog,
    events,
  });
  runner.promise.catch((error: unknown) => system.log.error({ error }, 'the job worker ended'));
  const liveness = await startLiveness(system, await workerId);
  return {
    stop: async () => {
      await runner.stop();
      await liveness.stop();
    },
  };
}
