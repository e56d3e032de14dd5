import { escapeLike, join, raw, sql, type Sql } from '../db/sql.server.ts';
import { commandRefusals } from '../command/refusals.ts';
import { refuse } from '../command/refusal.ts';
import { text, type LocalText } from '../i18n/text.ts';
import type { FilterItem } from '../http/wire.ts';
import { columnName, columnType, headFields } from './content.ts';
import type { AnyDefinition } from './definition.ts';
import type { Field } from './field.ts';

/** A column that a list may show, filter and sort by. */
export interface ListColumn {
  readonly name: string;
  readonly column: Sql;
  readonly type: string;
  readonly kind: Field['kind'];
  readonly label: LocalText;
  readonly isNullable: boolean;
  readonly sensitivity?: string | undefined;
}

const qualified = (name: string): Sql => raw(`t."${columnName(name)}"`);

/** Head and header fields of a definition, by name. */
export function listColumns(d: AnyDefinition): Map<string, ListColumn> {
  const columns = new Map<string, ListColumn>();
  columns.set('id', { name: 'id', column: qualified('id'), type: 'text', kind: 'code', label: text('标识', 'Id'), isNullable: false });
  for (const [name, f] of Object.entries(headFields)) {
    const isNullable = name === 'number' || name === 'entityId';
    columns.set(name, { name, column: qualified(name), type: columnType(f.kind), kind: f.kind, label: f.label, isNullable });
  }
  for (const [name, f] of Object.entries(d.header as Record<string, Field>)) {
    columns.set(name, {
      name,
      column: qualified(name),
      type: columnType(f.kind),
      kind: f.kind,
      label: f.label,
      isNullable: f.isOptional || f.isDerived,
      sensitivity: f.sensitivity,
    });
  }
  return columns;
}

const bad = (column: ListColumn | string, zh: string, en: string): never =>
  refuse(commandRefusals.filterInvalid({ field: typeof column === 'string' ? column : column.label, problem: text(zh, en) }));

const patterns: Partial<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  timestamptz: /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/,
  integer: /^-?\d{1,9}$/,
  numeric: /^-?\d{1,20}(\.\d{1,12})?$/,
  boolean: /^(true|false)$/,
};

/** Whether there is such a calendar day; `Date.parse` would take 30 February for 2 March. */
const isDay = (day: string): boolean => {
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day) && day >= '1000';
};

function typed(column: ListColumn, value: unknown): string {
  if (value === undefined || value === null || value === '') bad(column, '缺少值', 'a value is missing');
  const given = String(value);
  const pattern = patterns[column.type];
  if (pattern && !pattern.test(given))
    bad(column, `值「${given.slice(0, 40)}」的格式不对`, `the value “${given.slice(0, 40)}” has the wrong form`);
  if (given.length > 500 || given.includes('\u0000'))
    bad(column, '值太长或含非法字符', 'the value is too long or has characters that cannot be stored');
  if ((column.type === 'date' || column.type === 'timestamptz') && !isDay(given.slice(0, 10)))
    bad(column, '没有这一天', 'there is no such day');
  return given;
}

const cast = (column: ListColumn, value: unknown): Sql =>
  sql`${typed(column, value)}::${raw(column.type === 'text[]' ? 'text' : column.type)}`;
const listOf = (column: ListColumn, value: FilterItem['value']): readonly unknown[] =>
  Array.isArray(value) && value.length > 0 ? value : bad(column, '需要至少一个值', 'at least one value is needed');

/** One filter as a condition; an unknown field, operator or value is a clear refusal, never an empty list. */
export function filterSql(columns: Map<string, ListColumn>, item: FilterItem, canSee: (column: ListColumn) => boolean): Sql {
  const column = columns.get(item.field) ?? bad(item.field, '没有这个字段', 'there is no such field');
  // Filtering by a value one may not see would tell the value.
  if (!canSee(column)) bad(column, '您无权查看该字段，不能按其筛选', 'you may not see this field, so you cannot filter by it');
  const { value } = item;
  const c = column.column;
  if (column.type === 'text[]') {
    return item.op === 'isNull'
      ? sql`${c} is null`
      : sql`${c} && ${(Array.isArray(value) ? value : [value]).map((v) => typed(column, v))}::text[]`;
  }
  switch (item.op) {
    case 'eq':
      return sql`${c} = ${cast(column, value)}`;
    case 'ne':
      return sql`${c} is distinct from ${cast(column, value)}`;
    case 'in':
      return sql`${c} in (${join(listOf(column, value).map((v) => cast(column, v)))})`;
    case 'lt':
      return sql`${c} < ${cast(column, value)}`;
    case 'lte':
      return sql`${c} <= ${cast(column, value)}`;
    case 'gt':
      return sql`${c} > ${cast(column, value)}`;
    case 'gte':
      return sql`${c} >= ${cast(column, value)}`;
    case 'between': {
      const [from, to] = listOf(column, value);
      if (from === undefined || to === undefined) bad(column, '需要起止两个值', 'two values are needed');
      return sql`${c} between ${cast(column, from)} and ${cast(column, to)}`;
    }
    case 'contains':
      return sql`${c}::text ilike ${`%${escapeLike(typed({ ...column, type: 'text' }, value))}%`}`;
    case 'startsWith':
      return sql`${c}::text ilike ${`${escapeLike(typed({ ...column, type: 'text' }, value))}%`}`;
    case 'isNull':
      return sql`${c} is null`;
    case 'isNotNull':
      return sql`${c} is not null`;
  }
}

/** Text that people type into the quick search: matched against number, title and the definition's search fields. */
export const searchSql = (d: AnyDefinition, q: string): Sql =>
  sql`t.id in (select s.id from kernel.directory s where s.kind = ${d.kind} and s.search_text like ${`%${escapeLike(q.toLowerCase())}%`})`;
