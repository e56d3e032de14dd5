import type { LineSet } from '#kernel/document/definition.ts';
import { newRow, type FormRow } from '../document/form-content.ts';
import type { GridColumn, PastedCell } from './paste.ts';

export interface Cell {
  readonly row: number;
  readonly col: number;
}

/** The active cell and the corner the selection was begun at. */
export interface Cursor {
  readonly active: Cell;
  readonly anchor: Cell;
}

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Size {
  readonly rows: number;
  readonly cols: number;
}

export const at = (row: number, col: number): Cursor => ({ active: { row, col }, anchor: { row, col } });

export const rangeOf = ({ active, anchor }: Cursor): Range => ({
  top: Math.min(active.row, anchor.row),
  bottom: Math.max(active.row, anchor.row),
  left: Math.min(active.col, anchor.col),
  right: Math.max(active.col, anchor.col),
});

const clamp = (n: number, max: number): number => Math.max(0, Math.min(n, max));

/** Keeps a cursor inside the grid after rows went away. */
export const within = (cursor: Cursor, size: Size): Cursor => {
  const cell = (c: Cell): Cell => ({ row: clamp(c.row, size.rows - 1), col: clamp(c.col, size.cols - 1) });
  return { active: cell(cursor.active), anchor: cell(cursor.anchor) };
};

export interface MoveKey {
  readonly key: string;
  readonly isShift: boolean;
  readonly isCtrl: boolean;
}

/** Where an arrow, Home, End or page key leads; Shift extends the selection. Undefined when the key does not move. */
export function moved(cursor: Cursor, { key, isShift, isCtrl }: MoveKey, size: Size, pageRows: number): Cursor | undefined {
  const { row, col } = cursor.active;
  const last = { row: size.rows - 1, col: size.cols - 1 };
  const targets: Readonly<Record<string, Cell>> = {
    ArrowUp: { row: isCtrl ? 0 : row - 1, col },
    ArrowDown: { row: isCtrl ? last.row : row + 1, col },
    ArrowLeft: { row, col: isCtrl ? 0 : col - 1 },
    ArrowRight: { row, col: isCtrl ? last.col : col + 1 },
    Home: { row: isCtrl ? 0 : row, col: 0 },
    End: { row: isCtrl ? last.row : row, col: last.col },
    PageUp: { row: row - pageRows, col },
    PageDown: { row: row + pageRows, col },
  };
  const target = targets[key];
  if (!target) return undefined;
  const active = { row: clamp(target.row, last.row), col: clamp(target.col, last.col) };
  return { active, anchor: isShift ? cursor.anchor : active };
}

/** The next cell in reading order; undefined past either end, where Tab leaves the grid. */
export function tabbed({ active }: Cursor, isBack: boolean, size: Size): Cursor | undefined {
  const index = active.row * size.cols + active.col + (isBack ? -1 : 1);
  if (index < 0 || index >= size.rows * size.cols) return undefined;
  return at(Math.floor(index / size.cols), index % size.cols);
}

type Values = Readonly<Record<string, unknown>>;

/** Sets one value in each of the named cells; rows that are not touched stay the same objects. */
export function withCells(
  rows: readonly FormRow[],
  changes: readonly { row: number; column: string; value: unknown }[],
): readonly FormRow[] {
  const byRow = new Map<number, Record<string, unknown>>();
  for (const { row, column, value } of changes) {
    const values = byRow.get(row) ?? {};
    values[column] = value;
    byRow.set(row, values);
  }
  return rows.map((row, i) => {
    const values = byRow.get(i);
    return values ? { key: row.key, values: { ...row.values, ...values } } : row;
  });
}

const editable = (columns: readonly GridColumn[], { left, right }: Range): readonly GridColumn[] =>
  columns.slice(left, right + 1).filter((c) => !c.field.isDerived);

/** Ctrl+D: the first row of the selection goes into the rows below; with one row selected, the row above goes into it. */
export function filledDown(rows: readonly FormRow[], columns: readonly GridColumn[], range: Range): readonly FormRow[] {
  const isSingle = range.top === range.bottom;
  const source: Values | undefined = rows[isSingle ? range.top - 1 : range.top]?.values;
  if (!source) return rows;
  const first = isSingle ? range.top : range.top + 1;
  const changes = rows
    .slice(first, range.bottom + 1)
    .flatMap((_, i) => editable(columns, range).map((c) => ({ row: first + i, column: c.name, value: source[c.name] ?? null })));
  return withCells(rows, changes);
}

export function clearedRange(rows: readonly FormRow[], columns: readonly GridColumn[], range: Range): readonly FormRow[] {
  const changes = rows
    .slice(range.top, range.bottom + 1)
    .flatMap((_, i) => editable(columns, range).map((c) => ({ row: range.top + i, column: c.name, value: null })));
  return withCells(rows, changes);
}

export const withRowsAt = (rows: readonly FormRow[], index: number, added: readonly FormRow[]): readonly FormRow[] => [
  ...rows.slice(0, index),
  ...added,
  ...rows.slice(index),
];

export const withoutRows = (rows: readonly FormRow[], { top, bottom }: Range): readonly FormRow[] =>
  rows.filter((_, i) => i < top || i > bottom);

/** Lays pasted cells into the rows from `start` on; rows that are missing are added, up to the most the set may have. */
export function withPasted(
  rows: readonly FormRow[],
  set: LineSet,
  start: number,
  cells: readonly PastedCell[],
  newKey: () => string,
): { readonly rows: readonly FormRow[]; readonly leftOut: number } {
  const needed = cells.reduce((most, c) => Math.max(most, start + c.row + 1), 0);
  const count = Math.min(needed, Math.max(set.max, rows.length));
  const grown = [...rows, ...Array.from({ length: Math.max(0, count - rows.length) }, () => newRow(set, newKey()))];
  const fitting = cells.filter((c) => start + c.row < count);
  return {
    rows: withCells(
      grown,
      fitting.map((c) => ({ row: start + c.row, column: c.column, value: c.value })),
    ),
    leftOut: Math.max(0, needed - count),
  };
}
