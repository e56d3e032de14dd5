import { filterOperators, type FilterItem } from '#kernel/http/wire.ts';

/** What a list shows: the same words as the API's list query, so an address on screen is an address for a program. */
export interface ListState {
  readonly q: string;
  readonly filters: readonly FilterItem[];
  /** `field` or `-field`; empty means the definition's own order. */
  readonly sort: string;
}

export const emptyListState: ListState = { q: '', filters: [], sort: '' };

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const isFilterValue = (value: unknown): value is FilterItem['value'] =>
  value === undefined ||
  value === null ||
  isScalar(value) ||
  (Array.isArray(value) && value.every((v) => typeof v === 'string' || typeof v === 'number'));

function isFilterItem(value: unknown): value is FilterItem {
  if (typeof value !== 'object' || value === null) return false;
  const item = value as Record<string, unknown>;
  return typeof item['field'] === 'string' && (filterOperators as readonly unknown[]).includes(item['op']) && isFilterValue(item['value']);
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Reads the address; what cannot be understood is left out, because a shared link must still open the list. */
export function listStateFromSearch(search: Readonly<Record<string, unknown>>): ListState {
  const raw = search['filter'];
  const parsed = typeof raw === 'string' ? parseJson(raw) : raw;
  return {
    q: isScalar(search['q']) ? String(search['q']) : '',
    filters: Array.isArray(parsed) ? parsed.filter(isFilterItem) : [],
    sort: isScalar(search['sort']) ? String(search['sort']) : '',
  };
}

/** The part of the address that carries the state; empty parts are absent, so the plain list has the plain address. */
export function listStateToSearch(state: ListState): Record<string, unknown> {
  return {
    ...(state.q ? { q: state.q } : {}),
    ...(state.filters.length ? { filter: state.filters } : {}),
    ...(state.sort ? { sort: state.sort } : {}),
  };
}

/** Query parameters of the list and export operations. */
export function listQueryParams(state: ListState): Record<string, string> {
  const filters = state.filters.filter(isComplete);
  return {
    ...(state.q.trim() ? { q: state.q.trim() } : {}),
    ...(filters.length ? { filter: JSON.stringify(filters) } : {}),
    ...(state.sort ? { sort: state.sort } : {}),
  };
}

/** A chip that has been added but not filled in yet does not narrow the list. */
export function isComplete(item: FilterItem): boolean {
  if (item.op === 'isNull' || item.op === 'isNotNull') return true;
  if (Array.isArray(item.value)) return item.op === 'between' ? item.value.length === 2 : item.value.length > 0;
  return item.value !== undefined && item.value !== null && item.value !== '';
}

export const withFilter = (state: ListState, item: FilterItem): ListState => ({
  ...state,
  filters: state.filters.some((f) => f.field === item.field)
    ? state.filters.map((f) => (f.field === item.field ? item : f))
    : [...state.filters, item],
});

export const withoutFilter = (state: ListState, field: string): ListState => ({
  ...state,
  filters: state.filters.filter((f) => f.field !== field),
});

/** The order after a click on a column's head: ascending, descending, the list's own. */
export function nextSort(sort: string, field: string): string {
  if (sort === field) return `-${field}`;
  return sort === `-${field}` ? '' : field;
}

export const isSameListState = (a: ListState, b: ListState): boolean =>
  JSON.stringify(listStateToSearch(a)) === JSON.stringify(listStateToSearch(b));
