import { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../src/kernel/test/world.server.ts';
import { askInvariants } from './invariants.ts';
import { schemaText } from './schema-text.ts';
import { treeInMemory } from './source-tree.ts';

let database: TestDatabase;
let client: Client;
let before: string;

beforeAll(async () => {
  database = await testDatabase();
  client = new Client(database.connection);
  await client.connect();
  before = await schemaText(client);
  return () => client.end();
});

/** The lines that differ after a change, which is then taken back. */
async function changedBy(statement: string): Promise<string[]> {
  await client.query('begin');
  await client.query(statement);
  const after = await schemaText(client);
  await client.query('rollback');
  const known = new Set(before.split('\n'));
  const now = new Set(after.split('\n'));
  return [
    ...[...known].filter((l) => !now.has(l)).map((l) => `- ${l.trim()}`),
    ...[...now].filter((l) => !known.has(l)).map((l) => `+ ${l.trim()}`),
  ];
}

test('two readings of one schema are the same text', async () => {
  expect(await schemaText(client)).toBe(before);
});

test.each([
  ['a lost grant', 'revoke update on kernel.directory from medtrade_app', /^- grant .*update.* on kernel\.directory/],
  ['a lost policy', 'drop policy entity_scope on kernel.directory', /^- create policy entity_scope on kernel\.directory/],
  [
    'row security turned off',
    'alter table kernel.directory disable row level security',
    /^- alter table kernel\.directory enable row level security/,
  ],
  ['a lost trigger', 'drop trigger append_only on kernel.record_version', /^- CREATE TRIGGER append_only .* ON kernel\.record_version/],
  ['a lost index', 'drop index kernel.directory_kind', /^- CREATE INDEX directory_kind/],
  ['a lost constraint', 'alter table kernel.command drop constraint command_key_is_used_once', /^- constraint command_key_is_used_once/],
  ['a changed column', 'alter table kernel.command alter column request drop not null', /^\+ request jsonb,/],
  ['a changed default', 'alter table kernel.number_series alter column last set default 5', /^\+ last bigint default 5 not null/],
  [
    'a changed function',
    "create or replace function kernel.scope_is_all() returns boolean language sql stable as 'select true'",
    /^\+ AS .*select true/,
  ],
])('%s is seen', async (_name, statement, seen) => {
  expect(await changedBy(statement)).toEqual(expect.arrayContaining([expect.stringMatching(seen)]));
});

test('an invariant that finds a row, and one that cannot be asked, are found', async () => {
  const tree = treeInMemory({
    'src/kernel/invariants/holds.sql': 'select 1 as x where false',
    'src/kernel/invariants/broken.sql': 'select 7 as lot',
    'src/modules/m/invariants/wrong.sql': 'select from nowhere',
  });
  expect((await askInvariants(tree, client)).map((v) => `${v.file} ${v.message}`)).toEqual([
    expect.stringContaining('broken.sql is broken by 1 rows, first {"lot":7}'),
    expect.stringContaining('wrong.sql cannot be asked'),
  ]);
});
