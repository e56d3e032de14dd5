import { runCommand } from '#kernel/command/pipeline.server.ts';
import { type Refusal, RefusedError } from '#kernel/command/refusal.ts';
import { sql } from '#kernel/db/sql.server.ts';
import { systemScope } from '#kernel/db/database.server.ts';
import type { Context, System } from '#kernel/http/context.server.ts';
import { refusalToWire } from '#kernel/http/problem.ts';
import { createMany } from '#kernel/import/create-many.server.ts';
import { contextOf, type ImportEngine } from '#kernel/import/engine.server.ts';
import { JobCancelled } from '#kernel/jobs/run.server.ts';
import { product } from '../product/product.ts';
import { BATCH, changeImport, countItems, type DeviceImport, type DeviceItem, itemsBetween, loadImport } from './device-import.server.ts';
import { deviceDataRefusals as refusals } from './refusals.ts';

type Progress = (done: number, total: number) => Promise<void>;

interface Outcome {
  readonly item: DeviceItem;
  readonly productId: string | null;
  readonly refusals: readonly Refusal[];
}

/**
 * Creates the new ones of a range. Content and key are those of the check, so that a repetition after a crash is answered and not done
 * again: done items keep their place in the batch.
 */
async function createRange(engine: ImportEngine, context: Context, known: DeviceImport, items: readonly DeviceItem[]): Promise<Outcome[]> {
  const news = items.filter((i) => i.action === 'create' && i.content !== null);
  if (news.every((i) => i.state !== 'ready')) return [];
  const create = createMany(engine.product, context, product, { dryRun: false, entityId: null, reason: known.reason });
  const outcomes = await create(
    news.map((i) => i.content),
    `device-${known.id}-${known.attempt}-${news[0]?.item}`,
  );
  return news.map((item, i) => ({ item, productId: outcomes[i]?.id ?? null, refusals: outcomes[i]?.refusals ?? [] }));
}

async function changeOne(engine: ImportEngine, context: Context, known: DeviceImport, item: DeviceItem): Promise<Outcome> {
  try {
    await runCommand(engine.product, context, {
      definition: product,
      action: 'change',
      id: item.productId ?? '',
      content: item.content,
      envelope: { idempotencyKey: `device-${known.id}-${known.attempt}-item-${item.item}`, dryRun: false, reason: known.reason },
    });
    return { item, productId: item.productId, refusals: [] };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { item, productId: item.productId, refusals: error.refusals };
  }
}

async function mark(system: System, known: DeviceImport, outcomes: readonly Outcome[], done: number): Promise<void> {
  const rows = outcomes.map((o) => ({
    item: o.item.item,
    product_id: o.productId,
    state: o.refusals.length > 0 ? 'refused' : 'done',
    errors: o.refusals.map(refusalToWire),
  }));
  const at = system.clock.now().toISOString();
  await system.db.write(systemScope, async (tx) => {
    await tx.query(sql`
      update catalogue.device_import_item i set product_id = r.product_id, state = r.state, errors = r.errors
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(item integer, product_id text, state text, errors jsonb)
      where i.import_id = ${known.id} and i.item = r.item`);
    await tx.query(sql`update catalogue.device_import set done = ${done}, updated_at = ${at}::timestamptz where id = ${known.id}`);
  });
}

/** Carries out what the check found ready. May be repeated after any crash: nothing is created or changed twice. */
export async function runDeviceData(engine: ImportEngine, system: System, importId: string, progress: Progress): Promise<void> {
  const known = await system.db.read(systemScope, (tx) => loadImport(tx, importId));
  if (known.state !== 'running') return;
  const context = await contextOf(engine, system, product, { id: importId, entityId: null });
  for (let from = 1; from <= known.total; from += BATCH) {
    const items = await system.db.read(systemScope, (tx) => itemsBetween(tx, importId, from, from + BATCH - 1));
    const outcomes = await createRange(engine, context, known, items);
    for (const item of items.filter((i) => i.action === 'change' && i.state === 'ready')) {
      outcomes.push(await changeOne(engine, context, known, item));
    }
    const done = Math.min(known.total, from + BATCH - 1);
    await mark(system, known, outcomes, done);
    await progress(done, known.total);
  }
  await system.db.write(systemScope, async (tx) => {
    await changeImport(
      tx,
      importId,
      { state: 'done', totals: await countItems(tx, importId), failure: null },
      system.clock.now().toISOString(),
    );
  });
}

/** Does the work of a job on an import and notes why it stopped; only a fault of the queue itself makes the queue repeat it. */
export async function onImport(
  system: System,
  importId: string,
  progress: Progress,
  work: (progress: Progress) => Promise<void>,
): Promise<void> {
  let fromQueue: unknown;
  const watched: Progress = async (done, total) => {
    try {
      await progress(done, total);
    } catch (error) {
      fromQueue = error;
      throw error;
    }
  };
  try {
    await work(watched);
  } catch (error) {
    const isCancelled = error instanceof JobCancelled;
    if (error === fromQueue && !isCancelled) throw error;
    if (!(error instanceof RefusedError) && !isCancelled) system.log.error({ error, importId }, 'an import of device data stopped');
    const failure = error instanceof RefusedError ? error.refusals : [refusals.fault({})];
    await system.db.write(systemScope, (tx) => changeImport(tx, importId, { state: 'failed', failure }, system.clock.now().toISOString()));
    if (error === fromQueue) throw error;
  }
}
