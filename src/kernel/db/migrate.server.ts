import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import pg from 'pg';
import { text } from '../i18n/text.ts';
import { projectRoot } from './project-root.server.ts';
import { StartRefusal } from './start-refusal.server.ts';

export interface Migration {
  readonly number: number;
  /** File name, e.g. `0042-supplier-return.sql`. */
  readonly name: string;
  readonly path: string;
  readonly sql: string;
  readonly checksum: string;
}

const NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;
/** Any constant will do as long as nothing else takes it: two servers starting at once migrate one after the other. */
const MIGRATION_LOCK = 7_305_001;

function readMigration(path: string): Migration {
  const name = basename(path);
  const number = NAME.exec(name)?.[1];
  if (!number) throw new Error(`${path}: a migration is named NNNN-what-it-does.sql`);
  const sql = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  return { number: Number(number), name, path, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

/** All migrations of the kernel and of every module in the order of their global number. Throws where two share a number. */
export function collectMigrations(root: string = projectRoot): Migration[] {
  const modules = join(root, 'src/modules');
  const folders = [
    join(root, 'src/kernel/db/migrations'),
    ...(existsSync(modules) ? readdirSync(modules).map((module) => join(modules, module, 'db')) : []),
  ].filter((folder) => existsSync(folder));
  const all = folders
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.sql'))
        .map((name) => readMigration(join(folder, name))),
    )
    .toSorted((a, b) => a.number - b.number || a.path.localeCompare(b.path));
  all.forEach((migration, i) => {
    const before = all[i - 1];
    if (before?.number === migration.number) {
      throw new Error(`Migrations ${before.path} and ${migration.path} have the same number; numbers are global and used once.`);
    }
  });
  return all;
}

interface AppliedRow {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/** The migrations still to run. Refuses history that was changed, is unknown, or would be applied out of order. */
function pendingOf(all: readonly Migration[], applied: readonly AppliedRow[]): Migration[] {
  const byNumber = new Map(all.map((m) => [m.number, m]));
  for (const row of applied) {
    const file = byNumber.get(row.number);
    if (!file) {
      throw new StartRefusal(
        'database-is-newer',
        text(
          `数据库已执行迁移 ${row.name}，但当前程序中没有该文件：数据库来自更新的版本。请使用相同或更新版本的 MedTrade 启动。`,
          `The database has migration ${row.name}, which this program does not know: the database is from a newer version. ` +
            'Start it with that version of MedTrade or a later one.',
        ),
      );
    }
    if (file.checksum !== row.checksum) {
      throw new StartRefusal(
        'migration-was-changed',
        text(
          `迁移 ${file.name} 在执行后被修改（${file.path}）。请恢复该文件，并用新的迁移表达修改。`,
          `Migration ${file.name} was changed after it had been applied (${file.path}). Restore the file and write the change as a new migration.`,
        ),
      );
    }
  }
  const last = applied.at(-1);
  const pending = all.filter((m) => !applied.some((row) => row.number === m.number));
  const late = pending.find((m) => last && m.number < last.number);
  if (late && last) {
    throw new StartRefusal(
      'migration-out-of-order',
      text(
        `迁移 ${late.name} 的编号小于已执行的 ${last.name}。请给它一个更大的编号。`,
        `Migration ${late.name} comes before ${last.name}, which is already applied. Give it a higher number.`,
      ),
    );
  }
  return pending;
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into public.medtrade_migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    const cause = error as pg.DatabaseError;
    const line = cause.position ? `, line ${migration.sql.slice(0, Number(cause.position)).split('\n').length}` : '';
    throw new Error(`Migration ${migration.name}${line} failed and was rolled back: ${cause.message}`, { cause: error });
  }
}

/**
 * Brings a database to the state of this program, as the owner of its objects (not as the application role).
 * Each file runs in its own transaction; servers that start together wait for one another. Returns the names applied now.
 */
export async function migrate(owner: pg.ClientConfig, migrations: readonly Migration[] = collectMigrations()): Promise<string[]> {
  const client = new pg.Client({ ...owner, application_name: 'medtrade migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`set client_min_messages = warning;
      create table if not exists public.medtrade_migration (
        number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default clock_timestamp()
      );
      revoke all on public.medtrade_migration from public`);
    const applied = await client.query<AppliedRow>('select number, name, checksum from public.medtrade_migration order by number');
    const pending = pendingOf(migrations, applied.rows);
    for (const migration of pending) await applyOne(client, migration);
    return pending.map((m) => m.name);
  } finally {
    await client.end();
  }
}
