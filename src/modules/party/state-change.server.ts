import { appendAudit } from '#kernel/audit/append.server.ts';
import { newId } from '#kernel/db/id.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { upsertDirectory } from '#kernel/document/directory.server.ts';
import { updateHeaders } from '#kernel/document/store.server.ts';
import { appendVersions } from '#kernel/document/versions.server.ts';
import { appendEvents } from '#kernel/outbox/append.server.ts';

/** One record that changes state without anybody asking for it: its day has come, or what it rests on fell away. */
export interface StateChange {
  readonly before: any;
  readonly state: string;
  readonly reason: string;
  /** Header values that change with the state. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Who the change is written down under. */
export interface Author {
  readonly id: string;
  readonly name: string;
}

/** What changes by itself is done by the system, and says so. */
export const SYSTEM_AUTHOR: Author = { id: 'system', name: 'MedTrade' };

/**
 * Changes the state of records already locked by the transaction: version, directory, audit and events with it, in a fixed number of
 * statements. `action` is what timelines call it; `day` from when it holds.
 */
export async function changeStates(
  tx: Tx,
  definition: AnyDefinition,
  changes: readonly StateChange[],
  what: { readonly action: string; readonly day: string; readonly at: string; readonly author?: Author },
): Promise<void> {
  if (changes.length === 0) return;
  const { action, day, at } = what;
  const author = what.author ?? SYSTEM_AUTHOR;
  const commandId = newId('cmd');
  const changed = changes.map((change) => ({
    ...change,
    doc: { ...change.before, ...change.values, state: change.state, version: change.before.version + 1, updatedAt: at },
  }));
  const docs = changed.map((c) => c.doc);
  await updateHeaders(tx, definition, docs);
  await appendVersions(
    tx,
    definition,
    changed.map(({ doc, reason }) => ({ doc, validFrom: day, reason, changedBy: author.id, isDue: false })),
    at,
  );
  await upsertDirectory(tx, definition, docs, at);
  await appendAudit(
    tx,
    changed.map(({ before, doc, reason }) => ({
      entityId: doc.entityId,
      actorId: author.id,
      actorName: author.name,
      commandId,
      kind: definition.kind,
      recordId: doc.id,
      number: doc.number,
      action,
      fromState: before.state,
      toState: doc.state,
      version: doc.version,
      reason,
      occurredOn: day,
    })),
  );
  await appendEvents(
    tx,
    docs.map((doc) => ({
      name: `${definition.kind}.${action}`,
      kind: definition.kind,
      recordId: doc.id,
      entityId: doc.entityId,
      version: doc.version,
      payload: { state: doc.state, action, actorId: author.id, actorName: author.name, number: doc.number, createdBy: doc.createdBy },
    })),
  );
}
