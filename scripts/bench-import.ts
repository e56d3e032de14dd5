/**
 * Measures how long a spreadsheet of products takes from upload to the last record: staged, checked with a rehearsal through the write
 * pipeline, then created. Usage: tsx scripts/bench-import.ts [products, default 100000]. Uses DATABASE_URL's server (a scratch database
 * is made and dropped) or starts an embedded PostgreSQL of its own. Exits with 1 where the goal of two minutes is missed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Actor } from '#kernel/access/actor.ts';
import { systemClock } from '#kernel/clock/clock.server.ts';
import { Database, sql, systemScope } from '#kernel/db/database.server.ts';
import { collectMigrations, migrate } from '#kernel/db/migrate.server.ts';
import { takeFile } from '#kernel/files/file.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import { checkImport } from '#kernel/import/check.server.ts';
import { requireImport } from '#kernel/import/engine.server.ts';
import { runImport } from '#kernel/import/run.server.ts';
import { changeSession, loadSession } from '#kernel/import/session.server.ts';
import { stageImport } from '#kernel/import/stage.server.ts';
import { trialDatabase } from '#kernel/ledger/trial/database.server.ts';
import { gtinOf, product as definition } from '#modules/catalogue/index.ts';
import { createProduct } from '../src/apps/product.server.ts';

const COUNT = Number(process.argv[2] ?? 100_000);
const GOAL_SECONDS = 120;

const columns = [
  'code',
  'nameZh',
  'nameEn',
  'model',
  'specification',
  'deviceClass',
  'classCode2017',
  'registrationNo',
  'registrantName',
  'baseUnit',
  'identifierPolicy',
  'isExpiryTracked',
  'shelfLifeMonths',
  'isImplant',
  'isSterile',
  'isColdChain',
  'storageCondition',
  'storageMinC',
  'storageMaxC',
].map((name) => `header.${name}`);
const packageColumns = ['level', 'di', 'quantityPerBase'].map((name) => `lines.packages.${name}`);

/** A catalogue as it comes out of another system: one row an article, its sales unit's identifier beside it. */
function* rows(): Generator<string> {
  yield [...columns, ...packageColumns].join(',');
  for (let i = 0; i < COUNT; i += 1) {
    const n = String(i).padStart(6, '0');
    const serial = String(Math.floor(i / 20) % 10_000).padStart(4, '0');
    yield [
      `BP-${n}`,
      `一次性使用导管${n}`,
      `Single-use catheter ${n}`,
      `M-${i % 900}`,
      `${(i % 60) / 10 + 1}F×${(i % 15) * 10 + 50}cm`,
      'III',
      '03-13-06',
      `国械注准20${String(15 + (Math.floor(i / 200_000) % 10)).padStart(2, '0')}303${serial}`,
      '示例医疗器械股份有限公司',
      '根',
      'lot',
      'true',
      '36',
      'false',
      'true',
      'false',
      '常温干燥',
      '10',
      '30',
      'base',
      gtinOf(`0690${String(i).padStart(9, '0')}`),
      '1',
    ].join(',');
  }
}

const seconds = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const start = performance.now();
  const done = await work();
  console.log(`${name.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`);
  return done;
};

/** Prints a line about every tenth of the way. */
function shown(name: string) {
  let next = 0.25;
  return async (done: number, total: number): Promise<void> => {
    if (done / total < next) return;
    console.log(`  ${name} ${done} of ${total}`);
    next += 0.25;
  };
}

const actor: Actor = {
  kind: 'user',
  id: 'usr_bench',
  name: 'Bench',
  sessionId: null,
  grants: [{ permission: '*', entityIds: '*', warehouseIds: '*', regions: '*', isOwnOnly: false }],
};
const scratch = await trialDatabase();
await migrate(scratch.connection, collectMigrations());
const db = new Database({ connection: scratch.connection, poolMax: 8 });
const dataDir = await mkdtemp(join(tmpdir(), 'medtrade-bench-'));
const system: System = { db, clock: systemClock, log: pino({ level: 'error' }), dataDir, isDemo: false, origin: 'http://127.0.0.1:4000' };
try {
  const joined = createProduct(system);
  const product = { ...joined, ports: { ...joined.ports, people: { ...joined.ports.people, actorOf: async () => actor } } };
  const scope = requireImport(actor, definition);
  const file = await takeFile(system, new Blob([[...rows()].join('\n')]).stream(), { name: 'products.csv' });
  console.log(`${COUNT} products, ${(file.size / 1024 / 1024).toFixed(1)} MB of CSV`);
  const start = performance.now();
  const id = await seconds('staged', () => stageImport(system, actor, scope, definition, { file, entityId: null }));
  const at = (): string => system.clock.now().toISOString();
  await db.write(scope, (tx) => changeSession(tx, id, { state: 'checking' }, at()));
  await seconds('checked', () => checkImport({ product, actor }, system, id, shown('checked')));
  const checked = await db.read(scope, (tx) => loadSession(tx, id));
  if (checked.totals.ready !== COUNT)
    throw new Error(`only ${checked.totals.ready} of ${COUNT} are ready: ${JSON.stringify(checked.totals)}`);
  await db.write(scope, (tx) => changeSession(tx, id, { state: 'running', onError: 'skip' }, at()));
  await seconds('created', () => runImport({ product, actor }, system, id, shown('created')));
  const took = (performance.now() - start) / 1000;
  const { count } = await db.read(systemScope, (tx) =>
    tx.one<{ count: number }>(sql`select count(*)::int as count from catalogue.product`),
  );
  if (count !== COUNT) throw new Error(`only ${count} of ${COUNT} were created`);
  console.log(`${'together'.padEnd(10)} ${took.toFixed(1).padStart(6)} s, goal ${GOAL_SECONDS} s for 100 000`);
  if (took > GOAL_SECONDS * Math.max(1, COUNT / 100_000)) process.exitCode = 1;
} finally {
  await db.close();
  await scratch.close();
  await rm(dataDir, { recursive: true, force: true });
}
