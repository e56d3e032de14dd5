import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../test/world.server.ts';
import { sql, systemScope } from './database.server.ts';
import { collectMigrations, migrate } from './migrate.server.ts';

let w: TestDatabase;
beforeAll(async () => {
  w = await testDatabase();
});

const directoryRow = (id: string, entityId: string) => sql`
  insert into kernel.directory (id, kind, entity_id, title_zh, title_en, state, search_text, created_by)
  values (${id}, 'party', ${entityId}, '名称', 'name', 'active', 'name', 'usr_1')`;

describe('the database of a test', () => {
  test('has every migration applied, and applying them again changes nothing', async () => {
    const applied = await w.owner.query('select name from public.medtrade_migration order by number');
    expect(applied.rows.map((r) => r.name)).toEqual(collectMigrations().map((m) => m.name));
    expect(await migrate(w.connection)).toEqual([]);
  });
});

describe('row-level security', () => {
  test('hides rows of entities outside the scope of the transaction', async () => {
    await w.db.write(systemScope, async (tx) => {
      await tx.query(directoryRow('pty_1', 'ent_a'));
      await tx.query(directoryRow('pty_2', 'ent_b'));
    });
    const seen = await w.db.read({ entityIds: ['ent_a'], userId: 'usr_1' }, (tx) =>
      tx.query(sql`select id from kernel.directory order by id`),
    );
    expect(seen).toEqual([{ id: 'pty_1' }]);
  });

  test('refuses to write a row of an entity outside the scope', async () => {
    const write = w.db.write({ entityIds: ['ent_a'], userId: 'usr_1' }, (tx) => tx.query(directoryRow('pty_3', 'ent_b')));
    await expect(write).rejects.toThrow(/row-level security/);
  });
});

describe('history', () => {
  const version = sql`
    insert into kernel.record_version (record_id, version, kind, valid_from, state, content, changed_by)
    values ('pty_1', 1, 'party', '2026-01-01', 'active', '{}', 'usr_1') on conflict do nothing`;

  test('is appended to, and read back', async () => {
    await w.db.write(systemScope, (tx) => tx.query(version));
    const rows = await w.db.read(systemScope, (tx) => tx.query(sql`select version from kernel.record_version where record_id = 'pty_1'`));
    expect(rows).toEqual([{ version: 1 }]);
  });

  test('cannot be changed or deleted by the application role', async () => {
    for (const statement of [sql`update kernel.record_version set reason = 'x'`, sql`delete from kernel.record_version`]) {
      await expect(w.db.write(systemScope, (tx) => tx.query(statement))).rejects.toThrow(/permission denied/);
    }
  });

  test('cannot be changed, deleted or truncated by the owner either', async () => {
    for (const statement of [
      'update kernel.record_version set reason = null',
      'delete from kernel.record_version',
      'truncate kernel.record_version',
    ]) {
      await expect(w.owner.query(statement)).rejects.toThrow(/append-only/);
    }
  });
});
