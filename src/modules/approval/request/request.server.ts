import { refuse } from '#kernel/command/refusal.ts';
import { newId } from '#kernel/db/id.server.ts';
import { sql } from '#kernel/db/sql.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import { fill, text, type LocalText } from '#kernel/i18n/text.ts';
import type { ApprovalDemand, ApprovalPort, Product } from '#kernel/product.server.ts';
import { matchPolicy, type MatchedPolicy } from '../approval-policy/approval-policy.server.ts';
import { approvalRefusals } from '../refusals.ts';
import { makersOf } from './makers.server.ts';
import { neededIn, type RequestStep } from './progress.ts';

/** A request as stored. */
export interface ApprovalRequest {
  readonly id: string;
  readonly entityId: string | null;
  readonly recordId: string;
  readonly kind: string;
  readonly action: string;
  readonly number: string | null;
  readonly title: LocalText;
  readonly amount: string | null;
  readonly fromState: string;
  readonly state: 'open' | 'granted' | 'carried_out' | 'rejected' | 'withdrawn';
  readonly steps: readonly RequestStep[];
  readonly currentStep: number;
  readonly command: {
    readonly content: unknown;
    readonly input: unknown;
    readonly reason: string | null;
    readonly occurredOn: string | null;
  };
  readonly requestedBy: string;
  readonly requesterName: string;
  readonly requestedAt: string;
  readonly endedAt: string | null;
}

export const requestColumns = sql`
  id, entity_id "entityId", record_id "recordId", kind, action, number, jsonb_build_object('zh', title_zh, 'en', title_en) title, amount,
  from_state "fromState", state, steps, current_step "currentStep", command, requested_by "requestedBy", requester_name "requesterName",
  requested_at "requestedAt", ended_at "endedAt"`;

/** Freezes a policy's steps: who may agree is decided when it is asked; whoever asks, created or amended the document is not among them. */
async function freezeSteps(tx: Tx, product: Product, demand: ApprovalDemand, policy: MatchedPolicy): Promise<RequestStep[]> {
  const excluded = new Set([demand.context.actor.id, demand.doc.createdBy, ...(await makersOf(tx, demand.doc.id))]);
  const holders = new Map<string, readonly { id: string; name: string }[]>();
  for (const roleId of new Set(policy.steps.map((s) => s.roleId))) {
    holders.set(roleId, await product.ports.people.holdersOfRole(tx, roleId, demand.doc.entityId));
  }
  return policy.steps.map((step) => {
    const approvers = (holders.get(step.roleId) ?? []).filter((person) => !excluded.has(person.id));
    if (approvers.length === 0) refuse(approvalRefusals.noApprover({ step: step.name, policy: policy.name }));
    return { name: step.name, mode: step.mode, needed: neededIn(step.mode, step.quorum, approvers.length), approvers };
  });
}

async function demandApproval(tx: Tx, product: Product, demand: ApprovalDemand): Promise<string | undefined> {
  const { definition, doc, context, action, amount } = demand;
  const policy = await matchPolicy(tx, { kind: definition.kind, action, entityId: doc.entityId, amount });
  if (!policy || policy.steps.length === 0) return undefined;
  const steps = await freezeSteps(tx, product, demand, policy);
  const title = definition.title(doc) as LocalText;
  const id = newId('apr');
  await tx.query(sql`
    insert into approval.request (id, entity_id, record_id, kind, action, number, title_zh, title_en, amount, from_state, policy_id, policy_version,
      steps, command, requested_by, requester_name, requested_at)
    values (${id}, ${doc.entityId}, ${doc.id}, ${definition.kind}, ${action}, ${doc.number}, ${title.zh}, ${title.en}, ${amount}, ${doc.state},
      ${policy.id}, ${policy.version}, ${JSON.stringify(steps)}::jsonb, ${JSON.stringify(demand.request)}::jsonb, ${context.actor.id},
      ${context.actor.name}, ${context.system.clock.now().toISOString()})`);
  return id;
}

/** Who is asked now, in a sentence. */
export function waitingText(request: Pick<ApprovalRequest, 'steps' | 'currentStep'>): LocalText {
  const step = request.steps[request.currentStep - 1];
  const names = step?.approvers.slice(0, 4).map((a) => a.name) ?? [];
  const more = (step?.approvers.length ?? 0) > names.length;
  return fill(text('第 {n}/{of} 步「{step}」，等待 {names}', 'Step {n} of {of}, “{step}”: waiting for {names}'), {
    n: request.currentStep,
    of: request.steps.length,
    step: step?.name ?? '',
    names: text(names.join('、') + (more ? ' 等' : ''), names.join(', ') + (more ? ' …' : '')),
  });
}

/** The approval service as the write pipeline sees it. */
export const createApprovals = (product: () => Product): ApprovalPort => ({
  demand: (tx, demand) => demandApproval(tx, product(), demand),
  waitingOn: async (tx, recordId) => {
    const request = await tx.maybe<ApprovalRequest>(
      sql`select ${requestColumns} from approval.request where record_id = ${recordId} and state = 'open'`,
    );
    return request && { id: request.id, action: request.action, summary: waitingText(request) };
  },
  isGranted: async (tx, approvalId, recordId, action) =>
    (await tx.maybe(
      sql`select 1 from approval.request where id = ${approvalId} and record_id = ${recordId} and action = ${action} and state = 'granted'`,
    )) !== undefined,
});
