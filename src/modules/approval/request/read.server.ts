import { runCommand } from '#kernel/command/pipeline.server.ts';
import { refuse, RefusedError } from '#kernel/command/refusal.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import { dayIn } from '#kernel/clock/clock.server.ts';
import { viewPermission, actionPermission } from '#kernel/access/permission.ts';
import { can } from '#kernel/access/actor.ts';
import { systemScope, type Tx } from '#kernel/db/database.server.ts';
import { sql } from '#kernel/db/sql.server.ts';
import type { Context } from '#kernel/http/context.server.ts';
import { text } from '#kernel/i18n/text.ts';
import { groupFacts, type Product } from '#kernel/product.server.ts';
import { makersSql } from './makers.server.ts';
import { type ApprovalRequest, requestColumns, waitingText } from './request.server.ts';

/** Requests whose current step names this user, or somebody this user stands in for today. */
async function waitingFor(tx: Tx, context: Context): Promise<ApprovalRequest[]> {
  const day = dayIn(context.system.clock.now(), groupFacts.timeZone);
  return tx.query<ApprovalRequest>(sql`
    with me as (
      select ${context.actor.id}::text as id
      union select user_id from access.substitution where substitute_id = ${context.actor.id} and ended_at is null and ${day}::date between from_day and until_day
    )
    select ${requestColumns} from approval.request r
    where r.state = 'open' and r.requested_by <> ${context.actor.id} and exists (
      select from jsonb_array_elements(r.steps -> (r.current_step - 1) -> 'approvers') a join me on me.id = a ->> 'id'
      where not exists (select from approval.decision d where d.request_id = r.id and d.step = r.current_step and d.approver_id = me.id))
      and ${context.actor.id} not in (${makersSql(sql`r.record_id`)})
    order by r.requested_at limit 200`);
}

export async function readBox(tx: Tx, context: Context, box: 'waiting' | 'requested' | 'decided'): Promise<ApprovalRequest[]> {
  if (box === 'waiting') return waitingFor(tx, context);
  const mine =
    box === 'requested'
      ? sql`requested_by = ${context.actor.id}`
      : sql`id in (select request_id from approval.decision where decided_by = ${context.actor.id})`;
  return tx.query<ApprovalRequest>(sql`select ${requestColumns} from approval.request where ${mine} order by requested_at desc limit 200`);
}

export function summaryOf(product: Product, context: Context, r: ApprovalRequest) {
  return {
    id: r.id,
    kind: r.kind,
    recordId: r.recordId,
    number: r.number,
    title: r.title,
    action: r.action,
    actionLabel: product.definition(r.kind)?.actions[r.action]?.label ?? text(r.action, r.action),
    amount: r.amount,
    entityId: r.entityId,
    state: r.state,
    requesterName: r.requesterName,
    requestedAt: r.requestedAt,
    waiting: r.state === 'open' ? waitingText(r) : text('', ''),
    isMine: r.requestedBy === context.actor.id,
  };
}

/** What carrying the request out would do now, rehearsed as its requester; what stands in the way otherwise. */
async function rehearse(product: Product, context: Context, r: ApprovalRequest) {
  const definition = product.definition(r.kind);
  if (!definition || r.state !== 'open') return { preview: null, refusals: [] };
  const permission = actionPermission(definition, r.action);
  const grants = [
    ...context.actor.grants,
    { permission, entityIds: '*' as const, warehouseIds: '*' as const, regions: '*' as const, isOwnOnly: false },
  ];
  const requester: Context = { ...context, actor: { ...context.actor, id: r.requestedBy, name: r.requesterName, grants } };
  try {
    const preview = await runCommand(product, requester, {
      definition,
      action: r.action,
      id: r.recordId,
      content: r.command.content ?? undefined,
      input: r.command.input ?? undefined,
      envelope: {
        idempotencyKey: 'rehearsal',
        dryRun: true,
        rehearsesApproval: r.id,
        reason: r.command.reason,
        occurredOn: r.command.occurredOn,
      },
    });
    return { preview, refusals: [] };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { preview: null, refusals: error.refusals.map(({ code, text: said, wayOut }) => ({ code, text: said, wayOut })) };
  }
}

/** One request for those who ask, decide or may see the document. */
export async function readRequest(product: Product, context: Context, id: string) {
  const { request, decisions, waiting } = await context.system.db.read({ ...systemScope, userId: context.actor.id }, async (tx) => ({
    request: await tx.maybe<ApprovalRequest>(sql`select ${requestColumns} from approval.request where id = ${id}`),
    decisions: await tx.query(sql`
      select step, decided_name "decidedName", (select title_zh from kernel.directory where id = on_behalf_of) "onBehalfOf", verdict, comment, decided_at "decidedAt"
      from approval.decision where request_id = ${id} order by decision_id`),
    waiting: await waitingFor(tx, context),
  }));
  const definition = request && product.definition(request.kind);
  const isApprover = request?.steps.some((s) => s.approvers.some((a) => a.id === context.actor.id)) || waiting.some((w) => w.id === id);
  const maySee =
    request &&
    definition &&
    (isApprover || request.requestedBy === context.actor.id || can(context.actor, viewPermission(definition), request.entityId));
  if (!request || !maySee) return refuse(commandRefusals.notFound({ what: text('审批', 'approval') }));
  return {
    ...summaryOf(product, context, request),
    steps: request.steps.map((s) => ({ ...s, approvers: [...s.approvers] })),
    currentStep: request.currentStep,
    decisions: decisions as never[],
    canDecide: waiting.some((w) => w.id === id),
    ...(await rehearse(product, context, request)),
  };
}
