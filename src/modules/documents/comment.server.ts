import { can } from '#kernel/access/actor.ts';
import { viewPermission } from '#kernel/access/permission.ts';
import { appendAudit } from '#kernel/audit/append.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { newId } from '#kernel/db/id.server.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import { appendEvents } from '#kernel/outbox/append.server.ts';
import { recordAudit, recordEvent } from './attachment.server.ts';
import { addComment, editComment, listComments, mentionable, type CommentWire } from './operations.ts';
import type { ProductAsked } from './ports.server.ts';
import { requireRecord, scopeOfRecord, type KnownRecord } from './record.server.ts';
import { documentsRefusals } from './refusals.ts';

/** How long the writer may still correct a comment; afterwards others may have acted on it. */
export const EDITABLE_MINUTES = 10;
const COMMENTS_MAX = 500;
const EXCERPT_MAX = 200;

interface CommentRow {
  readonly id: string;
  readonly recordId: string;
  readonly body: string;
  readonly mentions: readonly string[];
  readonly version: number;
  readonly by: string;
  readonly at: string;
  readonly editedAt: string | null;
}

const columns = sql`comment_id as id, record_id as "recordId", body, mentions, version, written_by as by, written_at as at, edited_at as "editedAt"`;

const isEditable = (context: Context, row: CommentRow): boolean =>
  row.by === context.actor.id && context.system.clock.now().getTime() - new Date(row.at).getTime() <= EDITABLE_MINUTES * 60_000;

async function wired(tx: Tx, product: ProductAsked, context: Context, rows: readonly CommentRow[]): Promise<CommentWire[]> {
  const names = await product().ports.people.namesOf(tx, [...new Set(rows.flatMap((r) => [r.by, ...r.mentions]))]);
  const person = (id: string) => ({ id, name: names.get(id) ?? id });
  return rows.map((r) => ({
    id: r.id,
    body: r.body,
    mentions: r.mentions.map(person),
    by: person(r.by),
    at: r.at,
    editedAt: r.editedAt,
    canEdit: isEditable(context, r),
  }));
}

/** Who may be called to a record: those who may see it. */
const watchersOf = (tx: Tx, product: ProductAsked, record: KnownRecord) =>
  product().ports.people.holdersOf(tx, viewPermission(record.definition), record.entityId);

async function requireWatchers(tx: Tx, product: ProductAsked, record: KnownRecord, mentions: readonly string[]): Promise<void> {
  if (mentions.length === 0) return;
  const known = new Set((await watchersOf(tx, product, record)).map((p) => p.id));
  const blind = mentions.filter((id) => !known.has(id));
  if (blind.length === 0) return;
  const names = await product().ports.people.namesOf(tx, blind);
  refuse(...blind.map((id) => documentsRefusals.mentionedCannotSee({ name: names.get(id) ?? id }, { field: 'mentions' })));
}

/** One line in the my work of everyone newly mentioned, and an event for mail and webhooks. */
async function notify(
  tx: Tx,
  context: Context,
  record: KnownRecord,
  comment: { id: string; body: string; mentions: readonly string[] },
  at: string,
): Promise<void> {
  const others = comment.mentions.filter((id) => id !== context.actor.id);
  if (others.length === 0) return;
  const ids = others.map(() => newId('ntf'));
  const told = await tx.query<{ user_id: string }>(sql`
    insert into documents.notification (notification_id, user_id, kind, record_kind, record_id, entity_id, source_id, from_user_id, excerpt, created_at)
    select n.id, n.user_id, 'mention', ${record.kind}, ${record.id}, ${record.entityId}, ${comment.id}, ${context.actor.id},
      ${comment.body.slice(0, EXCERPT_MAX)}, ${at}
    from unnest(${ids}::text[], ${others}::text[]) as n(id, user_id) on conflict do nothing returning user_id`);
  if (told.length === 0) return;
  await appendEvents(tx, [recordEvent(context, record, 'mentioned', { userIds: told.map((t) => t.user_id), commentId: comment.id })]);
}

async function write(
  context: Context,
  product: ProductAsked,
  record: KnownRecord,
  body: { body: string; mentions: string[] },
): Promise<CommentWire> {
  const id = newId('cmt');
  const at = context.system.clock.now().toISOString();
  const mentions = [...new Set(body.mentions)];
  return context.system.db.write(scopeOfRecord(context, record), async (tx) => {
    await requireWatchers(tx, product, record, mentions);
    const row = await tx.one<CommentRow>(sql`
      insert into documents.comment (comment_id, record_kind, record_id, entity_id, body, mentions, written_by, written_at)
      values (${id}, ${record.kind}, ${record.id}, ${record.entityId}, ${body.body}, ${mentions}, ${context.actor.id}, ${at}) returning ${columns}`);
    await appendAudit(tx, [{ ...recordAudit(context, record, 'comment'), changes: [{ field: 'comment', old: null, new: body.body }] }]);
    await appendEvents(tx, [recordEvent(context, record, 'commented')]);
    await notify(tx, context, record, { id, body: body.body, mentions }, at);
    return (await wired(tx, product, context, [row]))[0] as CommentWire;
  });
}

async function edit(
  context: Context,
  product: ProductAsked,
  record: KnownRecord,
  commentId: string,
  body: { body: string; mentions: string[] },
): Promise<CommentWire> {
  const at = context.system.clock.now().toISOString();
  const mentions = [...new Set(body.mentions)];
  return context.system.db.write(scopeOfRecord(context, record), async (tx) => {
    const before = await tx.one<CommentRow>(sql`select ${columns} from documents.comment where comment_id = ${commentId} for update`);
    if (before.by !== context.actor.id) refuse(documentsRefusals.commentNotYours({}));
    if (!isEditable(context, before)) refuse(documentsRefusals.commentTooOld({ minutes: EDITABLE_MINUTES }));
    await requireWatchers(tx, product, record, mentions);
    await tx.query(sql`
      insert into documents.comment_version (comment_id, version, entity_id, body, recorded_at)
      values (${commentId}, ${before.version}, ${record.entityId}, ${before.body}, ${at})`);
    const row = await tx.one<CommentRow>(sql`
      update documents.comment set body = ${body.body}, mentions = ${mentions}, version = version + 1, edited_at = ${at}
      where comment_id = ${commentId} returning ${columns}`);
    await appendAudit(tx, [
      { ...recordAudit(context, record, 'edit-comment'), changes: [{ field: 'comment', old: before.body, new: body.body }] },
    ]);
    await appendEvents(tx, [recordEvent(context, record, 'commented')]);
    await notify(tx, context, record, { id: commentId, body: body.body, mentions }, at);
    return (await wired(tx, product, context, [row]))[0] as CommentWire;
  });
}

/** Comments on records: seen by whoever sees the record; never deleted, corrected by their writer within ten minutes. */
export const commentHandlers = (product: ProductAsked): OperationHandler[] => [
  handle(listComments, async (context, { params }) => {
    const record = await requireRecord(context, product(), params.recordId);
    return context.system.db.read(scopeOfRecord(context, record), async (tx) => {
      const rows = await tx.query<CommentRow>(sql`
        select ${columns} from documents.comment where record_id = ${record.id} order by written_at desc, comment_id desc limit ${COMMENTS_MAX}`);
      return {
        items: (await wired(tx, product, context, rows)).toReversed(),
        canAdd: can(context.actor, 'documents.comment.add', record.entityId),
      };
    });
  }),
  handle(addComment, async (context, { params, body }) =>
    write(context, product, await requireRecord(context, product(), params.recordId), body),
  ),
  handle(editComment, async (context, { params, body }) => {
    const found = await context.system.db.read(systemScope, (tx) =>
      tx.maybe<CommentRow>(sql`select ${columns} from documents.comment where comment_id = ${params.commentId}`),
    );
    if (!found) return refuse(documentsRefusals.commentNotFound({}));
    return edit(context, product, await requireRecord(context, product(), found.recordId), found.id, body);
  }),
  handle(mentionable, async (context, { query }) => {
    const record = await requireRecord(context, product(), query.recordId);
    const people = await context.system.db.read(systemScope, (tx) => watchersOf(tx, product, record));
    const wanted = query.q.toLowerCase();
    return {
      items: people
        .filter((p) => p.name.toLowerCase().includes(wanted))
        .slice(0, 20)
        .map(({ id, name }) => ({ id, name })),
    };
  }),
];
