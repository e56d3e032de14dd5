import { type DataScope, scopeOf } from '../access/actor.ts';
import { viewPermission } from '../access/permission.ts';
import { commandRefusals } from '../command/refusals.ts';
import { refuse } from '../command/refusal.ts';
import { empty, escapeLike, join, sql, type Sql } from '../db/sql.server.ts';
import type { AnyDefinition } from '../document/definition.ts';
import { text } from '../i18n/text.ts';
import type { Product } from '../product.server.ts';
import { type Context, handle, type OperationHandler } from './context.server.ts';
import { choicesOperation, myWorkOperation, searchOperation } from './workspace-operations.ts';

const item = (r: any) => ({
  id: r.id,
  kind: r.kind,
  number: r.number,
  title: { zh: r.title_zh, en: r.title_en },
  state: r.state,
  entityId: r.entity_id,
});

/** Kinds an actor may see, grouped by the scope they are seen in, as one condition on the directory. */
function visibleSql(
  context: Context,
  definitions: readonly AnyDefinition[],
): { condition: Sql; reach: DataScope['entityIds'] } | undefined {
  const groups = new Map<string, { scope: DataScope; kinds: string[] }>();
  for (const d of definitions) {
    const scope = scopeOf(context.actor, viewPermission(d));
    if (!scope) continue;
    const key = JSON.stringify([d.isEntityScoped ? scope.entityIds : '*', scope.ownOnlyFor]);
    const group = groups.get(key) ?? { scope, kinds: [] };
    group.kinds.push(d.kind);
    groups.set(key, group);
  }
  if (groups.size === 0) return undefined;
  const conditions = [...groups.values()].map(({ scope, kinds }) => {
    const entity = scope.entityIds === '*' ? empty : sql`and (entity_id is null or entity_id = any(${[...scope.entityIds]}::text[]))`;
    const own = scope.ownOnlyFor === null ? empty : sql`and created_by = ${scope.ownOnlyFor}`;
    return sql`(kind = any(${kinds}::text[]) ${entity} ${own})`;
  });
  const reaches = [...groups.values()].map((g) => g.scope.entityIds);
  const reach = reaches.includes('*') ? '*' : [...new Set(reaches.flatMap((r) => (r === '*' ? [] : r)))];
  return { condition: sql`(${join(conditions, ' or ')})`, reach };
}

/**
 * References are chosen by people who may not open the referred list: whoever works with a kind that points to another may pick from
 * it, by name and code only.
 */
function canChoose(context: Context, product: Product, target: AnyDefinition): DataScope | undefined {
  const own = scopeOf(context.actor, viewPermission(target));
  if (own) return own;
  const referring = product.definitions.filter((d) =>
    [d.header, ...Object.values(d.lines as Record<string, { fields: any }>).map((l) => l.fields)].some((fields) =>
      Object.values(fields).some((f: any) => f.target === target.kind),
    ),
  );
  return referring.map((d) => scopeOf(context.actor, viewPermission(d))).find((scope) => scope !== undefined);
}

/** Things of modules that are no documents (lots, serial numbers), before documents: a scan means the thing itself. */
async function searchSources(product: Product, context: Context, q: string, limit: number) {
  const sources = product.modules.flatMap((m) => m.search);
  return (await Promise.all(sources.map((source) => source.find(context, q, limit)))).flat();
}

async function search(product: Product, context: Context, q: string, limit: number) {
  const things = await searchSources(product, context, q, limit);
  return { items: [...things, ...(await searchDirectory(product, context, q, limit))].slice(0, limit) };
}

async function searchDirectory(product: Product, context: Context, q: string, limit: number) {
  const visible = visibleSql(context, product.definitions);
  if (!visible) return [];
  const words = q.toLowerCase();
  const prefix = `${escapeLike(q.toUpperCase())}%`;
  const rows = await context.system.db.read({ entityIds: visible.reach, userId: context.actor.id }, (tx) =>
    tx.planned<any>(sql`
      select * from (
        (select id, kind, number, title_zh, title_en, state, entity_id, updated_at, 0 as rank from kernel.directory
          where upper(number) like ${prefix} and ${visible.condition} order by number limit ${limit})
        union
        (select id, kind, number, title_zh, title_en, state, entity_id, updated_at, 1 as rank from kernel.directory
          where search_text like ${`%${escapeLike(words)}%`} and upper(coalesce(number, '')) not like ${prefix} and ${visible.condition} limit ${limit * 4})
      ) found order by rank, updated_at desc limit ${limit}`),
  );
  return rows.map(item);
}

async function choices(
  product: Product,
  context: Context,
  kind: string,
  query: { q?: string | undefined; codes?: string | undefined; ids?: string | undefined; entityId?: string | undefined; limit: number },
) {
  const target = product.definition(kind) ?? refuse(commandRefusals.notFound({ what: kind }));
  const scope =
    canChoose(context, product, target) ??
    refuse(commandRefusals.notPermitted({ action: target.pluralLabel, permission: viewPermission(target) }));
  const listed = (value: string | undefined) =>
    value
      ?.split(',')
      .map((c) => c.trim())
      .filter(Boolean);
  const codes = listed(query.codes);
  const ids = listed(query.ids);
  const entity = query.entityId ? sql`and (entity_id is null or entity_id = ${query.entityId})` : empty;
  const match = ids
    ? sql`and id = any(${ids}::text[])`
    : codes
      ? sql`and number = any(${codes}::text[])`
      : query.q
        ? sql`and (search_text like ${`%${escapeLike(query.q.toLowerCase())}%`})`
        : empty;
  const rows = await context.system.db.read({ entityIds: scope.entityIds, userId: context.actor.id }, (tx) =>
    tx.planned<any>(sql`
      select id, kind, number, title_zh, title_en, state, entity_id from kernel.directory
      where kind = ${kind} ${ids ? empty : sql`and state <> 'inactive'`} ${entity} ${match} order by number nulls last limit ${(ids ?? codes) ? 2000 : query.limit}`),
  );
  return { items: rows.map(item) };
}

/** Drafts a person left unfinished: the one section every kind of document has. */
async function draftsOf(product: Product, context: Context) {
  const kinds = product.definitions.filter((d) => d.nature === 'document').map((d) => d.kind);
  const rows = await context.system.db.read({ entityIds: '*', userId: context.actor.id }, (tx) =>
    tx.planned<any>(sql`
      select id, kind, number, title_zh, title_en, state, entity_id from kernel.directory
      where created_by = ${context.actor.id} and state = 'draft' and kind = any(${kinds}::text[]) order by updated_at desc limit 50`),
  );
  const items = rows.map((row) => ({ ...item(row), due: null, action: text('继续填写', 'Finish it') }));
  return { name: 'drafts', label: text('我的草稿', 'My drafts'), items };
}

async function myWork(product: Product, context: Context) {
  const sources = product.modules.flatMap((m) => m.work).toSorted((a, b) => a.order - b.order);
  const sections = await Promise.all(
    sources.map(async ({ name, label, items }) => ({
      name,
      label,
      items: [...(await context.system.db.read({ entityIds: '*', userId: context.actor.id }, (tx) => items(tx, context)))],
    })),
  );
  return { sections: [...sections, await draftsOf(product, context)] };
}

export const workspaceHandlers = (product: Product): OperationHandler[] => [
  handle(searchOperation, (context, { query }) => search(product, context, query.q, query.limit)),
  handle(choicesOperation, (context, { params, query }) => choices(product, context, params.kind, query)),
  handle(myWorkOperation, (context) => myWork(product, context)),
];
