import { schemaOfMigrations } from './check/schema.ts';

process.stdout.write(await schemaOfMigrations());
