import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyDatabase } from '../test/world.server.ts';
import { collectMigrations, migrate } from './migrate.server.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A source tree with these migrations; a path is `kernel/NNNN-x.sql` or `<module>/NNNN-x.sql`. */
function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'medtrade-migrations-'));
  folders.push(root);
  for (const [path, sql] of Object.entries(files)) {
    const [owner, name] = path.split('/') as [string, string];
    const file = join(root, 'src', owner === 'kernel' ? 'kernel/db/migrations' : `modules/${owner}/db`, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, sql);
  }
  return root;
}

let connection: pg.ClientConfig;
beforeEach(async () => {
  connection = (await emptyDatabase()).connection;
});

const run = (files: Readonly<Record<string, string>>): Promise<string[]> => migrate(connection, collectMigrations(tree(files)));

async function ask(statement: string): Promise<unknown[]> {
  const client = new pg.Client(connection);
  await client.connect();
  return (await client.query(statement).finally(() => client.end())).rows;
}

const first = { 'kernel/0001-ground.sql': 'create table one (n int)' };

describe('migrations', () => {
  test('of kernel and modules run once, in the order of their number', async () => {
    const files = { 'sales/0003-order.sql': 'alter table two add m int', 'party/0002-party.sql': 'create table two (n int)', ...first };
    expect(await run(files)).toEqual(['0001-ground.sql', '0002-party.sql', '0003-order.sql']);
    expect(await run(files)).toEqual([]);
  });

  test('that fail leave nothing behind and name the file and the line', async () => {
    await expect(run({ ...first, 'party/0002-party.sql': 'create table two (n int);\n\nselect nonsense;' })).rejects.toThrow(
      /0002-party\.sql, line 3 failed and was rolled back: column "nonsense" does not exist/,
    );
    expect(await ask(`select to_regclass('one') is not null as one, to_regclass('two') is not null as two`)).toEqual([
      { one: true, two: false },
    ]);
  });

  test('that were changed after they had been applied are refused by name', async () => {
    await run(first);
    await expect(run({ 'kernel/0001-ground.sql': 'create table one (n bigint)' })).rejects.toThrow(
      /0001-ground\.sql was changed after it had been applied/,
    );
  });

  test('with a number below the last applied one are refused', async () => {
    await run({ ...first, 'sales/0003-order.sql': 'select 1' });
    await expect(run({ ...first, 'sales/0003-order.sql': 'select 1', 'party/0002-party.sql': 'select 1' })).rejects.toThrow(
      /0002-party\.sql comes before 0003-order\.sql/,
    );
  });

  test('with the same number are refused', () => {
    expect(() => collectMigrations(tree({ ...first, 'party/0001-party.sql': 'select 1' }))).toThrow(/have the same number/);
  });

  test('of a newer program stop an older one', async () => {
    await run({ ...first, 'sales/0009-later.sql': 'select 1' });
    await expect(run(first)).rejects.toThrow(/0009-later\.sql, which this program does not know/);
  });

  test('of servers that start together run once', async () => {
    const all = collectMigrations(tree(first));
    const applied = await Promise.all([1, 2, 3].map(() => migrate(connection, all)));
    expect(applied.flat()).toEqual(['0001-ground.sql']);
  });
});
