import { runBulkCreateIn } from '../command/bulk.server.ts';
import { refuse, RefusedError, type Refusal } from '../command/refusal.ts';
import { runCommand, runCommandIn } from '../command/pipeline.server.ts';
import { sql, type RowScope, type Tx } from '../db/database.server.ts';
import type { AnyDefinition } from '../document/definition.ts';
import type { Context, System } from '../http/context.server.ts';
import { refusalToWire } from '../http/problem.ts';
import { wakeOutbox } from '../outbox/outbox.server.ts';
import { BATCH_ITEMS, countItems } from './check.server.ts';
import { JobCancelled } from '../jobs/run.server.ts';
import { createMany, outcomesOf, type CreateOutcome } from './create-many.server.ts';
import { contextOf, definitionOf, requireImport, updateAction, type ImportEngine } from './engine.server.ts';
import { importRefusals } from './refusals.ts';
import { changeSession, loadSession, type ImportSession } from './session.server.ts';

type Progress = (done: number, total: number) => Promise<void>;

interface ItemRow {
  readonly item: number;
  readonly sheet: number;
  readonly row: number;
  readonly recordId: string | null;
  readonly content: unknown;
  readonly state: string;
}

interface ImportRun {
  readonly engine: ImportEngine;
  readonly context: Context;
  readonly scope: RowScope;
  readonly session: ImportSession;
  readonly definition: AnyDefinition;
}

interface Outcome {
  readonly item: ItemRow;
  readonly recordId: string | null;
  readonly refusals: readonly Refusal[];
}

const itemsBetween = (tx: Tx, session: ImportSession, action: 'create' | 'update', from: number, to: number): Promise<ItemRow[]> =>
  tx.query<ItemRow>(sql`
    select item, sheet, row_no as row, record_id as "recordId", content, state from kernel.import_item
    where session_id = ${session.id} and action = ${action} and content is not null and item between ${from} and ${to} order by item`);

async function markOutcomes(tx: Tx, session: ImportSession, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map((o) => ({
    item: o.item.item,
    record_id: o.recordId,
    state: o.refusals.length > 0 ? 'refused' : 'done',
    errors: o.refusals.map((r) => ({ sheet: o.item.sheet, row: o.item.row, column: null, refusal: refusalToWire(r) })),
  }));
  await tx.query(sql`
    update kernel.import_item i set state = r.state, record_id = coalesce(r.record_id, i.record_id), errors = i.errors || r.errors
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(item integer, record_id text, state text, errors jsonb)
    where i.session_id = ${session.id} and i.item = r.item`);
}

const envelopeOf = (run: ImportRun) => ({ entityId: run.session.entityId, dryRun: false, reason: run.session.fileName });

const outcomesFor = (items: readonly ItemRow[], created: readonly CreateOutcome[]): Outcome[] =>
  items.map((item, i) => ({ item, recordId: created[i]?.id ?? null, refusals: created[i]?.refusals ?? [] }));

/**
 * Creates the items of one fixed range. The key names session and range and the contents are those of the check, so that a repetition
 * after a crash is answered by the pipeline instead of creating twice.
 */
async function createRange(run: ImportRun, from: number, to: number): Promise<Outcome[]> {
  const { engine, context, definition, session } = run;
  const items = await context.system.db.read(run.scope, (tx) => itemsBetween(tx, session, 'create', from, to));
  if (items.every((i) => i.state !== 'ready')) return [];
  const create = createMany(engine.product, context, definition, envelopeOf(run));
  return outcomesFor(
    items,
    await create(
      items.map((i) => i.content),
      `import-${session.id}-${from}`,
    ),
  );
}

const updateRequest = (run: ImportRun, item: ItemRow) => ({
  definition: run.definition,
  action: updateAction(run.definition),
  id: item.recordId ?? '',
  content: item.content,
  envelope: {
    idempotencyKey: `import-${run.session.id}-item-${item.item}`,
    entityId: run.session.entityId,
    dryRun: false,
    reason: run.session.fileName,
  },
});

async function updateRange(run: ImportRun, from: number, to: number): Promise<Outcome[]> {
  const items = await run.context.system.db.read(run.scope, (tx) => itemsBetween(tx, run.session, 'update', from, to));
  const outcomes: Outcome[] = [];
  for (const item of items.filter((i) => i.state === 'ready')) {
    try {
      await runCommand(run.engine.product, run.context, updateRequest(run, item));
      outcomes.push({ item, recordId: item.recordId, refusals: [] });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      outcomes.push({ item, recordId: null, refusals: error.refusals });
    }
  }
  return outcomes;
}

async function mark(run: ImportRun, outcomes: readonly Outcome[], done: number): Promise<void> {
  const at = run.context.system.clock.now().toISOString();
  await run.context.system.db.write(run.scope, async (tx) => {
    await markOutcomes(tx, run.session, outcomes);
    await changeSession(tx, run.session.id, { done }, at);
  });
}

async function skipBad(run: ImportRun, total: number, progress: Progress): Promise<void> {
  for (let from = 1; from <= total; from += BATCH_ITEMS) {
    const to = from + BATCH_ITEMS - 1;
    await mark(run, await createRange(run, from, to), Math.min(to, total));
    await mark(run, await updateRange(run, from, to), Math.min(to, total));
    await progress(Math.min(to, total), total);
  }
}

/** Ends an all-or-nothing import: carries out who stood in the way while everything is taken back. */
class TakenBack extends Error {
  readonly outcomes: readonly Outcome[];
  constructor(outcomes: readonly Outcome[]) {
    super('taken back');
    this.outcomes = outcomes;
  }
}

async function updateIn(tx: Tx, run: ImportRun, item: ItemRow): Promise<Outcome> {
  try {
    await runCommandIn(tx, run.engine.product, run.context, updateRequest(run, item));
    return { item, recordId: item.recordId, refusals: [] };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw new TakenBack([{ item, recordId: null, refusals: error.refusals }]);
  }
}

async function createIn(tx: Tx, run: ImportRun, from: number): Promise<Outcome[]> {
  const items = await itemsBetween(tx, run.session, 'create', from, from + BATCH_ITEMS - 1);
  if (items.length === 0) return [];
  const envelope = { ...envelopeOf(run), idempotencyKey: `import-${run.session.id}-${run.session.attempt}-${from}` };
  const answer = await runBulkCreateIn(
    tx,
    run.engine.product,
    run.context,
    run.definition,
    items.map((i) => i.content),
    envelope,
  );
  const outcomes = outcomesFor(items, outcomesOf(items.length, answer));
  const bad = outcomes.filter((o) => o.refusals.length > 0);
  if (bad.length > 0) throw new TakenBack(bad);
  return outcomes;
}

/** Everything or nothing: one transaction for all new and changed ones and for what is noted about them. */
async function allOrNothing(run: ImportRun, total: number, progress: Progress): Promise<void> {
  const { context, session, scope } = run;
  const at = context.system.clock.now().toISOString();
  try {
    await context.system.db.write(scope, async (tx) => {
      for (let from = 1; from <= total; from += BATCH_ITEMS) {
        const updates = await itemsBetween(tx, session, 'update', from, from + BATCH_ITEMS - 1);
        const outcomes = await createIn(tx, run, from);
        for (const item of updates) outcomes.push(await updateIn(tx, run, item));
        await markOutcomes(tx, session, outcomes);
        await progress(Math.min(from + BATCH_ITEMS - 1, total), total);
      }
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
    await context.system.db.write(scope, async (tx) => {
      await markOutcomes(tx, session, error.outcomes);
      await changeSession(tx, session.id, { done: 0 }, at);
    });
    refuse(...error.outcomes.flatMap((o) => o.refusals).slice(0, 20));
  }
  wakeOutbox(context.system.db);
}

async function fail(system: System, sessionId: string, refusals: readonly Refusal[]): Promise<void> {
  const at = system.clock.now().toISOString();
  await system.db.write({ entityIds: '*', userId: null }, async (tx) => {
    const totals = await countItems(tx, sessionId);
    await changeSession(tx, sessionId, { state: 'failed', totals, failure: refusals.slice(0, 20).map(refusalToWire) }, at);
  });
}

/**
 * Does the work of a job on a session and notes there why it stopped. Refusals and faults end it, to be run again by a person; when
 * the queue itself stops the job (the server ends), the session stays as it is and the queue repeats the job.
 */
export async function onSession(
  system: System,
  sessionId: string,
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
    if (error === fromQueue && !(error instanceof JobCancelled)) throw error;
    if (!(error instanceof RefusedError) && !(error instanceof JobCancelled)) system.log.error({ error, sessionId }, 'an import stopped');
    const refusals =
      error instanceof RefusedError
        ? error.refusals
        : [error instanceof JobCancelled ? importRefusals.cancelled({}) : importRefusals.fault({})];
    await fail(system, sessionId, refusals);
    if (error === fromQueue) throw error;
  }
}

/** Carries out a checked import. May be repeated after any crash: nothing is created or changed twice. */
export async function runImport(engine: ImportEngine, system: System, sessionId: string, progress: Progress): Promise<void> {
  const session = await system.db.read({ entityIds: '*', userId: null }, (tx) => loadSession(tx, sessionId));
  if (session.state !== 'running') return;
  const definition = definitionOf(engine, session.kind);
  const context = await contextOf(engine, system, definition, session);
  const scope = requireImport(context.actor, definition, session.entityId);
  const run: ImportRun = { engine, context, scope, session, definition };
  const now = () => system.clock.now().toISOString();
  const { items, refused } = await system.db.read(scope, (tx) => countItems(tx, session.id));
  if (session.onError === 'all-or-nothing' && refused > 0) refuse(importRefusals.hasErrors({ count: refused }));
  await system.db.write(scope, (tx) => changeSession(tx, session.id, { done: 0, total: items }, now()));
  await (session.onError === 'skip' ? skipBad(run, items, progress) : allOrNothing(run, items, progress));
  await system.db.write(scope, async (tx) => {
    const totals = await countItems(tx, session.id);
    await changeSession(tx, session.id, { state: 'done', totals, failure: null, done: items }, now());
  });
}
