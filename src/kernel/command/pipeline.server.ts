import { setTimeout as sleep } from 'node:timers/promises';
import { randomInt } from 'node:crypto';
import type { Tx } from '../db/database.server.ts';
import type { Context } from '../http/context.server.ts';
import type { CommandAnswer } from '../http/wire.ts';
import { wakeOutbox } from '../outbox/outbox.server.ts';
import type { Product } from '../product.server.ts';
import { answerOf } from './answer.server.ts';
import { appendDocument, appendLedgers, keepRefusedVerdicts, numberDocument } from './append.server.ts';
import { type CommandRequest, Rehearsed, type Run } from './command.server.ts';
import { refusalsOfDatabaseError } from './constraint.server.ts';
import { applyAction, decide, demandApproval, signIfDemanded } from './decide.server.ts';
import { guard, openDocument } from './guard.server.ts';
import { answeredBefore, keepAnswer } from './idempotency.server.ts';
import { prepare, type Prepared } from './prepare.server.ts';
import { refuse, RefusedError } from './refusal.ts';
import { commandRefusals } from './refusals.ts';

/** How often a command is tried again after a serialisation failure or a deadlock. */
const RETRIES_MAX = 3;
const transient = new Set(['40001', '40P01']);

/**
 * The one way anything is written: load → decide → post → append → commit. The same key answers the same; a rehearsal does everything
 * and rolls back; locks are taken in one order (key, document, balances by key, number series).
 * Throws RefusedError with every refusal; nothing is written then.
 */
export async function runCommand(product: Product, context: Context, request: CommandRequest): Promise<CommandAnswer> {
  // Once, outside the retries: a signer's one-time code is used up by being recognised.
  const once = await prepare(product, context, request);
  if (once.answer) return once.answer;
  for (let attempt = 0; ; attempt += 1) {
    const prepared = { ...once, run: { ...once.run, verdicts: [] } };
    try {
      const answer = await context.system.db.write({ entityIds: prepared.scope.entityIds, userId: context.actor.id }, (tx) =>
        execute(tx, prepared),
      );
      if (!answer.isReplay) wakeOutbox(context.system.db);
      return answer;
    } catch (error) {
      if (error instanceof Rehearsed) return error.answer;
      if (error instanceof RefusedError) {
        await keepRefusedVerdicts(prepared.run);
        throw error;
      }
      if (!transient.has((error as { code?: string }).code ?? '')) await translate(product, context, prepared.run, error);
      if (attempt >= RETRIES_MAX) refuse(commandRefusals.busy({}));
      await sleep(randomInt(5, 25) * (attempt + 1));
    }
  }
}

/** A command inside a transaction that is already open: for commands that carry out other commands. */
export async function runCommandIn(tx: Tx, product: Product, context: Context, request: CommandRequest): Promise<CommandAnswer> {
  return execute(tx, await prepare(product, context, request));
}

/** A broken constraint is a sentence: it becomes its refusal. Anything else is a fault and thrown as it is. */
async function translate(product: Product, context: Context, run: Run, error: unknown): Promise<void> {
  const refusals = await refusalsOfDatabaseError(context.system.db, error, { definition: run.definition, doc: run.doc, product });
  if (refusals.length > 0) throw new RefusedError(refusals);
  throw error;
}

async function execute(tx: Tx, { run, scope }: Prepared): Promise<CommandAnswer> {
  const { request, context } = run;
  const { dryRun } = request.envelope;
  const known = dryRun ? undefined : await answeredBefore(tx, context.actor.id, request);
  if (known) return known;
  await openDocument(tx, run);
  const guards = await guard(tx, run, scope);
  if (guards.length > 0) refuse(...guards);
  const refusals = await decide(tx, run);
  if (refusals.length > 0) refuse(...refusals);
  const waiting = await demandApproval(tx, run);
  if (waiting.length > 0) refuse(...waiting);
  applyAction(run);
  await signIfDemanded(tx, run);
  await appendLedgers(tx, run);
  await numberDocument(tx, run);
  await appendDocument(tx, run);
  await run.product.server(run.definition).after?.(tx, run.doc, context, request.action);
  const answer = await answerOf(tx, run);
  if (dryRun) throw new Rehearsed(answer);
  await keepAnswer(tx, run.commandId, context.actor.id, request, answer, run.at);
  return answer;
}
