import type { Hono } from 'hono';
import { startSealer } from '#kernel/audit/seal.server.ts';
import { createApp } from '#kernel/http/app.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import { say } from '#kernel/i18n/text.ts';
import { startWorker } from '#kernel/jobs/worker.server.ts';
import { startOutbox } from '#kernel/outbox/outbox.server.ts';
import { demoPassword, demoPeople, makeSetupLink } from '#modules/access/index.server.ts';
import { loadDemo } from './demo.server.ts';
import { createProduct } from './product.server.ts';

/** A log-in of the demo company, printed at start. */
export interface DemoLogIn {
  readonly user: string;
  readonly password: string;
  readonly role: string;
}

/** What runs: the API of every module, and what goes on without being asked. */
export interface Assembly {
  readonly app: Hono<any>;
  readonly demoLogIns: readonly DemoLogIn[];
  readonly loadDemo: () => Promise<void>;
  /** Where nobody exists yet: the one-time address at which the first administrator is made. */
  readonly setupLink: () => Promise<string | undefined>;
  /** Starts sealing, the outbox and the job worker; the answer stops them. */
  readonly startWork: () => Promise<() => Promise<void>>;
}

async function startWork(system: System, jobs: Parameters<typeof startWorker>[0]): Promise<() => Promise<void>> {
  const sealer = startSealer(system);
  const outbox = await startOutbox(system);
  const worker = await startWorker(jobs, system);
  return async () => {
    await worker.stop();
    await outbox.stop();
    await sealer.stop();
  };
}

/** Joins every module into the running product. */
export function assemble(system: System): Assembly {
  const product = createProduct(system);
  return {
    app: createApp(product, system),
    demoLogIns: demoPeople
      .filter((p) => p.accountKind === 'person')
      .map((p) => ({ user: p.login, password: demoPassword, role: `${say(p.position, 'zh-CN')} ${say(p.position, 'en')}` })),
    loadDemo: () => loadDemo(product, system),
    setupLink: () => makeSetupLink(system),
    startWork: () => startWork(system, product.jobs),
  };
}
