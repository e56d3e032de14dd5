import { appendAudit, auditWho } from '#kernel/audit/append.server.ts';
import type { AuditEvent } from '#kernel/audit/event.ts';
import { systemScope, type Tx } from '#kernel/db/database.server.ts';
import type { Context } from '#kernel/http/context.server.ts';

type SecurityEvent = Pick<AuditEvent, 'kind' | 'action'> & Partial<AuditEvent>;

/** Who did it where the session does not say: during log-in there is none yet. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Nobody we know: the login is not kept, people type passwords into that field by mistake. */
export const unknownPerson: Person = { id: 'unknown', name: '—' };

/** Writes a security event into the audit ledger, in the transaction of what it tells of. */
export const recordEvent = (tx: Tx, context: Context, event: SecurityEvent, person?: Person): Promise<void> =>
  appendAudit(tx, [{ entityId: null, ...auditWho(context), ...(person ? { actorId: person.id, actorName: person.name } : {}), ...event }]);

/** The same in a transaction of its own, for what is refused. */
export const recordEventApart = (context: Context, event: SecurityEvent, person?: Person): Promise<void> =>
  context.system.db.write(systemScope, (tx) => recordEvent(tx, context, event, person));
