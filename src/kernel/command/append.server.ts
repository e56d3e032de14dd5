import { appendAudit, auditWho } from '../audit/append.server.ts';
import { diffContent } from '../audit/diff.ts';
import type { Change } from '../audit/event.ts';
import { sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import { upsertDirectory, writeRelations } from '../document/directory.server.ts';
import { takeNumbers } from '../document/numbering.server.ts';
import { insertDocs, updateDoc } from '../document/store.server.ts';
import { appendVersions } from '../document/versions.server.ts';
import { appendJournal } from '../ledger/general/append.server.ts';
import { mirrorPosting, postingDigest } from '../ledger/posting.server.ts';
import { appendMoves } from '../ledger/stock/append.server.ts';
import type { PostedMove } from '../ledger/stock/move.ts';
import type { JournalEntry } from '../ledger/general/entry.ts';
import { appendEvents } from '../outbox/append.server.ts';
import { documentEvent } from '../outbox/document-event.server.ts';
import type { PostedLine, Run } from './command.server.ts';
import { postingOf } from './decide.server.ts';

const postedLines = (entries: readonly JournalEntry[]): PostedLine[] =>
  entries.flatMap((entry) => entry.lines.map((line) => ({ ...line, book: entry.book })));

/** Journal lines that higher modules add to goods movements, as one entry of the local book. */
async function contributedEntries(tx: Tx, run: Run, moves: readonly PostedMove[]): Promise<JournalEntry[]> {
  if (moves.length === 0) return [];
  const posting = {
    entityId: run.doc.entityId as string,
    currency: run.entity.functionalCurrency,
    occurredOn: run.actionContext.occurredOn,
    moves,
  };
  const lines = [];
  for (const contribution of run.product.contributions) lines.push(...(await contribution.journalOfMoves(tx, posting)));
  if (lines.length === 0) return [];
  const summary = `${run.definition.label.zh} ${run.doc.number ?? ''}`.trim();
  return [{ book: 'local', summary, lines: lines.map((line, i) => ({ ...line, line: i + 1 })) }];
}

/** Writes to both ledgers what the action posts or mirrors. */
export async function appendLedgers(tx: Tx, run: Run): Promise<void> {
  const { doc, action } = run;
  const common = {
    postingId: run.commandId,
    documentId: doc.id as string,
    entityId: doc.entityId as string,
    occurredOn: run.actionContext.occurredOn,
  };
  if (action.reverses && !run.approvalId) {
    const mirrored = await mirrorPosting(tx, common);
    run.moves = mirrored.moves;
    run.journal = postedLines(mirrored.entries);
  } else {
    const posting = postingOf(run);
    if (posting.moves?.length) run.moves = await appendMoves(tx, { ...common, moves: posting.moves });
    const entries = [...(posting.journal ?? []), ...(await contributedEntries(tx, run, run.moves))];
    if (entries.length > 0) await appendJournal(tx, { ...common, functionalCurrency: run.entity.functionalCurrency, entries });
    run.journal = postedLines(entries);
  }
  if (run.moves.length + run.journal.length > 0) run.postingDigest = await postingDigest(tx, run.commandId);
}

/** Takes the number when the action that numbers is carried out. Last before the document row, because a gapless series serialises. */
export async function numberDocument(tx: Tx, run: Run): Promise<void> {
  const { definition, doc, request } = run;
  if (definition.numbering?.takenBy !== request.action || doc.number !== null || run.approvalId) return;
  run.numbers = await takeNumbers(tx, definition, doc.entityId, run.actionContext.occurredOn, 1);
  doc.number = run.numbers[0];
}

/** From when a change of master data holds. */
const validFromOf = (run: Run): string => (run.input.validFrom as string | null) ?? run.actionContext.today;

/** Writes document, version, directory, relations, verdicts, audit and outbox; the number of statements does not depend on the lines. */
export async function appendDocument(tx: Tx, run: Run): Promise<void> {
  const { definition, doc, before, at } = run;
  const isDue = definition.nature === 'record' && before !== null && validFromOf(run) > run.actionContext.today;
  // A change that holds later leaves the version in force where it is; only the count moves on, so that two editors still meet.
  const kept = isDue ? { ...before, version: doc.version, updatedAt: at } : doc;
  if (before) await updateDoc(tx, definition, before, kept);
  else await insertDocs(tx, definition, [doc]);
  if (definition.nature === 'record') {
    const entry = { doc, validFrom: validFromOf(run), reason: run.actionContext.reason, changedBy: run.context.actor.id, isDue };
    await appendVersions(tx, definition, [entry], at);
  }
  await upsertDirectory(tx, definition, [kept], at);
  if (run.action.editsContent && !isDue) await writeRelations(tx, definition, [doc], before === null);
  await appendVerdicts(tx, run);
  await appendAudit(tx, [auditOf(run)]);
  await appendEvents(tx, [eventOf(run)]);
}

async function appendVerdicts(tx: Tx, run: Run): Promise<void> {
  if (run.verdicts.length === 0) return;
  const rows = run.verdicts.map((v) => ({
    gate: v.gate,
    is_passed: v.isPassed,
    rule_version: v.ruleVersion,
    facts: v.facts ?? {},
    refusals: v.refusals,
  }));
  await tx.query(sql`
    insert into kernel.gate_verdict (command_id, document_id, entity_id, action, gate, is_passed, rule_version, facts, refusals, recorded_at)
    select ${run.commandId}, ${run.doc.id}, ${run.doc.entityId}, ${run.request.action}, gate, is_passed, rule_version, facts, refusals, ${run.at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(gate text, is_passed boolean, rule_version text, facts jsonb, refusals jsonb)`);
}

function auditOf(run: Run) {
  const { doc, before, definition, request } = run;
  const changes: readonly Change[] = diffContent(before, doc, definition);
  return {
    ...auditWho(run.context),
    commandId: run.commandId,
    entityId: doc.entityId,
    kind: definition.kind,
    recordId: doc.id,
    number: doc.number,
    // A command that only asks for approval is not yet the action itself: maker ≠ checker and timelines must tell them apart.
    action: run.approvalId ? `request-${request.action}` : request.action,
    fromState: before?.state ?? null,
    toState: doc.state,
    version: doc.version,
    changes,
    reason: run.actionContext.reason,
    occurredOn: run.actionContext.occurredOn,
    signatureId: run.signatureId,
    postingDigest: run.postingDigest,
  };
}

const eventOf = (run: Run) =>
  documentEvent(run.context, run.definition, run.doc, run.approvalId ? 'approval-requested' : run.request.action);

/** Refused gates roll back with their command; they are kept all the same, apart. */
export async function keepRefusedVerdicts(run: Run): Promise<void> {
  if (run.request.envelope.dryRun || run.verdicts.every((v) => v.isPassed)) return;
  await run.context.system.db.write({ entityIds: '*', userId: run.context.actor.id }, (tx) => appendVerdicts(tx, run));
}
