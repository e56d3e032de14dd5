import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { systemClock } from '../../src/kernel/clock/clock.server.ts';
import { Database } from '../../src/kernel/db/database.server.ts';
import { migrate } from '../../src/kernel/db/migrate.server.ts';
import type { Guard, Violation } from './guard.ts';
import { openScratchCluster } from './scratch-database.ts';
import type { SourceTree } from './source-tree.ts';

export const invariantFiles = (tree: SourceTree): string[] => tree.files.filter((f) => /^src\/.+\/invariants\/[^/]+\.sql$/.test(f));

/** Asks every invariant; its answer must be empty. A question that cannot be asked is a finding, too. */
export async function askInvariants(tree: SourceTree, client: pg.Client): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const file of invariantFiles(tree)) {
    try {
      const { rows } = await client.query<Record<string, unknown>>(tree.read(file));
      if (rows.length > 0)
        found.push({ file, message: `is broken by ${rows.length} rows, first ${JSON.stringify(rows[0]).slice(0, 300)}` });
    } catch (error) {
      found.push({ file, message: `cannot be asked: ${(error as Error).message}` });
    }
  }
  return found;
}

/** Loads the demo company as the product itself does on its first start. */
async function loadDemoCompany(connection: pg.PoolConfig): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'medtrade-check-files-'));
  const db = new Database({ connection });
  try {
    // Asked for only now: a tree that does not load must not silence the other guards.
    const { assemble } = await import('../../src/apps/assemble.server.ts');
    const system = { db, clock: systemClock, log: pino({ level: 'silent' }), dataDir, isDemo: true, origin: 'http://127.0.0.1:4000' };
    await assemble(system).loadDemo();
  } finally {
    await db.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

export const invariants: Guard = {
  name: 'invariants',
  why: 'What must always hold is asked of a database full of the demo company: one row in an answer is corrupted stock or money.',
  isHeavy: true,
  run: async (tree) => {
    const cluster = await openScratchCluster();
    try {
      await migrate(cluster.connection);
      await loadDemoCompany(cluster.connection);
      const client = new pg.Client(cluster.connection);
      await client.connect();
      return await askInvariants(tree, client).finally(() => client.end());
    } finally {
      await cluster.close();
    }
  },
};
