import { sql, type Tx } from '../db/database.server.ts';
import type { Context } from '../http/context.server.ts';
import { storableJson } from './storable-json.ts';
import type { AuditEvent } from './event.ts';

/** The part of an audit row that comes from who is asking. */
export const auditWho = (context: Context): Pick<AuditEvent, 'actorId' | 'actorName' | 'sessionId' | 'ip' | 'requestId'> => ({
  actorId: context.actor.id,
  actorName: context.actor.name,
  sessionId: context.actor.sessionId,
  ip: context.ip,
  requestId: context.requestId,
});

const row = (e: AuditEvent) => {
  const changes = e.changes ?? [];
  return {
    command_id: e.commandId ?? null,
    entity_id: e.entityId,
    actor_id: e.actorId,
    actor_name: e.actorName,
    session_id: e.sessionId ?? null,
    ip: e.ip ?? null,
    kind: e.kind,
    record_id: e.recordId ?? null,
    number: e.number ?? null,
    action: e.action,
    from_state: e.fromState ?? null,
    to_state: e.toState ?? null,
    version: e.version ?? null,
    changes,
    fields: changedFields(e),
    reason: e.reason ?? null,
    occurred_on: e.occurredOn ?? null,
    signature_id: e.signatureId ?? null,
    posting_digest: e.postingDigest ?? null,
    request_id: e.requestId ?? null,
  };
};

/** Names of all fields an event changed, those inside added or removed lines too. */
function changedFields(e: AuditEvent): string[] {
  const names = new Set<string>();
  for (const change of e.changes ?? []) {
    if (change.field === '*') for (const name of Object.keys((change.new ?? change.old ?? {}) as object)) names.add(name);
    else names.add(change.field);
  }
  return [...names];
}

/** Writes audit rows in the running transaction: one statement for any number of them, in the order given. */
export async function appendAudit(tx: Tx, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(sql`
    insert into audit.event (command_id, entity_id, actor_id, actor_name, session_id, ip, kind, record_id, number, action, from_state,
      to_state, version, changes, fields, reason, occurred_on, signature_id, posting_digest, request_id)
    select command_id, entity_id, actor_id, actor_name, session_id, ip, kind, record_id, number, action, from_state,
      to_state, version, changes, fields, reason, occurred_on, signature_id, posting_digest, request_id
    from jsonb_to_recordset(${storableJson(events.map(row))}::jsonb) as e (
      command_id text, entity_id text, actor_id text, actor_name text, session_id text, ip text, kind text, record_id text, number text,
      action text, from_state text, to_state text, version integer, changes jsonb, fields text[], reason text, occurred_on date,
      signature_id text, posting_digest text, request_id text)`);
}

/**
 * Writes one audit row in a transaction of its own, for reads, exports, log-ins and refusals, whose own transaction writes nothing
 * or rolls back. Runs with system scope because the row may belong to an entity the actor does not reach.
 */
export const auditApart = (context: Context, event: Omit<AuditEvent, 'actorId' | 'actorName'> & Partial<AuditEvent>): Promise<void> =>
  context.system.db.write({ entityIds: '*', userId: context.actor.id }, (tx) => appendAudit(tx, [{ ...auditWho(context), ...event }]));
