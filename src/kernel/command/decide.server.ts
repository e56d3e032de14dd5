import type { Tx } from '../db/database.server.ts';
import { checkReferences } from '../document/directory.server.ts';
import { contentHash } from '../document/hash.server.ts';
import type { Posting } from '../document/definition.ts';
import type { Run } from './command.server.ts';
import { derive } from './guard.server.ts';
import { asRefusals, type Refusal } from './refusal.ts';
import { commandRefusals } from './refusals.ts';

/** References, facts, the document's own refusals, then every gate: all that stands in the way, not only the first thing. */
export async function decide(tx: Tx, run: Run): Promise<Refusal[]> {
  const { definition, action, request, context, product } = run;
  const refusals: Refusal[] = action.editsContent ? await checkReferences(tx, definition, [run.doc], run.before) : [];
  // Facts are loaded for valid references only.
  if (refusals.length > 0) return refusals;
  const server = product.server(definition);
  if (server.facts) run.facts = await server.facts(tx, run.doc, context, request.action);
  refusals.push(...asRefusals(action.refuse?.(run.doc, run.facts, run.actionContext)));
  for (const gate of product.gatesOn(definition.kind, request.action)) {
    const verdict = await gate.check(tx, run.doc, context, run.actionContext);
    run.verdicts.push({
      gate: gate.name,
      isPassed: verdict.refusals.length === 0,
      ruleVersion: verdict.ruleVersion,
      facts: verdict.facts,
      refusals: verdict.refusals,
    });
    refusals.push(...verdict.refusals);
  }
  return refusals;
}

/** Whether the action has to wait; fills `approvalId` where it does. */
export async function demandApproval(tx: Tx, run: Run): Promise<Refusal[]> {
  const { action, request, product, doc } = run;
  const approvals = product.ports.approvals;
  const { approvalId, rehearsesApproval, dryRun } = request.envelope;
  if (dryRun && rehearsesApproval !== undefined) return [];
  if (approvalId !== undefined) {
    return (await approvals.isGranted(tx, approvalId, doc.id, request.action))
      ? []
      : [commandRefusals.awaitingApproval({ action: action.label })];
  }
  if (run.before && (await approvals.waitingOn(tx, doc.id))) return [commandRefusals.awaitingApproval({ action: action.label })];
  if (!action.approval) return [];
  run.approvalId =
    (await approvals.demand(tx, {
      definition: run.definition,
      action: request.action,
      actionDefinition: action,
      doc,
      amount: action.approval.amount?.(doc) ?? null,
      context: run.context,
      request: {
        content: request.content ?? null,
        input: request.input ?? null,
        reason: run.actionContext.reason,
        occurredOn: request.envelope.occurredOn ?? null,
      },
    })) ?? null;
  return [];
}

/** The new state and the values the action sets. */
export function applyAction(run: Run): void {
  const { action, doc, definition } = run;
  if (run.approvalId) {
    doc.state = action.approval?.pending ?? run.before?.state ?? doc.state;
  } else {
    doc.state = action.to;
    if (action.set) Object.assign(doc, action.set(doc, run.input, run.actionContext));
    derive(run);
  }
  if (definition.codeField) doc.number = doc[definition.codeField];
  doc.version += 1;
  doc.updatedAt = run.at;
}

export async function signIfDemanded(tx: Tx, run: Run): Promise<void> {
  const { action, confirmation, doc } = run;
  if (!action.signature || !confirmation) return;
  const signed = await run.product.ports.signature.sign(tx, {
    confirmation,
    context: run.context,
    recordId: doc.id,
    entityId: doc.entityId,
    kind: run.definition.kind,
    number: doc.number,
    action: run.request.action,
    meaning: action.signature.meaning,
    reason: run.actionContext.reason,
    contentHash: contentHash(run.definition, doc),
  });
  run.signatureId = signed.signatureId;
}

/** What the document says its action posts. */
export const postingOf = (run: Run): Posting => (run.approvalId ? {} : (run.action.post?.(run.doc, run.facts, run.actionContext) ?? {}));
