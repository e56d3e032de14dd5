import { levelFor } from '../access/masking.ts';
import type { Tx } from '../db/database.server.ts';
import { sql } from '../db/sql.server.ts';
import type { Context } from '../http/context.server.ts';
import type { Product } from '../product.server.ts';
import type { AnyDefinition, LineSet } from './definition.ts';
import { contentHash } from './hash.server.ts';

/** Events shown; older ones are on the audit page. */
const SHOWN_MAX = 300;

const hiddenNames = (context: Context, d: AnyDefinition, entityId: string | null): Set<string> => {
  const sets = [d.header, ...Object.values(d.lines as Record<string, LineSet>).map((set) => set.fields)];
  const all = sets.flatMap((fields) => Object.entries(fields as Record<string, { sensitivity?: string }>));
  return new Set(all.filter(([, f]) => f.sensitivity && levelFor(context.actor, f.sensitivity, entityId) !== 'full').map(([name]) => name));
};

/** Values of fields the actor may not see are replaced, in single changes and inside whole lines. */
function maskChange(change: any, hidden: ReadonlySet<string>): any {
  if (hidden.has(change.field)) return { ...change, old: null, new: null, isMasked: true };
  if (change.field !== '*') return change;
  const clean = (line: any) => line && Object.fromEntries(Object.entries(line).filter(([name]) => !hidden.has(name)));
  return { ...change, old: clean(change.old), new: clean(change.new) };
}

/** What happened to a document, newest first: who, when, states, old and new values, reason, signature and whether it still holds. */
export async function timelineOf(tx: Tx, product: Product, context: Context, d: AnyDefinition, doc: any): Promise<unknown[]> {
  const rows = await tx.query(sql`
    select event_id, actor_name, action, from_state, to_state, version, changes, reason, occurred_on, recorded_at, signature_id
    from audit.event where record_id = ${doc.id} order by event_id desc limit ${SHOWN_MAX}`);
  const signatures = new Map((await product.ports.signature.signaturesOf(tx, doc.id)).map((s) => [s.signatureId, s]));
  const hidden = hiddenNames(context, d, doc.entityId);
  const current = contentHash(d, doc);
  return rows.map((r) => {
    const signature = signatures.get(r.signature_id);
    return {
      id: String(r.event_id),
      at: r.recorded_at,
      actorName: r.actor_name,
      action: r.action,
      fromState: r.from_state,
      toState: r.to_state,
      version: r.version,
      reason: r.reason,
      occurredOn: r.occurred_on,
      changes: (r.changes as unknown[]).map((change) => maskChange(change, hidden)),
      signature: signature
        ? {
            printedName: signature.printedName,
            meaning: signature.meaning,
            signedAt: signature.signedAt,
            isValid: signature.contentHash === current,
          }
        : null,
    };
  });
}
