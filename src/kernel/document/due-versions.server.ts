import { appendAudit } from '../audit/append.server.ts';
import { sql } from '../db/sql.server.ts';
import { systemScope, type Tx } from '../db/database.server.ts';
import { newId } from '../db/id.server.ts';
import type { System } from '../http/context.server.ts';
import type { Job } from '../module.server.ts';
import { appendEvents } from '../outbox/append.server.ts';
import { wakeOutbox } from '../outbox/outbox.server.ts';
import { groupFacts, type Product } from '../product.server.ts';
import type { AnyDefinition } from './definition.ts';
import { upsertDirectory, writeRelations } from './directory.server.ts';
import { loadDocs, updateDoc } from './store.server.ts';

/** Versions taken in force at once; the rest follows in the next round. */
const BATCH = 500;

interface Due {
  readonly recordId: string;
  readonly version: number;
  readonly kind: string;
  readonly state: string;
  readonly content: Record<string, unknown>;
  readonly validFrom: string;
}

/** Versions whose day has come where their company is; group-wide records follow the first company's midnight. */
async function dueNow(tx: Tx, product: Product, at: string): Promise<Due[]> {
  const entities = await product.ports.entities.all(tx);
  const groupZone = (entities[0] ?? groupFacts).timeZone;
  return tx.query<Due>(sql`
    with due as (
      select d.record_id, d.version, d.kind, d.valid_from from kernel.record_due d
      left join unnest(${entities.map((e) => e.id)}::text[], ${entities.map((e) => e.timeZone)}::text[]) as e (id, time_zone) on e.id = d.entity_id
      where d.valid_from <= (${at}::timestamptz at time zone coalesce(e.time_zone, ${groupZone}))::date
      order by d.record_id, d.version limit ${BATCH} for update of d skip locked
    )
    select due.record_id "recordId", due.version, due.kind, due.valid_from "validFrom", v.state, v.content
    from due join kernel.record_version v on v.record_id = due.record_id and v.version = due.version order by due.record_id, due.version`);
}

async function takeInForce(tx: Tx, d: AnyDefinition, due: readonly Due[], at: string): Promise<void> {
  const before = new Map(
    (
      await loadDocs(
        tx,
        d,
        due.map((v) => v.recordId),
        { forUpdate: true },
      )
    ).map((doc) => [doc.id, doc]),
  );
  for (const version of due) {
    const old = before.get(version.recordId);
    if (!old) continue;
    const doc = { ...old, ...version.content, state: version.state, updatedAt: at };
    if (d.codeField) doc.number = doc[d.codeField];
    await updateDoc(tx, d, old, doc);
    before.set(doc.id, doc);
  }
  const docs = [...before.values()];
  await upsertDirectory(tx, d, docs, at);
  await writeRelations(tx, d, docs, false);
  await appendAudit(
    tx,
    due.map((v) => ({
      entityId: before.get(v.recordId)?.entityId ?? null,
      actorId: 'system',
      actorName: 'MedTrade',
      commandId: newId('cmd'),
      kind: d.kind,
      recordId: v.recordId,
      number: before.get(v.recordId)?.number ?? null,
      action: 'take-in-force',
      version: v.version,
      occurredOn: v.validFrom,
    })),
  );
  await appendEvents(
    tx,
    due.map((v) => ({
      name: `${d.kind}.take-in-force`,
      kind: d.kind,
      recordId: v.recordId,
      entityId: before.get(v.recordId)?.entityId ?? null,
      version: v.version,
      payload: { action: 'take-in-force', actorName: 'MedTrade' },
    })),
  );
}

/** Makes versions of master data whose day has come the ones in force. Returns how many. */
export async function applyDueVersions(product: Product, system: System): Promise<number> {
  const at = system.clock.now().toISOString();
  const count = await system.db.write(systemScope, async (tx) => {
    const due = await dueNow(tx, product, at);
    for (const kind of new Set(due.map((v) => v.kind))) {
      const definition = product.definition(kind);
      if (definition)
        await takeInForce(
          tx,
          definition,
          due.filter((v) => v.kind === kind),
          at,
        );
    }
    await tx.query(sql`
      delete from kernel.record_due d using unnest(${due.map((v) => v.recordId)}::text[], ${due.map((v) => v.version)}::int[]) as done (record_id, version)
      where d.record_id = done.record_id and d.version = done.version`);
    return due.length;
  });
  if (count > 0) wakeOutbox(system.db);
  return count;
}

/** Every minute, so that a change of master data holds from 00:00 of its day and a server that slept catches up at once. */
export const dueVersionsJob = (product: () => Product): Job => ({
  name: 'kernel.due-versions',
  cron: '* * * * *',
  run: async (system) => {
    while ((await applyDueVersions(product(), system)) === BATCH);
  },
});
