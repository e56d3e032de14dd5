import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { WorkSource } from '#kernel/module.server.ts';
import { listNotifications, readNotifications } from './operations.ts';
import type { ProductAsked } from './ports.server.ts';
import { visibleRecords } from './record.server.ts';

const SHOWN_MAX = 100;
const WORK_MAX = 50;

interface NotificationRow {
  readonly id: string;
  readonly recordId: string;
  readonly from: string;
  readonly excerpt: string;
  readonly at: string;
  readonly readAt: string | null;
}

/** A mention with the record it stands on. */
interface Mention {
  readonly id: string;
  readonly kind: 'mention';
  readonly record: {
    readonly id: string;
    readonly kind: string;
    readonly number: string | null;
    readonly title: LocalText;
    readonly entityId: string | null;
    readonly state: string;
  };
  readonly from: { readonly id: string; readonly name: string };
  readonly excerpt: string;
  readonly at: string;
  readonly readAt: string | null;
}

const unreadOf = async (tx: Tx, userId: string): Promise<number> =>
  (
    await tx.one<{ count: number }>(
      sql`select count(*)::int as count from documents.notification where user_id = ${userId} and read_at is null`,
    )
  ).count;

/** Mentions of the actor, newest first, on records the actor may still see. */
async function mentionsIn(tx: Tx, context: Context, product: ProductAsked, onlyUnread: boolean): Promise<Mention[]> {
  const rows = await tx.query<NotificationRow>(sql`
    select notification_id as id, record_id as "recordId", from_user_id as "from", excerpt, created_at as at, read_at as "readAt"
    from documents.notification where user_id = ${context.actor.id} and (not ${onlyUnread}::boolean or read_at is null)
    order by created_at desc limit ${SHOWN_MAX}`);
  const visible = await visibleRecords(tx, product(), context.actor, [...new Set(rows.map((r) => r.recordId))]);
  const names = await product().ports.people.namesOf(tx, [...new Set(rows.map((r) => r.from))]);
  return rows.flatMap((r): Mention[] => {
    const found = visible.get(r.recordId);
    if (!found) return [];
    const { id, kind, number, title, entityId, state } = found;
    return [
      {
        id: r.id,
        kind: 'mention',
        record: { id, kind, number, title, entityId, state },
        from: { id: r.from, name: names.get(r.from) ?? r.from },
        excerpt: r.excerpt,
        at: r.at,
        readAt: r.readAt,
      },
    ];
  });
}

/** My work: where colleagues ask for this person's eyes. */
export const mentionWork = (product: ProductAsked): WorkSource => ({
  name: 'mentions',
  label: text('提及我的', 'Mentions of me'),
  order: 40,
  items: async (_tx, context) => {
    // A transaction of its own: the record may lie in a company the page does not ask for.
    const mentions = await context.system.db.read(systemScope, (tx) => mentionsIn(tx, context, product, true));
    return mentions
      .slice(0, WORK_MAX)
      .toReversed()
      .map(({ record, from, excerpt }) => ({
        ...record,
        due: null,
        action: text(`${from.name}：${excerpt}`, `${from.name}: ${excerpt}`),
      }));
  },
});

export const notificationHandlers = (product: ProductAsked): OperationHandler[] => [
  handle(listNotifications, async (context, { query }) => {
    const items = await context.system.db.read(systemScope, (tx) => mentionsIn(tx, context, product, query.onlyUnread === 'true'));
    const unread = await context.system.db.read(systemScope, (tx) => unreadOf(tx, context.actor.id));
    return { items, unread };
  }),
  handle(readNotifications, async (context, { body }) => {
    const at = context.system.clock.now().toISOString();
    return context.system.db.write(systemScope, async (tx) => {
      await tx.query(sql`
        update documents.notification set read_at = ${at} 
        where (notification_id = any(${body.ids}::text[]) or record_id = ${body.recordId ?? null}) and user_id = ${context.actor.id} and read_at is null`);
      return { unread: await unreadOf(tx, context.actor.id) };
    });
  }),
];
