import { can } from '#kernel/access/actor.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import { sql, systemScope, type RowScope, type Tx } from '#kernel/db/database.server.ts';
import { newId } from '#kernel/db/id.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import { addView, changeView, listViews, removeView, type SavedViewWire } from './operations.ts';
import type { ProductAsked } from './ports.server.ts';
import { documentsRefusals } from './refusals.ts';

const SHARE = 'documents.view.share';
const VIEWS_MAX = 100;

interface ViewRow {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly isShared: boolean;
  readonly content: Record<string, unknown>;
  readonly updatedAt: string;
}

const columns = sql`view_id as id, owner_id as "ownerId", name, is_shared as "isShared", content, updated_at as "updatedAt"`;
const own = (context: Context): RowScope => ({ entityIds: [], userId: context.actor.id });

async function wired(tx: Tx, product: ProductAsked, context: Context, rows: readonly ViewRow[]): Promise<SavedViewWire[]> {
  const names = await product().ports.people.namesOf(tx, [...new Set(rows.map((r) => r.ownerId))]);
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    isShared: r.isShared,
    isMine: r.ownerId === context.actor.id,
    owner: { id: r.ownerId, name: names.get(r.ownerId) ?? r.ownerId },
    content: r.content,
    updatedAt: r.updatedAt,
  }));
}

const requireShare = (context: Context, isShared: boolean): void => {
  if (isShared && !can(context.actor, SHARE)) refuse(commandRefusals.notPermitted({ action: addView.summary, permission: SHARE }));
};

async function requireFreeName(tx: Tx, context: Context, listKind: string, name: string, except: string | null): Promise<void> {
  const taken = await tx.maybe(sql`
    select 1 from documents.saved_view where owner_id = ${context.actor.id} and list_kind = ${listKind} and name = ${name}
      and view_id is distinct from ${except}`);
  if (taken) refuse(documentsRefusals.viewNameTaken({ name }, { field: 'name' }));
}

/** Saved views of lists: a person's own, and those others share with everybody. Only the owner changes one. */
export const savedViewHandlers = (product: ProductAsked): OperationHandler[] => [
  handle(listViews, async (context, { params }) =>
    context.system.db.read(own(context), async (tx) => {
      const rows = await tx.query<ViewRow>(sql`
      select ${columns} from documents.saved_view
      where list_kind = ${params.listKind} and (owner_id = ${context.actor.id} or is_shared)
      order by owner_id <> ${context.actor.id}, created_at, view_id limit ${VIEWS_MAX}`);
      return { items: await wired(tx, product, context, rows), canShare: can(context.actor, SHARE) };
    }),
  ),
  handle(addView, async (context, { params, body }) => {
    requireShare(context, body.isShared);
    const at = context.system.clock.now().toISOString();
    return context.system.db.write(own(context), async (tx) => {
      await requireFreeName(tx, context, params.listKind, body.name, null);
      const row = await tx.one<ViewRow>(sql`
        insert into documents.saved_view (view_id, owner_id, list_kind, name, is_shared, content, created_at, updated_at)
        values (${newId('view')}, ${context.actor.id}, ${params.listKind}, ${body.name}, ${body.isShared}, ${JSON.stringify(body.content)}::jsonb, ${at}, ${at})
        returning ${columns}`);
      return (await wired(tx, product, context, [row]))[0] as SavedViewWire;
    });
  }),
  handle(changeView, async (context, { params, body }) => {
    requireShare(context, body.isShared);
    const at = context.system.clock.now().toISOString();
    return context.system.db.write(own(context), async (tx) => {
      await requireFreeName(tx, context, params.listKind, body.name, params.viewId);
      const row = await tx.maybe<ViewRow>(sql`
        update documents.saved_view set name = ${body.name}, is_shared = ${body.isShared}, content = ${JSON.stringify(body.content)}::jsonb, updated_at = ${at}
        where view_id = ${params.viewId} and list_kind = ${params.listKind} and owner_id = ${context.actor.id} returning ${columns}`);
      return (await wired(tx, product, context, [row ?? refuse(documentsRefusals.viewNotFound({}))]))[0] as SavedViewWire;
    });
  }),
  handle(removeView, async (context, { params }) => {
    const removed = await context.system.db.write(systemScope, (tx) =>
      tx.query(sql`
      delete from documents.saved_view where view_id = ${params.viewId} and list_kind = ${params.listKind} and owner_id = ${context.actor.id} returning view_id`),
    );
    if (removed.length === 0) refuse(documentsRefusals.viewNotFound({}));
    return {};
  }),
];
