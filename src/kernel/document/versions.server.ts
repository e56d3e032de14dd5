import { sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import type { AnyDefinition } from './definition.ts';

const headNames = new Set(['id', 'entityId', 'number', 'state', 'version', 'createdBy', 'createdAt', 'updatedAt']);

/** Header fields and lines without the head: what a version keeps. */
export const contentOf = (doc: any): Record<string, unknown> =>
  Object.fromEntries(Object.entries(doc).filter(([name]) => !headNames.has(name)));

export interface VersionEntry {
  readonly doc: any;
  readonly validFrom: string;
  readonly reason: string | null;
  readonly changedBy: string;
  /** Holds only from a later day; the record's own row keeps the version in force until then. */
  readonly isDue: boolean;
}

/** Appends dated versions of master data. */
export async function appendVersions(tx: Tx, d: AnyDefinition, entries: readonly VersionEntry[], at: string): Promise<void> {
  const rows = entries.map((e) => ({
    record_id: e.doc.id,
    version: e.doc.version,
    entity_id: e.doc.entityId,
    valid_from: e.validFrom,
    state: e.doc.state,
    content: contentOf(e.doc),
    reason: e.reason,
    changed_by: e.changedBy,
    is_due: e.isDue,
  }));
  await tx.query(sql`
    with r as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(record_id text, version integer, entity_id text, valid_from date,
        state text, content jsonb, reason text, changed_by text, is_due boolean)
    ), due as (
      insert into kernel.record_due (record_id, version, kind, entity_id, valid_from)
      select record_id, version, ${d.kind}, entity_id, valid_from from r where is_due
    )
    insert into kernel.record_version (record_id, version, kind, entity_id, valid_from, state, content, reason, changed_by, recorded_at)
    select record_id, version, ${d.kind}, entity_id, valid_from, state, content, reason, changed_by, ${at}::timestamptz from r`);
}

/** What held on a day: the newest version valid from that day or earlier, or undefined. Lines keep their shape. */
export async function recordOn(
  tx: Tx,
  recordId: string,
  day: string,
): Promise<{ version: number; validFrom: string; content: any } | undefined> {
  const row = await tx.maybe(sql`
    select version, valid_from, content from kernel.record_version
    where record_id = ${recordId} and valid_from <= ${day}::date order by valid_from desc, version desc limit 1`);
  return row && { version: row.version, validFrom: row.valid_from, content: row.content };
}

/** All versions of a record, newest first, with who and why. */
export async function versionsOf(tx: Tx, recordId: string): Promise<any[]> {
  const rows = await tx.query(sql`
    select v.version, v.valid_from, v.state, v.content, v.reason, v.changed_by, v.recorded_at, u.title_zh, u.title_en
    from kernel.record_version v left join kernel.directory u on u.id = v.changed_by
    where v.record_id = ${recordId} order by v.version desc limit 500`);
  return rows.map((r) => ({
    version: r.version,
    validFrom: r.valid_from,
    state: r.state,
    content: r.content,
    reason: r.reason,
    changedBy: r.changed_by,
    changedByName: { zh: r.title_zh ?? '', en: r.title_en ?? '' },
    recordedAt: r.recorded_at,
  }));
}
