import { appendAudit, auditWho } from '#kernel/audit/append.server.ts';
import { can } from '#kernel/access/actor.ts';
import { actionPermission } from '#kernel/access/permission.ts';
import { runCommandIn } from '#kernel/command/pipeline.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { returnDocument } from '#kernel/command/return.server.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import { dayIn } from '#kernel/clock/clock.server.ts';
import { newId } from '#kernel/db/id.server.ts';
import { systemScope, type Tx } from '#kernel/db/database.server.ts';
import { sql } from '#kernel/db/sql.server.ts';
import type { Context } from '#kernel/http/context.server.ts';
import type { CommandAnswer } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { wakeOutbox } from '#kernel/outbox/outbox.server.ts';
import { appendEvents } from '#kernel/outbox/append.server.ts';
import { groupFacts, type Product } from '#kernel/product.server.ts';
import { approvalRefusals } from '../refusals.ts';
import { makersOf } from './makers.server.ts';
import { decidesFor, nextStep } from './progress.ts';
import { type ApprovalRequest, requestColumns } from './request.server.ts';

export interface Decision {
  readonly requestId: string;
  readonly verdict: 'approve' | 'reject';
  readonly comment: string | null;
}

async function openRequest(tx: Tx, id: string): Promise<ApprovalRequest> {
  // The document's row is locked by the command that follows; the request's row first, so that two decisions come one after the other.
  const request = await tx.maybe<ApprovalRequest>(sql`select ${requestColumns} from approval.request where id = ${id} for update`);
  if (!request) return refuse(commandRefusals.notFound({ what: text('审批', 'approval') }));
  return request.state === 'open' ? request : refuse(approvalRefusals.alreadyDecided({}));
}

const today = async (tx: Tx, product: Product, context: Context, entityId: string | null): Promise<string> => {
  const entity = entityId ? await product.ports.entities.facts(tx, entityId) : undefined;
  return dayIn(context.system.clock.now(), (entity ?? groupFacts).timeZone);
};

/** Records the verdict for whom the actor decides; refuses where the step is not theirs. Returns how many agreed to the step. */
async function recordVerdict(tx: Tx, product: Product, context: Context, request: ApprovalRequest, decision: Decision): Promise<number> {
  const step = request.steps[request.currentStep - 1];
  if (!step) return refuse(approvalRefusals.alreadyDecided({}));
  const made = await tx.query<{ approver_id: string; verdict: string }>(
    sql`select approver_id, verdict from approval.decision where request_id = ${request.id} and step = ${request.currentStep}`,
  );
  const day = await today(tx, product, context, request.entityId);
  const substitutes = await product.ports.people.substitutesFor(
    tx,
    step.approvers.map((a) => a.id),
    day,
  );
  const approverId = decidesFor(step, context.actor.id, substitutes, new Set(made.map((d) => d.approver_id)));
  if (!approverId) {
    const isDone = made.some((d) => d.approver_id === context.actor.id);
    return refuse(isDone ? approvalRefusals.alreadyDecided({}) : approvalRefusals.notYours({ step: step.name }));
  }
  const { actor, system } = context;
  // A substitute is bound like the approver: neither who asked nor who made the document.
  const isMaker = actor.id === request.requestedBy || (await makersOf(tx, request.recordId)).has(actor.id);
  if (isMaker) refuse(approvalRefusals.makerMayNotDecide({}));
  await tx.query(sql`
    insert into approval.decision (request_id, step, approver_id, on_behalf_of, decided_by, decided_name, verdict, comment, decided_at)
    values (${request.id}, ${request.currentStep}, ${approverId}, ${approverId === actor.id ? null : approverId}, ${actor.id}, ${actor.name},
      ${decision.verdict}, ${decision.comment}, ${system.clock.now().toISOString()})`);
  return made.filter((d) => d.verdict === 'approve').length + (decision.verdict === 'approve' ? 1 : 0);
}

async function audit(tx: Tx, context: Context, request: ApprovalRequest, action: string, comment: string | null): Promise<void> {
  await appendAudit(tx, [
    {
      ...auditWho(context),
      entityId: request.entityId,
      kind: request.kind,
      recordId: request.recordId,
      number: request.number,
      action,
      reason: comment,
    },
  ]);
  await appendEvents(tx, [
    {
      name: `approval.${action}`,
      kind: request.kind,
      recordId: request.recordId,
      entityId: request.entityId,
      payload: { action, actorName: context.actor.name },
    },
  ]);
}

const endRequest = (tx: Tx, context: Context, id: string, state: ApprovalRequest['state']): Promise<unknown> =>
  tx.query(sql`update approval.request set state = ${state}, ended_at = ${context.system.clock.now().toISOString()} where id = ${id}`);

/** Carries the granted action out for its requester, gates and all, in the transaction of the last agreement. */
async function carryOut(tx: Tx, product: Product, context: Context, request: ApprovalRequest): Promise<CommandAnswer> {
  const definition = product.definition(request.kind);
  if (!definition) throw new Error(`request ${request.id} names an unknown kind ${request.kind}`);
  // With the grants they hold today: who may no longer do it does not get it done by an old request.
  const actor = await product.ports.people.actorOf(tx, request.requestedBy);
  if (!actor || !can(actor, actionPermission(definition, request.action), request.entityId)) {
    return refuse(approvalRefusals.requesterLostRight({ person: request.requesterName }));
  }
  await tx.query(sql`update approval.request set state = 'granted' where id = ${request.id}`);
  const requester: Context = { ...context, actor };
  const answer = await runCommandIn(tx, product, requester, {
    definition,
    action: request.action,
    id: request.recordId,
    content: request.command.content ?? undefined,
    input: request.command.input ?? undefined,
    envelope: {
      idempotencyKey: `approval:${request.id}`,
      dryRun: false,
      approvalId: request.id,
      reason: request.command.reason,
      occurredOn: request.command.occurredOn,
    },
  });
  await endRequest(tx, context, request.id, 'carried_out');
  return answer;
}

/** One approver's verdict. The last agreement carries the action out; one refusal gives the document back to its maker. */
export async function decide(product: Product, context: Context, decision: Decision): Promise<{ state: ApprovalRequest['state'] }> {
  const answer = await context.system.db.write({ ...systemScope, userId: context.actor.id }, async (tx) => {
    const request = await openRequest(tx, decision.requestId);
    if (decision.verdict === 'reject' && !decision.comment) refuse(approvalRefusals.commentRequired({}, { field: 'comment' }));
    const agreed = await recordVerdict(tx, product, context, request, decision);
    if (decision.verdict === 'reject') {
      await endRequest(tx, context, request.id, 'rejected');
      await giveBack(tx, product, context, request, 'reject-approval', decision.comment);
      return { state: 'rejected' as const };
    }
    await audit(tx, context, request, 'approve-step', decision.comment);
    const step = nextStep(request.steps, request.currentStep, agreed);
    if (step !== undefined) {
      await tx.query(sql`update approval.request set current_step = ${step} where id = ${request.id}`);
      return { state: 'open' as const };
    }
    await carryOut(tx, product, context, request);
    return { state: 'carried_out' as const };
  });
  wakeOutbox(context.system.db);
  return answer;
}

async function giveBack(
  tx: Tx,
  product: Product,
  context: Context,
  request: ApprovalRequest,
  action: string,
  reason: string | null,
): Promise<void> {
  const definition = product.definition(request.kind);
  if (!definition) throw new Error(`request ${request.id} names an unknown kind ${request.kind}`);
  await returnDocument(tx, context, {
    definition,
    id: request.recordId,
    toState: request.fromState,
    action,
    reason,
    commandId: newId('cmd'),
  });
}

/** The requester takes a running request back. */
export async function withdraw(
  product: Product,
  context: Context,
  requestId: string,
  reason: string | null,
): Promise<{ state: ApprovalRequest['state'] }> {
  await context.system.db.write({ ...systemScope, userId: context.actor.id }, async (tx) => {
    const request = await openRequest(tx, requestId);
    if (request.requestedBy !== context.actor.id) refuse(approvalRefusals.notRequester({}));
    await endRequest(tx, context, request.id, 'withdrawn');
    await giveBack(tx, product, context, request, 'withdraw-approval', reason);
  });
  wakeOutbox(context.system.db);
  return { state: 'withdrawn' };
}
