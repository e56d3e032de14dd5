import { describe, expect, test } from 'vitest';
import { lineSet } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import {
  at,
  clearedRange,
  filledDown,
  moved,
  rangeOf,
  tabbed,
  withCells,
  within,
  withoutRows,
  withPasted,
  type Cursor,
} from './grid-state.ts';
import type { GridColumn } from './paste.ts';

const quantity = field.quantity({ label: text('数量', 'Quantity') });
const amount = field.money({ label: text('金额', 'Amount'), derived: true });
const note = field.text({ label: text('备注', 'Note'), optional: true });
const set = lineSet(text('行', 'Lines'), { quantity, amount, note }, { max: 4 });
const columns: GridColumn[] = Object.entries({ quantity, amount, note }).map(([name, f]) => ({ name, field: f, width: 100 }));
const rows = [1, 2, 3].map((n) => ({ key: `k${n}`, values: { quantity: String(n), amount: `${n}.00`, note: `n${n}` } }));
const size = { rows: 3, cols: 3 };
const select = (top: number, left: number, bottom: number, right: number): Cursor => ({
  anchor: { row: top, col: left },
  active: { row: bottom, col: right },
});
const press = (key: string, more: { isShift?: boolean; isCtrl?: boolean } = {}) => ({ key, isShift: false, isCtrl: false, ...more });

describe('the keyboard alone', () => {
  test('arrows stop at the edges, Ctrl jumps to them', () => {
    expect(moved(at(0, 0), press('ArrowUp'), size, 10)).toEqual(at(0, 0));
    expect(moved(at(0, 0), press('ArrowDown', { isCtrl: true }), size, 10)).toEqual(at(2, 0));
    expect(moved(at(1, 1), press('End', { isCtrl: true }), size, 10)).toEqual(at(2, 2));
    expect(moved(at(1, 1), press('F5'), size, 10)).toBeUndefined();
  });

  test('Shift extends the selection from where it began', () => {
    const down = moved(at(0, 1), press('ArrowDown', { isShift: true }), size, 10);
    expect(down && rangeOf(down)).toEqual({ top: 0, bottom: 1, left: 1, right: 1 });
  });

  test('Tab reads on to the next row and leaves the grid at its end', () => {
    expect(tabbed(at(0, 2), false, size)).toEqual(at(1, 0));
    expect(tabbed(at(1, 0), true, size)).toEqual(at(0, 2));
    expect(tabbed(at(2, 2), false, size)).toBeUndefined();
    expect(tabbed(at(0, 0), true, size)).toBeUndefined();
  });

  test('the cursor stays inside when rows go away', () => {
    expect(within(at(2, 1), { rows: 1, cols: 3 })).toEqual(at(0, 1));
  });
});

describe('changes to rows', () => {
  test('leave untouched rows the same objects', () => {
    const changed = withCells(rows, [{ row: 1, column: 'note', value: 'x' }]);
    expect(changed[0]).toBe(rows[0]);
    expect(changed[1]?.values['note']).toBe('x');
  });

  test('fill down copies the first row of the selection and never a computed field', () => {
    const filled = filledDown(rows, columns, rangeOf(select(0, 0, 2, 2)));
    expect(filled.map((r) => r.values)).toEqual([
      { quantity: '1', amount: '1.00', note: 'n1' },
      { quantity: '1', amount: '2.00', note: 'n1' },
      { quantity: '1', amount: '3.00', note: 'n1' },
    ]);
  });

  test('fill down on a single cell takes the cell above', () => {
    expect(filledDown(rows, columns, rangeOf(at(1, 2)))[1]?.values['note']).toBe('n1');
    expect(filledDown(rows, columns, rangeOf(at(0, 2)))).toBe(rows);
  });

  test('Delete empties the selected cells and keeps the rows', () => {
    const cleared = clearedRange(rows, columns, rangeOf(select(0, 0, 1, 1)));
    expect(cleared[0]?.values).toEqual({ quantity: null, amount: '1.00', note: 'n1' });
    expect(cleared).toHaveLength(3);
  });

  test('rows can be deleted as a block', () => {
    expect(withoutRows(rows, rangeOf(select(0, 0, 1, 0))).map((r) => r.key)).toEqual(['k3']);
  });

  test('a paste adds the rows it needs, and says what went beyond the most allowed', () => {
    let n = 0;
    const cells = [0, 1, 2].map((row) => ({ row, column: 'quantity', value: '9' }));
    const pasted = withPasted(rows, set, 2, cells, () => `new${(n += 1)}`);
    expect(pasted.rows.map((r) => [r.key, r.values['quantity']])).toEqual([
      ['k1', '1'],
      ['k2', '2'],
      ['k3', '9'],
      ['new1', '9'],
    ]);
    expect(pasted.leftOut).toBe(1);
  });
});
