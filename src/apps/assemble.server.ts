import type { Hono } from 'hono';
import { startSealer } from '#kernel/audit/seal.server.ts';
import { createApp } from '#kernel/http/app.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import { startWorker } from '#kernel/jobs/worker.server.ts';
import { startOutbox } from '#kernel/outbox/outbox.server.ts';
import { demoPassword, demoPeople } from '#modules/access/index.server.ts';
import { loadDemo } from './demo.server.ts';
import { createProduct } from './product.server.ts';

/** A log-in of the demo company, printed at start. */
export interface DemoLogIn {
  readonly user: string;
  readonly password: string;
  readonly role: string;
}

export interface Assembly {
  readonly app: Hono<any>;
  readonly demoLogIns: readonly DemoLogIn[];
  readonly loadDemo: () => Promise<void>;
  /** Starts background work; the answer stops it. */
  readonly startWork: () => Promise<() => Promise<void>>;
}

/** Joins every module into the running product. */
export async function assemble(system: System): Promise<Assembly> {
  const product = createProduct(system);
  return {
    app: createApp(product, system),
    demoLogIns: demoPeople
      .filter((person) => person.accountKind === 'person')
      .map((person) => ({ user: person.login, password: demoPassword, role: `${person.name} · ${person.position.zh} ${person.position.en}` })),
    loadDemo: () => loadDemo(product, system),
    startWork: async () => {
      const outbox = await startOutbox(system);
      const sealer = startSealer(system);
      const worker = await startWorker(product.jobs, system);
      return async () => {
        await worker.stop();
        await sealer.stop();
        await outbox.stop();
      };
    },
  };
}
