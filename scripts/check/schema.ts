import { Client } from 'pg';
import { migrate } from '../../src/kernel/db/migrate.server.ts';
import { compareGolden } from './golden.ts';
import type { Guard } from './guard.ts';
import { openScratchCluster } from './scratch-database.ts';
import { schemaText } from './schema-text.ts';

/** Applies every migration to an empty database and reads the schema back. */
export async function schemaOfMigrations(): Promise<string> {
  const cluster = await openScratchCluster();
  try {
    await migrate(cluster.connection);
    const client = new Client(cluster.connection);
    await client.connect();
    return await schemaText(client).finally(() => client.end());
  } finally {
    await cluster.close();
  }
}

export const schema: Guard = {
  name: 'schema',
  why: 'The review of a migration must show what it does to the schema: a lost constraint, index, policy or grant is seen here or by a customer.',
  isHeavy: true,
  run: async (tree, options) => compareGolden(tree, 'db/schema.sql', await schemaOfMigrations(), options),
};
