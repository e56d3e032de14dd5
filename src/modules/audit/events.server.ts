import { scopeOf } from '#kernel/access/actor.ts';
import type { Change } from '#kernel/audit/event.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { sql, type Tx } from '#kernel/db/database.server.ts';
import { empty, join, type Sql } from '#kernel/db/sql.server.ts';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { titlesOf } from '#kernel/document/directory.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import type { OperationInput } from '#kernel/http/operation.ts';
import { maskChanges, type ShownChange } from './mask-changes.ts';
import { listAuditEvents, type AuditRow } from './operations.ts';
import { auditRefusals } from './refusals.ts';

type Query = OperationInput<typeof listAuditEvents>['query'];
type Row = Omit<AuditRow, 'changes'> & { readonly changes: Change[]; readonly place: string };

/** What the page needs of the product: which kinds there are and what their fields mean. */
export interface Catalogue {
  definition(kind: string): AnyDefinition | undefined;
  readonly definitions: readonly AnyDefinition[];
}

const ID = /^[a-z]{2,8}_[0-9A-HJKMNP-TV-Z]{26}$/;
const TITLES_MAX = 2_000;

/** People by id, log-in name or name in either language; an id nobody has any more still finds its rows. */
const peopleCalled = (who: string): Sql => sql`
  select ${who}::text union
  select d.id from kernel.directory d where d.kind = 'user' and (d.number = ${who} or d.title_zh = ${who} or d.title_en = ${who})`;

function conditionsOf(query: Query): Sql[] {
  const cursor = query.cursor?.split('|');
  if (cursor && !(cursor.length === 2 && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(cursor[0]!) && /^\d{1,18}$/.test(cursor[1]!))) {
    refuse(auditRefusals.cursorInvalid({}));
  }
  return [
    query.from ? sql`e.recorded_at >= ${query.from}::timestamptz` : undefined,
    query.to ? sql`e.recorded_at < ${query.to}::timestamptz` : undefined,
    query.actor ? sql`e.actor_id = any (array(${peopleCalled(query.actor)}))` : undefined,
    query.recordId ? sql`e.record_id = ${query.recordId}` : undefined,
    // The number is on the rows from the moment it was taken; earlier rows of the same record are found through it.
    query.number ? sql`e.record_id in (select d.id from kernel.directory d where upper(d.number) = upper(${query.number}))` : undefined,
    query.kind ? sql`e.kind = ${query.kind}` : undefined,
    query.field ? sql`e.fields @> array[${query.field}]::text[]` : undefined,
    query.action ? sql`e.action = ${query.action}` : undefined,
    query.entityId ? sql`e.entity_id = ${query.entityId}` : undefined,
    cursor ? sql`(e.recorded_at, e.event_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::bigint)` : undefined,
  ].filter((c) => c !== undefined);
}

const rowsOf = (tx: Tx, conditions: readonly Sql[], limit: number): Promise<Row[]> =>
  tx.query<Row>(sql`
  select e.event_id as "eventId", e.recorded_at as "recordedAt", e.actor_id as "actorId", e.actor_name as "actorName",
    e.session_id as "sessionId", e.ip, e.entity_id as "entityId", e.kind, e.record_id as "recordId", e.number, e.action,
    e.from_state as "fromState", e.to_state as "toState", e.version, e.changes, e.reason, e.occurred_on as "occurredOn",
    e.signature_id as "signatureId", e.posting_digest as "postingDigest", e.request_id as "requestId",
    to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place,
    (select b.block_no from audit.block b where (b.last_xid, b.last_event_id) >= (e.xid, e.event_id)
      order by b.last_xid, b.last_event_id limit 1) as "blockNo"
  from audit.event e
  ${conditions.length > 0 ? sql`where ${join(conditions, ' and ')}` : empty}
  order by e.recorded_at desc, e.event_id desc limit ${limit}`);

/** Ids that stand in the values shown, so that they can be read as names. */
function* idsIn(changes: readonly ShownChange[]): Generator<string> {
  const values = changes.flatMap((c) => [c.old, c.new]).flatMap((v) => (v !== null && typeof v === 'object' ? Object.values(v) : [v]));
  for (const value of values) if (typeof value === 'string' && ID.test(value)) yield value;
}

async function auditEvents(catalogue: Catalogue, context: Context, query: Query) {
  const scope = scopeOf(context.actor, 'audit.event.view');
  const entityIds = scope?.entityIds ?? [];
  const conditions = conditionsOf(query);
  if (scope?.ownOnlyFor) conditions.push(sql`e.actor_id = ${scope.ownOnlyFor}`);
  // Log-ins, users and settings of the whole group are for those who answer for the whole group.
  if (entityIds !== '*') conditions.push(sql`(e.entity_id is not null or e.kind = any(${groupKinds(catalogue)}::text[]))`);
  return context.system.db.read({ entityIds, userId: context.actor.id }, async (tx) => {
    const found = await rowsOf(tx, conditions, query.limit + 1);
    const page = found.slice(0, query.limit);
    const rows = page.map(({ place: _place, changes, ...row }) => ({
      ...row,
      changes: maskChanges(changes, catalogue.definition(row.kind), context.actor, row.entityId),
    }));
    const ids = new Set(rows.flatMap((r) => [r.recordId, r.entityId, ...idsIn(r.changes)]).slice(0, TITLES_MAX));
    const last = page.at(-1);
    return {
      rows,
      titles: await titlesOf(tx, ids),
      nextCursor: found.length > query.limit && last ? `${last.place}|${last.eventId}` : null,
    };
  });
}

/** Group-wide master data that every company works with. Administration (users, roles) belongs to the group alone. */
const groupKinds = (catalogue: Catalogue): string[] =>
  catalogue.definitions.filter((d) => !d.isEntityScoped && d.module !== 'access').map((d) => d.kind);

export const eventHandlers = (catalogue: () => Catalogue): OperationHandler[] => [
  handle(listAuditEvents, (context, { query }) => auditEvents(catalogue(), context, query)),
];
