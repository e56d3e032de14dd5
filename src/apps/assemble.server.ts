import { Hono } from 'hono';
import type { System } from '#kernel/http/context.server.ts';

/** A log-in of the demo company, printed at start. */
export interface DemoLogIn {
  readonly user: string;
  readonly password: string;
  readonly role: string;
}

export interface Assembly {
  readonly app: Hono;
  readonly demoLogIns: readonly DemoLogIn[];
  readonly loadDemo: () => Promise<void>;
  /** Starts background work; the answer stops it. */
  readonly startWork: () => Promise<() => Promise<void>>;
}

/** Joins every module into the running product. */
export async function assemble(_system: System): Promise<Assembly> {
  return { app: new Hono(), demoLogIns: [], loadDemo: async () => undefined, startWork: async () => async () => undefined };
}
