import { storableJson } from '../audit/storable-json.ts';
import { sql, type Tx } from '../db/database.server.ts';

/** Something that happened, told to whoever listens after the commit. */
export interface OutboxEvent {
  /** `<kind>.<past participle>`, e.g. `journal-voucher.posted`. */
  readonly name: string;
  readonly kind: string;
  readonly recordId: string | null;
  readonly entityId: string | null;
  readonly version?: number | null;
  /** What consumers need beside the id; `state`, `action` and `actorName` are shown live to others. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** Writes events in the running transaction, one statement for any number; delivered at least once after the commit. */
export async function appendEvents(tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((e) => ({
    name: e.name,
    kind: e.kind,
    record_id: e.recordId,
    entity_id: e.entityId,
    version: e.version ?? null,
    payload: e.payload ?? {},
  }));
  await tx.query(sql`
    insert into outbox.event (name, kind, record_id, entity_id, version, payload)
    select name, kind, record_id, entity_id, version, payload
    from jsonb_to_recordset(${storableJson(rows)}::jsonb)
      as e (name text, kind text, record_id text, entity_id text, version integer, payload jsonb)`);
}
