import { sql, systemScope } from '#kernel/db/database.server.ts';
import { handle, type OperationHandler } from '#kernel/http/context.server.ts';
import { listRelated } from './operations.ts';
import type { ProductAsked } from './ports.server.ts';
import { requireRecord, visibleRecords, type KnownRecord } from './record.server.ts';

/** Shown per direction; a product is named by a hundred thousand documents. */
const RELATED_MAX = 100;

interface Relation {
  readonly id: string;
  readonly roles: readonly string[];
}

const item = (record: KnownRecord, roles: readonly string[]) => ({
  id: record.id,
  kind: record.kind,
  number: record.number,
  title: record.title,
  state: record.state,
  roles: [...roles],
});

/** What a record names and what names it, newest first, as far as the caller may see it. */
export const relatedHandlers = (product: ProductAsked): OperationHandler[] => [
  handle(listRelated, async (context, { params }) => {
    const record = await requireRecord(context, product(), params.recordId);
    // Read past row security, then shown by permission: a document of a sister company may be named but is only counted.
    return context.system.db.read(systemScope, async (tx) => {
      const to = await tx.query<Relation>(sql`
        select to_id as id, array_agg(distinct role order by role) as roles from kernel.relation where from_id = ${record.id}
        group by to_id order by to_id desc limit ${RELATED_MAX + 1}`);
      const from = await tx.query<Relation>(sql`
        select from_id as id, array_agg(distinct role order by role) as roles
        from (select from_id, role from kernel.relation where to_id = ${record.id} order by from_id desc limit ${RELATED_MAX * 10}) r
        group by from_id order by from_id desc limit ${RELATED_MAX + 1}`);
      const visible = await visibleRecords(
        tx,
        product(),
        context.actor,
        [...to, ...from].map((r) => r.id),
      );
      const shown = (relations: readonly Relation[]) =>
        relations.slice(0, RELATED_MAX).flatMap((r) => (visible.has(r.id) ? [item(visible.get(r.id) as KnownRecord, r.roles)] : []));
      const refersTo = shown(to);
      const referredBy = shown(from);
      const isCut = to.length > RELATED_MAX || from.length > RELATED_MAX;
      const looked = Math.min(to.length, RELATED_MAX) + Math.min(from.length, RELATED_MAX);
      return { refersTo, referredBy, hidden: looked - refersTo.length - referredBy.length, isCut };
    });
  }),
];
