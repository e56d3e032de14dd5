import { type DataScope, reaches } from '../access/actor.ts';
import { levelFor, restoreHidden } from '../access/masking.ts';
import { newId } from '../db/id.server.ts';
import { sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import { dayIn } from '../clock/clock.server.ts';
import { parseContent } from '../document/content.ts';
import { loadDoc } from '../document/store.server.ts';
import type { LocalText } from '../i18n/text.ts';
import type { Run } from './command.server.ts';
import { refuse, type Refusal } from './refusal.ts';
import { commandRefusals } from './refusals.ts';

const joinLabels = (labels: readonly LocalText[]): LocalText => ({
  zh: labels.map((l) => l.zh).join('、'),
  en: labels.map((l) => l.en).join(', '),
});

const stateLabel = (run: Run, state: string): LocalText => run.definition.states[state]?.label ?? { zh: state, en: state };

/** Loads the document under lock, or makes the new one; fills `before`, `doc`, `entity` and `actionContext`. */
export async function openDocument(tx: Tx, run: Run): Promise<void> {
  const { definition, request, action } = run;
  if (action.from.includes('new')) {
    run.doc = newDocument(run);
  } else {
    run.before = request.id ? await loadDoc(tx, definition, request.id, { forUpdate: true }) : undefined;
    if (!run.before) refuse(commandRefusals.notFound({ what: definition.label }));
    run.doc = structuredClone(run.before);
    if (action.editsContent) Object.assign(run.doc, withoutDerived(run, editedContent(run)));
  }
  if (run.doc.entityId) {
    const facts = await run.product.ports.entities.facts(tx, run.doc.entityId);
    run.entity = facts ?? refuse(commandRefusals.outOfScope({ action: action.label }));
  }
  const today = dayIn(run.context.system.clock.now(), run.entity.timeZone);
  const own = definition.occurredOnField ? run.doc[definition.occurredOnField] : null;
  // A reversal happens today unless said otherwise; everything else on the day the document names.
  const occurredOn = request.envelope.occurredOn ?? (action.reverses ? today : (own ?? today));
  run.actionContext = { ...run.actionContext, today, occurredOn, functionalCurrency: run.entity.functionalCurrency };
  derive(run);
}

function newDocument(run: Run): any {
  const { definition, request, context, at } = run;
  const own = scopeEntity(run);
  const entityId = definition.isEntityScoped ? (request.envelope.entityId ?? own ?? refuse(commandRefusals.entityRequired({}))) : null;
  return {
    id: newId(definition.idPrefix),
    entityId,
    number: null,
    state: run.action.to,
    version: 0,
    createdBy: context.actor.id,
    createdAt: at,
    updatedAt: at,
    ...Object.fromEntries(Object.keys(definition.header).map((name) => [name, null])),
    ...run.content,
  };
}

/** The one entity an actor works for, where there is exactly one. */
function scopeEntity(run: Run): string | undefined {
  const ids = new Set(run.context.actor.grants.flatMap((g) => (g.entityIds === '*' ? ['*'] : g.entityIds)));
  const [only] = ids;
  return ids.size === 1 && only !== '*' ? only : undefined;
}

/** The sent content, complete and checked: hidden values come from the document; nobody overwrites or leaves out what they cannot see. */
function editedContent(run: Run): any {
  const { definition, before, request, context } = run;
  const levelOf = (sensitivity: string) => levelFor(context.actor, sensitivity, before.entityId);
  const restored = restoreHidden(definition, before, request.content ?? {}, levelOf);
  if (restored.overwritten.length > 0) {
    refuse(...restored.overwritten.map(({ label, ...at }) => commandRefusals.hiddenValueChanged({ label }, at)));
  }
  const parsed = parseContent(definition, restored.content);
  if (parsed.refusals.length > 0) refuse(...parsed.refusals.map((refusal) => hiddenRefusal(run, refusal, levelOf)));
  return parsed.content;
}

/** A missing value that its editor cannot see is refused as such, not as a field left empty. */
function hiddenRefusal(run: Run, refusal: Refusal, levelOf: (sensitivity: string) => string): Refusal {
  const fields = refusal.lines ? run.definition.lines[refusal.lines]?.fields : run.definition.header;
  const field = fields?.[refusal.field ?? ''];
  if (!field?.sensitivity || levelOf(field.sensitivity) === 'full') return refusal;
  return commandRefusals.hiddenValueMissing({ label: field.label }, { field: refusal.field, lines: refusal.lines, line: refusal.line });
}

/** Derived fields are computed, never taken over from a caller. */
const withoutDerived = (run: Run, content: any): any =>
  Object.fromEntries(Object.entries(content).filter(([name]) => name === 'lines' || !run.definition.header[name]?.isDerived));

export function derive(run: Run): void {
  if (run.definition.derive) Object.assign(run.doc, run.definition.derive(run.doc, { functionalCurrency: run.entity.functionalCurrency }));
}

/** Scope, version, state and who did what before: what stands between this person and this action. */
export async function guard(tx: Tx, run: Run, scope: DataScope): Promise<Refusal[]> {
  const { definition, action, before, doc, request } = run;
  const what = definition.label;
  const warehouseId = definition.warehouseField ? (doc[definition.warehouseField] as string | null) : null;
  const isMine = scope.ownOnlyFor === null || doc.createdBy === scope.ownOnlyFor;
  if (!reaches(scope.entityIds, doc.entityId) || !reaches(scope.warehouseIds, warehouseId) || !isMine) {
    return [commandRefusals.outOfScope({ action: action.label })];
  }
  if (!before) return [];
  const refusals: Refusal[] = [];
  const { expectedVersion } = request.envelope;
  if (expectedVersion !== undefined && expectedVersion !== before.version) {
    refusals.push(commandRefusals.changedMeanwhile({ what, version: before.version }));
  }
  const isAsked = request.envelope.approvalId ?? request.envelope.rehearsesApproval;
  const isGranted = isAsked !== undefined && before.state === action.approval?.pending;
  if (!action.from.includes(before.state) && !isGranted) {
    const from = joinLabels(action.from.map((s) => stateLabel(run, s)));
    refusals.push(commandRefusals.wrongState({ what, state: stateLabel(run, before.state), action: action.label, from }));
  }
  return [...refusals, ...(await makerRefusals(tx, run))];
}

/** Maker ≠ checker: the audit ledger says who did the earlier actions. */
async function makerRefusals(tx: Tx, run: Run): Promise<Refusal[]> {
  const { notBy } = run.action;
  if (!notBy?.length || !run.before) return [];
  const done = await tx.query(sql`
    select distinct action from audit.event
    where record_id = ${run.before.id} and action = any(${notBy}::text[]) and actor_id = ${run.context.actor.id}`);
  return done.map((row) =>
    commandRefusals.makerIsChecker({
      person: run.context.actor.name,
      done: run.definition.actions[row.action]?.label ?? row.action,
      action: run.action.label,
    }),
  );
}
