import { appendAudit, auditWho } from '../audit/append.server.ts';
import type { Tx } from '../db/database.server.ts';
import { upsertDirectory } from '../document/directory.server.ts';
import { loadDoc, updateDoc } from '../document/store.server.ts';
import type { AnyDefinition } from '../document/definition.ts';
import type { Context } from '../http/context.server.ts';
import { appendEvents } from '../outbox/append.server.ts';
import { documentEvent } from '../outbox/document-event.server.ts';

export interface ReturnedDocument {
  readonly definition: AnyDefinition;
  readonly id: string;
  /** The state it had before it asked for approval. */
  readonly toState: string;
  /** What the timeline calls it: `reject-approval` or `withdraw-approval`. */
  readonly action: string;
  readonly reason: string | null;
  readonly commandId: string;
}

/** Gives a document that waited for approval back to its maker, with the reason, in the running transaction. */
export async function returnDocument(tx: Tx, context: Context, returned: ReturnedDocument): Promise<void> {
  const { definition, id, toState, action, reason, commandId } = returned;
  const before = await loadDoc(tx, definition, id, { forUpdate: true });
  if (!before) throw new Error(`${definition.kind} ${id} that waits for approval is gone`);
  const at = context.system.clock.now().toISOString();
  const doc = { ...before, state: toState, version: before.version + 1, updatedAt: at };
  await updateDoc(tx, definition, before, doc);
  await upsertDirectory(tx, definition, [doc], at);
  await appendAudit(tx, [
    {
      ...auditWho(context),
      commandId,
      entityId: doc.entityId,
      kind: definition.kind,
      recordId: id,
      number: doc.number,
      action,
      fromState: before.state,
      toState,
      version: doc.version,
      reason,
    },
  ]);
  await appendEvents(tx, [documentEvent(context, definition, doc, action)]);
}
