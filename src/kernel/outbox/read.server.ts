import { sql, type Tx } from '../db/database.server.ts';

/** A place in the outbox; places order by transaction, then by event. */
export interface LogPlace {
  readonly xid: string;
  readonly eventId: string;
}

export interface DeliveredEvent extends LogPlace {
  readonly name: string;
  readonly kind: string;
  readonly recordId: string | null;
  readonly entityId: string | null;
  readonly version: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly recordedAt: string;
}

/** The last place before which everything is final. */
export const outboxTail = (tx: Tx): Promise<LogPlace> => tx.one<LogPlace>(sql`select xid::text, event_id as "eventId" from outbox.tail()`);

/**
 * Events after a place, oldest first. Leaves out what a transaction still running could get in front of, so that a cursor that
 * moves on never skips an event.
 */
export const eventsAfter = (tx: Tx, after: LogPlace, limit: number): Promise<DeliveredEvent[]> =>
  tx.query<DeliveredEvent>(sql`
    select xid::text, event_id as "eventId", name, kind, record_id as "recordId", entity_id as "entityId", version, payload,
      recorded_at as "recordedAt"
    from outbox.event
    where (xid, event_id) > (${after.xid}::text::xid8, ${after.eventId}::bigint) and xid < (select kernel.log_horizon())
    order by xid, event_id limit ${limit}`);

/** Whether committed events stand beyond the horizon and will be readable in a moment. */
export const isMoreComing = async (tx: Tx): Promise<boolean> =>
  (await tx.one<{ more: boolean }>(sql`select exists (select from outbox.event where xid >= (select kernel.log_horizon())) as more`)).more;
