import { type DataScope, scopeOf } from '../access/actor.ts';
import { maskForActor, seesEverywhere } from '../access/masking.ts';
import { viewPermission } from '../access/permission.ts';
import { commandRefusals } from '../command/refusals.ts';
import { refuse } from '../command/refusal.ts';
import { empty, join, raw, sql, type Sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import type { Context } from '../http/context.server.ts';
import type { ListAnswer, ListQuery } from '../http/wire.ts';
import { text } from '../i18n/text.ts';
import { columnName } from './content.ts';
import type { AnyDefinition } from './definition.ts';
import { titlesOf } from './directory.server.ts';
import { filterSql, type ListColumn, listColumns, searchSql } from './filter.server.ts';
import { tableName } from './store.server.ts';

/** Counting stops here: beyond it nobody reads the exact number, and every list stays fast. */
const COUNT_MAX = 10_000;

interface Sort {
  readonly column: ListColumn;
  readonly isDescending: boolean;
}

interface Cursor {
  readonly sort: string;
  readonly value: string | null;
  readonly id: string;
}

export interface ListPlan {
  readonly definition: AnyDefinition;
  readonly columns: Map<string, ListColumn>;
  readonly where: Sql;
  readonly sort: Sort;
  readonly sortKey: string;
}

/** The scope of the permission to see a kind; refuses where it is held nowhere. */
export function requireView(context: Context, d: AnyDefinition): DataScope {
  const permission = viewPermission(d);
  return (
    scopeOf(context.actor, permission) ??
    refuse(commandRefusals.notPermitted({ action: text(`查看${d.pluralLabel.zh}`, `see ${d.pluralLabel.en}`), permission }))
  );
}

/** The parts of a data scope that row-level security does not know: warehouse and own records. */
export function scopeSql(d: AnyDefinition, scope: DataScope): Sql[] {
  const conditions: Sql[] = [];
  if (d.isEntityScoped && scope.entityIds !== '*') conditions.push(sql`t.entity_id = any(${[...scope.entityIds]}::text[])`);
  if (d.warehouseField && scope.warehouseIds !== '*') {
    conditions.push(sql`${raw(`t."${columnName(d.warehouseField)}"`)} = any(${[...scope.warehouseIds]}::text[])`);
  }
  if (scope.ownOnlyFor !== null) conditions.push(sql`t.created_by = ${scope.ownOnlyFor}`);
  return conditions;
}

const canSee = (context: Context, scope: DataScope) => (column: ListColumn) =>
  column.sensitivity === undefined || seesEverywhere(context.actor, column.sensitivity, scope.entityIds);

/** Filters, search, scope and sort of a list, checked; shared by list and export. */
export function planList(context: Context, d: AnyDefinition, query: Pick<ListQuery, 'q' | 'filter' | 'sort'>, scope: DataScope): ListPlan {
  const columns = listColumns(d);
  const conditions = scopeSql(d, scope);
  for (const item of query.filter ?? []) conditions.push(filterSql(columns, item, canSee(context, scope)));
  if (query.q) conditions.push(searchSql(d, query.q));
  const fallback = `${d.list.sort.descending ? '-' : ''}${d.list.sort.field}`;
  const sortKey = query.sort ?? fallback;
  const column = columns.get(sortKey.replace(/^-/, ''));
  if (!column || column.type === 'text[]' || !canSee(context, scope)(column)) {
    return refuse(commandRefusals.filterInvalid({ field: sortKey, problem: text('不能按此字段排序', 'the list cannot be sorted by it') }));
  }
  return {
    definition: d,
    columns,
    sortKey,
    sort: { column, isDescending: sortKey.startsWith('-') },
    where: conditions.length ? sql`where ${join(conditions, ' and ')}` : sql`where true`,
  };
}

const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function decodeCursor(value: string, sortKey: string): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(value, 'base64url').toString()) as Cursor;
    if (cursor.sort === sortKey && typeof cursor.id === 'string' && (cursor.value === null || typeof cursor.value === 'string'))
      return cursor;
  } catch {
    // falls through to the refusal
  }
  return refuse(
    commandRefusals.filterInvalid({
      field: 'cursor',
      problem: text('翻页标记无效，请从第一页开始', 'the page mark is not valid; start from the first page'),
    }),
  );
}

/** Rows after the cursor. Nulls come last in both directions; a column that cannot be null compares as one row, which an index serves. */
function afterSql(sort: Sort, cursor: Cursor): Sql {
  const c = sort.column.column;
  const direction = raw(sort.isDescending ? '<' : '>');
  const value = sql`${cursor.value}::${raw(sort.column.type)}`;
  if (!sort.column.isNullable) return sql`(${c}, t.id) ${direction} (${value}, ${cursor.id})`;
  if (cursor.value === null) return sql`(${c} is null and t.id ${direction} ${cursor.id})`;
  return sql`(${c} ${direction} ${value} or (${c} = ${value} and t.id ${direction} ${cursor.id}) or ${c} is null)`;
}

const selectList = (columns: Map<string, ListColumn>): Sql =>
  join([...columns.values()].map((c) => sql`${c.column} as ${raw(`"${c.name}"`)}`));

/** One page of a plan, as stored (unmasked). */
export async function readPage(
  tx: Tx,
  plan: ListPlan,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ rows: any[]; nextCursor: string | null }> {
  const { definition, columns, where, sort, sortKey } = plan;
  const after = page.cursor ? sql`and ${afterSql(sort, decodeCursor(page.cursor, sortKey))}` : empty;
  const direction = raw(sort.isDescending ? 'desc' : 'asc');
  const nulls = sort.column.isNullable ? sql`nulls last` : empty;
  const rows = await tx.planned<any>(sql`
    select ${selectList(columns)}, ${sort.column.column}::text as "cursorValue" from ${tableName(definition.table)} t
    ${where} ${after} order by ${sort.column.column} ${direction} ${nulls}, t.id ${direction} limit ${page.limit + 1}`);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > page.limit && last ? encodeCursor({ sort: sortKey, value: last.cursorValue, id: last.id }) : null;
  return { rows: shown.map(({ cursorValue: _, ...row }) => row), nextCursor };
}

async function readTotals(tx: Tx, context: Context, plan: ListPlan, scope: DataScope) {
  const sums = (plan.definition.list.sums ?? []).filter((name: string) => {
    const column = plan.columns.get(name);
    return column !== undefined && canSee(context, scope)(column);
  });
  const quoted = sums.map((name: string) => raw(`"${columnName(name)}"`));
  const summed = quoted.map((column: Sql, i: number) => sql`sum(${column})::text as ${raw(`"sum${i}"`)}`);
  // Counted and summed up to a bound: beyond it the exact figure is a report's work, and the list stays fast at any size.
  const [row] = await tx.planned<any>(sql`
    select ${join([sql`count(*)::int as count`, ...summed])} from (
      select ${quoted.length > 0 ? join(quoted.map((column: Sql) => sql`t.${column}`)) : sql`1`} from ${tableName(plan.definition.table)} t
      ${plan.where} limit ${COUNT_MAX + 1}) counted`);
  const isAtLeast = row.count > COUNT_MAX;
  return {
    count: isAtLeast ? COUNT_MAX : row.count,
    isAtLeast,
    sums: isAtLeast ? {} : Object.fromEntries(sums.map((name: string, i: number) => [name, row[`sum${i}`] ?? '0'])),
  };
}

/** Ids a row refers to, for titles. */
const referredIds = (columns: Map<string, ListColumn>, rows: readonly any[]): string[] => {
  const refs = [...columns.values()].filter((c) => c.kind === 'ref').map((c) => c.name);
  return rows.flatMap((row) => refs.map((name) => row[name])).filter(Boolean);
};

/** A page of any list: filtered, sorted, masked, with readable names, and totals on demand. */
export async function readList(tx: Tx, context: Context, d: AnyDefinition, query: ListQuery, scope: DataScope): Promise<ListAnswer> {
  const plan = planList(context, d, query, scope);
  const { rows, nextCursor } = await readPage(tx, plan, query);
  const answer: ListAnswer = {
    rows: rows.map((row) => maskForActor(context.actor, d, row)),
    titles: await titlesOf(tx, referredIds(plan.columns, rows)),
    nextCursor,
  };
  return query.totals === 'true' ? { ...answer, totals: await readTotals(tx, context, plan, scope) } : answer;
}

/** All rows of a plan in pages, for export; stops at `max`. */
export async function* readAll(tx: Tx, plan: ListPlan, max: number): AsyncGenerator<{ rows: any[]; ids: string[] }> {
  let cursor: string | undefined;
  for (let count = 0; count < max;) {
    const page = await readPage(tx, plan, { limit: 1000, cursor });
    if (page.rows.length === 0) return;
    yield { rows: page.rows, ids: referredIds(plan.columns, page.rows) };
    count += page.rows.length;
    if (!page.nextCursor) return;
    cursor = page.nextCursor;
  }
}
