import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { startEmbeddedPostgres } from '../../src/kernel/db/embedded.server.ts';

/** A PostgreSQL of its own, thrown away afterwards. */
export interface ScratchCluster {
  readonly connection: pg.ClientConfig;
  readonly close: () => Promise<void>;
}

/** Starts an empty PostgreSQL in a temporary folder; nothing in it needs to survive, so nothing is forced to disk. */
export async function openScratchCluster(): Promise<ScratchCluster> {
  const folder = await mkdtemp(join(tmpdir(), `medtrade-check-${process.pid}-`));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' };
  const postgres = await startEmbeddedPostgres({ dir: join(folder, 'postgres'), database: 'postgres', settings });
  return {
    connection: postgres.connection,
    close: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
