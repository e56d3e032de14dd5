import { auditApart } from '../audit/append.server.ts';
import { can, reaches } from '../access/actor.ts';
import { maskForActor } from '../access/masking.ts';
import { actionPermission } from '../access/permission.ts';
import { commandRefusals } from '../command/refusals.ts';
import { asRefusals, refuse, type Refusal } from '../command/refusal.ts';
import { runCommand } from '../command/pipeline.server.ts';
import { dayIn } from '../clock/clock.server.ts';
import type { Tx } from '../db/database.server.ts';
import { sql } from '../db/sql.server.ts';
import { referencesOf } from '../document/content.ts';
import type { ActionDefinition, AnyDefinition } from '../document/definition.ts';
import { titlesOf } from '../document/directory.server.ts';
import { exportList } from '../document/export.server.ts';
import { readList, requireView } from '../document/reader.server.ts';
import { loadDoc } from '../document/store.server.ts';
import { timelineOf } from '../document/timeline.server.ts';
import { versionsOf } from '../document/versions.server.ts';
import { groupFacts, type Product } from '../product.server.ts';
import type { Context, OperationExtras, OperationHandler } from './context.server.ts';
import { type DocumentOperation, documentOperations } from './document-operations.ts';
import { refusalToWire } from './problem.ts';
import type { ActionStatus, CommandBody, DocumentAnswer } from './wire.ts';

/** A document inside the actor's scope, or the refusal that tells nothing about others' documents. */
export async function visibleDocument(tx: Tx, context: Context, d: AnyDefinition, id: string): Promise<any> {
  const scope = requireView(context, d);
  const doc = await loadDoc(tx, d, id);
  const isVisible =
    doc &&
    reaches(scope.entityIds, doc.entityId) &&
    reaches(scope.warehouseIds, d.warehouseField ? doc[d.warehouseField] : null) &&
    (scope.ownOnlyFor === null || doc.createdBy === scope.ownOnlyFor);
  return isVisible ? doc : refuse(commandRefusals.notFound({ what: d.label }));
}

/** How every action that the state allows stands for this person, with the reasons where it is disabled. */
async function actionStatuses(
  tx: Tx,
  product: Product,
  context: Context,
  d: AnyDefinition,
  doc: any,
  isWaiting: boolean,
): Promise<ActionStatus[]> {
  const entity = doc.entityId ? await product.ports.entities.facts(tx, doc.entityId) : undefined;
  const today = dayIn(context.system.clock.now(), (entity ?? groupFacts).timeZone);
  const mine = await tx.query(sql`select distinct action from audit.event where record_id = ${doc.id} and actor_id = ${context.actor.id}`);
  const did = new Set(mine.map((row) => row.action));
  const statuses: ActionStatus[] = [];
  for (const [name, action] of Object.entries(d.actions as Record<string, ActionDefinition>)) {
    if (!action.from.includes(doc.state)) continue;
    const refusals: Refusal[] = [];
    const permission = actionPermission(d, name);
    if (!can(context.actor, permission, doc.entityId)) refusals.push(commandRefusals.notPermitted({ action: action.label, permission }));
    for (const done of (action.notBy ?? []).filter((a) => did.has(a))) {
      refusals.push(
        commandRefusals.makerIsChecker({ person: context.actor.name, done: d.actions[done]?.label ?? done, action: action.label }),
      );
    }
    if (isWaiting) refusals.push(commandRefusals.awaitingApproval({ action: action.label }));
    if (refusals.length === 0 && action.refuse) {
      const facts = (await product.server(d).facts?.(tx, doc, context, name)) ?? {};
      const own = dayOfDocument(d, doc) ?? today;
      const answer = action.refuse(doc, facts, {
        actor: { id: context.actor.id, name: context.actor.name },
        today,
        occurredOn: own,
        functionalCurrency: (entity ?? groupFacts).functionalCurrency,
        reason: null,
      });
      refusals.push(...asRefusals(answer));
    }
    statuses.push({ name, isAllowed: refusals.length === 0, refusals: refusals.map(refusalToWire) });
  }
  return statuses;
}

const dayOfDocument = (d: AnyDefinition, doc: any): string | null => (d.occurredOnField ? doc[d.occurredOnField] : null);

async function getDocument(product: Product, context: Context, d: AnyDefinition, id: string): Promise<DocumentAnswer> {
  const scope = requireView(context, d);
  return context.system.db.read({ entityIds: scope.entityIds, userId: context.actor.id }, async (tx) => {
    const doc = await visibleDocument(tx, context, d, id);
    const approval = (await product.ports.approvals.waitingOn(tx, id)) ?? null;
    const ids = [doc.entityId, doc.createdBy, ...referencesOf(d, doc).map((r) => r.id)];
    return {
      document: maskForActor(context.actor, d, doc),
      titles: await titlesOf(tx, ids),
      actions: await actionStatuses(tx, product, context, d, doc, approval !== null),
      approval,
    };
  });
}

/** Runs a read about one visible document. */
async function readOf<T>(context: Context, d: AnyDefinition, id: string, work: (tx: Tx, doc: any) => Promise<T>): Promise<T> {
  const scope = requireView(context, d);
  return context.system.db.read({ entityIds: scope.entityIds, userId: context.actor.id }, async (tx) =>
    work(tx, await visibleDocument(tx, context, d, id)),
  );
}

async function command(
  product: Product,
  context: Context,
  op: DocumentOperation,
  id: string | undefined,
  dryRun: boolean,
  body: CommandBody,
  extras: OperationExtras,
) {
  const idempotencyKey = extras.request.headers.get('idempotency-key') ?? '';
  if (!dryRun && !idempotencyKey) refuse(commandRefusals.keyRequired({}));
  const { content, input, signature, ...rest } = body;
  return runCommand(product, context, {
    definition: op.definition,
    action: op.action as string,
    id,
    content,
    input,
    envelope: { ...rest, idempotencyKey, dryRun, signature },
  });
}

function handlerOf(product: Product, op: DocumentOperation): OperationHandler['handle'] {
  const d = op.definition;
  switch (op.role) {
    case 'list':
      return (context, { query }) => {
        const scope = requireView(context, d);
        return context.system.db.read({ entityIds: scope.entityIds, userId: context.actor.id }, (tx) =>
          readList(tx, context, d, query, scope),
        );
      };
    case 'export':
      return async (context, { query }) => {
        await auditApart(context, {
          entityId: null,
          kind: 'export',
          action: 'export',
          reason: null,
          changes: [{ field: d.kind, old: null, new: JSON.stringify(query) }],
        });
        return exportList(context, d, query);
      };
    case 'get':
      return (context, { params }) => getDocument(product, context, d, params.id);
    case 'timeline':
      return (context, { params }) => readOf(context, d, params.id, (tx, doc) => timelineOf(tx, product, context, d, doc));
    case 'versions':
      return (context, { params }) =>
        readOf(context, d, params.id, async (tx, doc) => {
          const versions = await versionsOf(tx, params.id);
          return versions.map((v) => ({ ...v, content: maskForActor(context.actor, d, { lines: {}, ...v.content }, doc.entityId) }));
        });
    case 'create':
    case 'act':
      return (context, { params, query, body }, extras) => command(product, context, op, params?.id, query.dryRun === 'true', body, extras);
  }
}

/** The derived routes of every definition, bound to the kernel. */
export const documentHandlers = (product: Product): OperationHandler[] =>
  product.definitions.flatMap((d) => documentOperations(d).map((operation) => ({ operation, handle: handlerOf(product, operation) })));
