import { can } from '#kernel/access/actor.ts';
import { appendAudit, auditWho } from '#kernel/audit/append.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { newId } from '#kernel/db/id.server.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import { answerFile, recordFile, takeFile, type StoredFile } from '#kernel/files/file.server.ts';
import { mediaTypeNamed } from '#kernel/files/media-type.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import { appendEvents } from '#kernel/outbox/append.server.ts';
import { addFile, downloadFile, fileChecks, listFiles, removeFile, type AttachmentWire } from './operations.ts';
import type { ProductAsked } from './ports.server.ts';
import { requireRecord, scopeOfRecord, type KnownRecord } from './record.server.ts';
import { documentsRefusals } from './refusals.ts';

const FILES_PER_RECORD_MAX = 500;

interface AttachmentRow {
  readonly id: string;
  readonly recordId: string;
  readonly entityId: string | null;
  readonly hash: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: string;
  readonly type: string | null;
  readonly number: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly note: string | null;
  readonly uploadedBy: string;
  readonly uploadedAt: string;
  readonly removedBy: string | null;
  readonly removedAt: string | null;
  readonly reason: string | null;
}

const selection = sql`
  select a.attachment_id as id, a.record_id as "recordId", a.entity_id as "entityId", a.file_hash as hash, a.name, f.media_type as "mediaType",
    f.size::text, a.type, a.number, a.valid_from as "validFrom", a.valid_to as "validTo", a.note, a.uploaded_by as "uploadedBy",
    a.uploaded_at as "uploadedAt", r.removed_by as "removedBy", r.removed_at as "removedAt", r.reason
  from documents.attachment a
  join kernel.file f on f.hash = a.file_hash
  left join documents.attachment_removal r on r.attachment_id = a.attachment_id`;

function toWire(row: AttachmentRow, names: ReadonlyMap<string, string>): AttachmentWire {
  const person = (id: string) => ({ id, name: names.get(id) ?? id });
  return {
    id: row.id,
    name: row.name,
    mediaType: row.mediaType,
    size: Number(row.size),
    isShownInline: mediaTypeNamed(row.mediaType).isShownInline,
    type: row.type,
    number: row.number,
    validFrom: row.validFrom,
    validTo: row.validTo,
    note: row.note,
    uploadedBy: person(row.uploadedBy),
    uploadedAt: row.uploadedAt,
    removed: row.removedBy && row.removedAt ? { by: person(row.removedBy), at: row.removedAt, reason: row.reason ?? '' } : null,
  };
}

async function wired(tx: Tx, product: ProductAsked, rows: readonly AttachmentRow[]): Promise<AttachmentWire[]> {
  const people = [...new Set(rows.flatMap((r) => [r.uploadedBy, r.removedBy]).filter((id): id is string => id !== null))];
  const names = await product().ports.people.namesOf(tx, people);
  return rows.map((row) => toWire(row, names));
}

/** The audit row of something done to a record's files or comments. */
export const recordAudit = (context: Context, record: KnownRecord, action: string) => ({
  ...auditWho(context),
  entityId: record.entityId,
  kind: record.kind,
  recordId: record.id,
  number: record.number,
  action,
});

/** Told to open screens of the record, so that the rail shows it without reload. */
export const recordEvent = (context: Context, record: KnownRecord, action: string, payload: Record<string, unknown> = {}) => ({
  name: `${record.kind}.${action}`,
  kind: record.kind,
  recordId: record.id,
  entityId: record.entityId,
  payload: { action, actorName: context.actor.name, ...payload },
});

type Details = Pick<AttachmentRow, 'type' | 'number' | 'validFrom' | 'validTo' | 'note'>;

async function insertAttachment(tx: Tx, context: Context, record: KnownRecord, file: StoredFile, details: Details): Promise<AttachmentRow> {
  const id = newId('att');
  const at = context.system.clock.now().toISOString();
  await recordFile(tx, file);
  await tx.query(sql`
    insert into documents.attachment (attachment_id, record_kind, record_id, entity_id, file_hash, name, type, number, valid_from, valid_to, note,
      uploaded_by, uploaded_at)
    values (${id}, ${record.kind}, ${record.id}, ${record.entityId}, ${file.hash}, ${file.name}, ${details.type}, ${details.number},
      ${details.validFrom}, ${details.validTo}, ${details.note}, ${context.actor.id}, ${at})`);
  const changes = [{ field: 'file', old: null, new: { name: file.name, hash: file.hash, size: file.size } }];
  await appendAudit(tx, [{ ...recordAudit(context, record, 'attach-file'), changes }]);
  await appendEvents(tx, [recordEvent(context, record, 'file-attached', { name: file.name })]);
  return tx.one<AttachmentRow>(sql`${selection} where a.attachment_id = ${id}`);
}

async function attachmentOf(context: Context, product: ProductAsked, fileId: string): Promise<{ row: AttachmentRow; record: KnownRecord }> {
  const row = await context.system.db.read(systemScope, (tx) =>
    tx.maybe<AttachmentRow>(sql`${selection} where a.attachment_id = ${fileId}`),
  );
  if (!row) return refuse(documentsRefusals.fileNotFound({}));
  return { row, record: await requireRecord(context, product(), row.recordId) };
}

async function remove(context: Context, record: KnownRecord, row: AttachmentRow, reason: string): Promise<void> {
  const at = context.system.clock.now().toISOString();
  await context.system.db.write(scopeOfRecord(context, record), async (tx) => {
    const removed = await tx.query(sql`
      insert into documents.attachment_removal (attachment_id, entity_id, reason, removed_by, removed_at)
      values (${row.id}, ${record.entityId}, ${reason}, ${context.actor.id}, ${at}) on conflict do nothing returning attachment_id`);
    if (removed.length === 0) refuse(documentsRefusals.alreadyRemoved({ name: row.name }));
    const changes = [{ field: 'file', old: { name: row.name, hash: row.hash }, new: null }];
    await appendAudit(tx, [{ ...recordAudit(context, record, 'remove-file'), changes, reason }]);
    await appendEvents(tx, [recordEvent(context, record, 'file-removed', { name: row.name })]);
  });
}

async function checksOf(tx: Tx): Promise<
  {
    startedAt: string;
    finishedAt: string;
    checked: number;
    bytes: string;
    missing: string[];
    damaged: string[];
    names: Record<string, string[]>;
  }[]
> {
  return tx.query(sql`
    select c.started_at as "startedAt", c.finished_at as "finishedAt", c.checked::int, c.bytes::text, c.missing, c.damaged,
      coalesce((select jsonb_object_agg(n.file_hash, n.names) from (
        select a.file_hash, jsonb_agg(distinct a.name) as names from documents.attachment a
        where a.file_hash = any(c.missing || c.damaged) group by 1) n), '{}') as names
    from kernel.file_check c order by c.check_id desc limit 30`);
}

/** Files of records: whoever may see the record sees its files; adding and removing need a permission of their own as well. */
export const attachmentHandlers = (product: ProductAsked): OperationHandler[] => [
  handle(listFiles, async (context, { params }) => {
    const record = await requireRecord(context, product(), params.recordId);
    return context.system.db.read(scopeOfRecord(context, record), async (tx) => {
      const rows = await tx.query<AttachmentRow>(sql`
        ${selection} where a.record_id = ${record.id} order by a.uploaded_at desc, a.attachment_id desc limit ${FILES_PER_RECORD_MAX}`);
      return {
        items: await wired(tx, product, rows),
        canAdd: can(context.actor, 'documents.file.add', record.entityId),
        canRemove: can(context.actor, 'documents.file.remove', record.entityId),
      };
    });
  }),
  handle(addFile, async (context, { params, query }, { request }) => {
    const record = await requireRecord(context, product(), params.recordId);
    if (query.validFrom && query.validTo && query.validTo < query.validFrom)
      refuse(documentsRefusals.validityReversed({}, { field: 'validTo' }));
    const declaredSize = Number(request.headers.get('content-length') ?? 0);
    const file = await takeFile(context.system, request.body, { name: query.name, declaredSize });
    return context.system.db.write(scopeOfRecord(context, record), async (tx) => {
      const [wire] = await wired(tx, product, [await insertAttachment(tx, context, record, file, query)]);
      return wire as AttachmentWire;
    });
  }),
  handle(downloadFile, async (context, { params, query }, { request }) => {
    const { row } = await attachmentOf(context, product, params.fileId);
    if (row.removedAt) refuse(documentsRefusals.fileNotFound({}));
    const file = { hash: row.hash, name: row.name, mediaType: row.mediaType, size: Number(row.size) };
    return answerFile(context.system, file, request, query.inline === 'true');
  }),
  handle(removeFile, async (context, { params, body }) => {
    const { row, record } = await attachmentOf(context, product, params.fileId);
    await remove(context, record, row, body.reason);
    return {};
  }),
  handle(fileChecks, async (context) => {
    const rows = await context.system.db.read(systemScope, checksOf);
    const named = (hashes: readonly string[], names: Record<string, string[]>) =>
      hashes.slice(0, 200).map((hash) => ({ hash, names: names[hash] ?? [] }));
    return { items: rows.map(({ names, ...row }) => ({ ...row, missing: named(row.missing, names), damaged: named(row.damaged, names) })) };
  }),
];
