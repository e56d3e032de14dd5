import { reaches } from '../access/actor.ts';
import { appendAudit, auditWho } from '../audit/append.server.ts';
import { diffContent } from '../audit/diff.ts';
import { dayIn } from '../clock/clock.server.ts';
import { newId } from '../db/id.server.ts';
import { sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import { parseContent } from '../document/content.ts';
import type { ActionDefinition, AnyDefinition } from '../document/definition.ts';
import { checkReferences, upsertDirectory, writeRelations } from '../document/directory.server.ts';
import { takeNumbers } from '../document/numbering.server.ts';
import { insertDocs } from '../document/store.server.ts';
import { appendVersions } from '../document/versions.server.ts';
import type { Context } from '../http/context.server.ts';
import { appendEvents } from '../outbox/append.server.ts';
import { documentEvent } from '../outbox/document-event.server.ts';
import { wakeOutbox } from '../outbox/outbox.server.ts';
import { type EntityFacts, groupFacts, type Product } from '../product.server.ts';
import type { Envelope } from './command.server.ts';
import { refusalsOfDatabaseError } from './constraint.server.ts';
import { lockKey } from './idempotency.server.ts';
import { requireScope } from './prepare.server.ts';
import { asRefusals, refuse, type Refusal, RefusedError } from './refusal.ts';
import { commandRefusals } from './refusals.ts';

/** At most this many in one transaction: bounded locks, bounded memory, visible progress. */
export const BULK_ROWS_MAX = 2000;

export interface RowError {
  /** Counts from 0 in the contents given. */
  readonly row: number;
  readonly refusals: readonly Refusal[];
}

export interface BulkAnswer {
  readonly created: readonly string[];
  readonly rowErrors: readonly RowError[];
}

interface Batch {
  readonly product: Product;
  readonly context: Context;
  readonly definition: AnyDefinition;
  readonly action: ActionDefinition;
  readonly entity: EntityFacts | null;
  readonly today: string;
  readonly at: string;
  readonly isRehearsal: boolean;
}

function newDoc(batch: Batch, content: any): any {
  const { definition, context, entity, at } = batch;
  const doc = {
    id: newId(definition.idPrefix),
    entityId: entity?.id ?? null,
    number: null,
    state: batch.action.to,
    version: 1,
    createdBy: context.actor.id,
    createdAt: at,
    updatedAt: at,
    ...Object.fromEntries(Object.keys(definition.header).map((name) => [name, null])),
    ...content,
  };
  if (definition.derive) Object.assign(doc, definition.derive(doc, { functionalCurrency: (entity ?? groupFacts).functionalCurrency }));
  if (definition.codeField) doc.number = doc[definition.codeField];
  return doc;
}

/** Codes that exist already, or twice in the batch. */
async function codeErrors(tx: Tx, batch: Batch, docs: ReadonlyMap<number, any>): Promise<RowError[]> {
  const { definition, entity } = batch;
  if (!definition.codeField) return [];
  const codes = [...docs.values()].map((doc) => doc.number as string);
  const taken = await tx.query(sql`
    select number, id from kernel.directory where kind = ${definition.kind} and number = any(${codes}::text[])
      and (${!definition.isEntityScoped} or entity_id = ${entity?.id ?? null})`);
  const known = new Set(taken.map((row) => row.number as string));
  const label = definition.header[definition.codeField].label;
  return [...docs].flatMap(([row, doc]) => {
    const isTaken = known.has(doc.number);
    known.add(doc.number);
    return isTaken ? [{ row, refusals: [commandRefusals.codeTaken({ label, code: doc.number }, { field: definition.codeField })] }] : [];
  });
}

/** Facts and the definition's own checks, document by document: only kinds whose checks need facts pay for them. */
async function checkErrors(tx: Tx, batch: Batch, docs: ReadonlyMap<number, any>): Promise<RowError[]> {
  const { product, context, definition, action, entity, today } = batch;
  if (!action.refuse) return [];
  const server = product.server(definition);
  const known = await server.factsOfMany?.(tx, [...docs.values()], context, 'create');
  const errors: RowError[] = [];
  for (const [i, [row, doc]] of [...docs].entries()) {
    const facts = known?.[i] ?? (server.facts ? await server.facts(tx, doc, context, 'create') : {});
    const answer = action.refuse(doc, facts, {
      actor: context.actor,
      today,
      occurredOn: today,
      functionalCurrency: (entity ?? groupFacts).functionalCurrency,
      reason: null,
    });
    const refusals = asRefusals(answer);
    if (refusals.length > 0) errors.push({ row, refusals });
  }
  return errors;
}

/** References of all documents in one statement; each problem goes back to its row. */
async function referenceErrors(tx: Tx, batch: Batch, docs: ReadonlyMap<number, any>): Promise<RowError[]> {
  const all = await checkReferences(tx, batch.definition, [...docs.values()]);
  if (all.length === 0) return [];
  const errors: RowError[] = [];
  for (const [row, doc] of docs) {
    const refusals = await checkReferences(tx, batch.definition, [doc]);
    if (refusals.length > 0) errors.push({ row, refusals });
  }
  return errors;
}

const without = (docs: ReadonlyMap<number, any>, errors: readonly RowError[]): Map<number, any> => {
  const bad = new Set(errors.map((e) => e.row));
  return new Map([...docs].filter(([row]) => !bad.has(row)));
};

async function write(tx: Tx, batch: Batch, docs: readonly any[], commandId: string): Promise<void> {
  const { definition, context, at, today, entity } = batch;
  if (definition.numbering?.takenBy === 'create') {
    const numbers = await takeNumbers(tx, definition, entity?.id ?? null, today, docs.length);
    docs.forEach((doc, i) => (doc.number = numbers[i]));
  }
  await insertDocs(tx, definition, docs);
  // What only tells of the documents cannot refuse them: a rehearsal, which keeps nothing, spares itself the greater part of the work.
  if (batch.isRehearsal && !batch.product.server(definition).after) return;
  if (definition.nature === 'record') {
    await appendVersions(
      tx,
      definition,
      docs.map((doc) => ({ doc, validFrom: today, reason: null, changedBy: context.actor.id, isDue: false })),
      at,
    );
  }
  await upsertDirectory(tx, definition, docs, at);
  await writeRelations(tx, definition, docs, true);
  await appendAudit(
    tx,
    docs.map((doc) => ({
      ...auditWho(context),
      commandId,
      entityId: doc.entityId,
      kind: definition.kind,
      recordId: doc.id,
      number: doc.number,
      action: 'create',
      toState: doc.state,
      version: 1,
      changes: diffContent(null, doc, definition),
    })),
  );
  await appendEvents(
    tx,
    docs.map((doc) => documentEvent(context, definition, doc, 'create')),
  );
}

async function runBatch(tx: Tx, batch: Batch, contents: readonly unknown[]): Promise<BulkAnswer> {
  const errors: RowError[] = [];
  let docs = new Map<number, any>();
  contents.forEach((content, row) => {
    const parsed = parseContent(batch.definition, content);
    if (parsed.refusals.length > 0) errors.push({ row, refusals: parsed.refusals });
    else docs.set(row, newDoc(batch, parsed.content));
  });
  for (const check of [referenceErrors, codeErrors, checkErrors]) {
    const found = docs.size > 0 ? await check(tx, batch, docs) : [];
    errors.push(...found);
    docs = without(docs, found);
  }
  const good = [...docs.values()];
  if (good.length > 0) {
    await write(tx, batch, good, newId('cmd'));
    const server = batch.product.server(batch.definition);
    if (server.after) for (const doc of good) await server.after(tx, doc, batch.context, 'create');
  }
  return { created: good.map((doc) => doc.id as string), rowErrors: errors.toSorted((a, b) => a.row - b.row) };
}

/** Who may create this kind, where; refuses whoever may not. */
function requireBulk(context: Context, definition: AnyDefinition, count: number, envelope: Envelope) {
  if (count > BULK_ROWS_MAX) refuse(commandRefusals.tooManyLines({ label: definition.pluralLabel, max: BULK_ROWS_MAX, count }));
  const action = definition.actions['create'] as ActionDefinition | undefined;
  if (!action) return refuse(commandRefusals.actionUnknown({ action: 'create' }));
  const scope = requireScope(context, definition, 'create');
  const entityId = definition.isEntityScoped ? (envelope.entityId ?? refuse(commandRefusals.entityRequired({}))) : null;
  if (!reaches(scope.entityIds, entityId)) refuse(commandRefusals.outOfScope({ action: action.label }));
  return { action, scope, entityId };
}

/** `runBulkCreate` inside a transaction that is already open, so that several batches stand or fall together. */
export async function runBulkCreateIn(
  tx: Tx,
  product: Product,
  context: Context,
  definition: AnyDefinition,
  contents: readonly unknown[],
  envelope: Envelope,
): Promise<BulkAnswer> {
  const { action, entityId } = requireBulk(context, definition, contents.length, envelope);
  const now = context.system.clock.now();
  await lockKey(tx, context.actor.id, envelope.idempotencyKey);
  const known = envelope.dryRun
    ? undefined
    : await tx.maybe(sql`
    select answer from kernel.command where actor_id = ${context.actor.id} and key = ${envelope.idempotencyKey}`);
  if (known) return known['answer'] as BulkAnswer;
  const entity = entityId
    ? ((await product.ports.entities.facts(tx, entityId)) ?? refuse(commandRefusals.outOfScope({ action: action.label })))
    : null;
  const batch: Batch = {
    product,
    context,
    definition,
    action,
    entity,
    today: dayIn(now, (entity ?? groupFacts).timeZone),
    at: now.toISOString(),
    isRehearsal: envelope.dryRun,
  };
  const done = await runBatch(tx, batch, contents);
  if (!envelope.dryRun) {
    await tx.query(sql`
      insert into kernel.command (command_id, actor_id, key, request_hash, request, answer, recorded_at)
      values (${newId('cmd')}, ${context.actor.id}, ${envelope.idempotencyKey}, 'bulk', '{}'::jsonb, ${JSON.stringify(done)}::jsonb, ${batch.at}::timestamptz)`);
  }
  return done;
}

/**
 * Creates many of a kind in one transaction, set-based: good rows are written, bad ones come back with every reason. A repeated key
 * gives the first answer. At most BULK_ROWS_MAX contents.
 */
export async function runBulkCreate(
  product: Product,
  context: Context,
  definition: AnyDefinition,
  contents: readonly unknown[],
  envelope: Envelope,
): Promise<BulkAnswer> {
  const { scope } = requireBulk(context, definition, contents.length, envelope);
  try {
    const answer = await context.system.db.write({ entityIds: scope.entityIds, userId: context.actor.id }, async (tx) => {
      const done = await runBulkCreateIn(tx, product, context, definition, contents, envelope);
      if (envelope.dryRun) throw new RehearsedBulk(done);
      return done;
    });
    wakeOutbox(context.system.db);
    return answer;
  } catch (error) {
    if (error instanceof RehearsedBulk) return error.answer;
    if (error instanceof RefusedError) throw error;
    const refusals = await refusalsOfDatabaseError(context.system.db, error, { definition, product, doc: {} });
    if (refusals.length > 0) throw new RefusedError(refusals);
    throw error;
  }
}

class RehearsedBulk extends Error {
  readonly answer: BulkAnswer;
  constructor(answer: BulkAnswer) {
    super('rehearsed');
    this.answer = answer;
  }
}
