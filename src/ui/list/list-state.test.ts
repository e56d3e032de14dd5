import { describe, expect, test } from 'vitest';
import {
  emptyListState,
  isSameListState,
  listQueryParams,
  listStateFromSearch,
  listStateToSearch,
  nextSort,
  withFilter,
  withoutFilter,
  type ListState,
} from './list-state.ts';

const state: ListState = {
  q: '2026',
  filters: [
    { field: 'state', op: 'in', value: ['draft', 'posted'] },
    { field: 'occurredOn', op: 'between', value: ['2026-01-01', '2026-01-31'] },
    { field: 'isUrgent', op: 'eq', value: true },
  ],
  sort: '-occurredOn',
};

describe('the address carries what a list shows', () => {
  test('what is written into the address is read back the same', () => {
    expect(listStateFromSearch(listStateToSearch(state))).toEqual(state);
  });

  test('a filter that arrives as JSON text is understood', () => {
    expect(listStateFromSearch({ filter: JSON.stringify(state.filters) }).filters).toEqual(state.filters);
  });

  test('a search for digits stays text', () => {
    expect(listStateFromSearch({ q: 2026 }).q).toBe('2026');
  });

  test('a broken filter is left out and the rest still holds', () => {
    const broken = [{ field: 'state', op: 'no-such' }, 7, null, { field: 'number', op: 'contains', value: 'JV' }];
    expect(listStateFromSearch({ filter: broken, sort: 'number' })).toEqual({
      q: '',
      filters: [{ field: 'number', op: 'contains', value: 'JV' }],
      sort: 'number',
    });
    expect(listStateFromSearch({ filter: '[{' })).toEqual(emptyListState);
  });

  test('the plain list has the plain address', () => {
    expect(listStateToSearch(emptyListState)).toEqual({});
  });
});

describe('the query asks only for what is filled in', () => {
  test('a chip without a value does not narrow the list', () => {
    const open = withFilter(withFilter(emptyListState, { field: 'number', op: 'contains', value: '' }), {
      field: 'state',
      op: 'in',
      value: [],
    });
    expect(listQueryParams(open)).toEqual({});
  });

  test('one field has one chip; a second value replaces the first', () => {
    const once = withFilter(emptyListState, { field: 'number', op: 'contains', value: 'A' });
    const twice = withFilter(once, { field: 'number', op: 'contains', value: 'B' });
    expect(twice.filters).toEqual([{ field: 'number', op: 'contains', value: 'B' }]);
    expect(withoutFilter(twice, 'number')).toEqual(emptyListState);
  });

  test('a click on a head goes ascending, descending, and back to the own order', () => {
    expect(nextSort('', 'number')).toBe('number');
    expect(nextSort('number', 'number')).toBe('-number');
    expect(nextSort('-number', 'number')).toBe('');
    expect(nextSort('-number', 'state')).toBe('state');
  });

  test('two states are the same when they show the same', () => {
    expect(isSameListState(state, { ...state })).toBe(true);
    expect(isSameListState(state, { ...state, sort: '' })).toBe(false);
  });
});
