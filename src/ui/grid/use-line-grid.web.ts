import { useMemo, useRef, useState, type RefObject } from 'react';
import type { LineSet } from '#kernel/document/definition.ts';
import type { Field } from '#kernel/document/field.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { newRow, type FormRow } from '../document/form-content.ts';
import { resolveCodes } from '../document/titles.web.ts';
import {
  at,
  clearedRange,
  filledDown,
  rangeOf,
  withCells,
  within,
  withoutRows,
  withPasted,
  withRowsAt,
  type Cell,
  type Cursor,
} from './grid-state.ts';
import { parseBlock, readPaste, withResolved, type GridColumn, type Pasted } from './paste.ts';

export interface Editing {
  /** Text the editor begins with instead of the value; what was typed to open it. */
  readonly typed: string | null;
}

export interface GridOptions {
  readonly set: LineSet;
  readonly rows: readonly FormRow[];
  readonly onChange: (rows: readonly FormRow[]) => void;
  readonly isReadOnly: boolean;
  readonly entityId: string | null;
  readonly today: string;
  /** Says something to the person (pasted, left out). */
  readonly onNotice: (notice: LocalText, params?: Record<string, string | number>) => void;
}

const widths: Readonly<Record<Field['kind'], number>> = {
  ref: 172,
  text: 120,
  longText: 190,
  code: 120,
  date: 108,
  instant: 146,
  integer: 80,
  decimal: 96,
  quantity: 96,
  money: 116,
  boolean: 68,
  choice: 112,
  textList: 160,
};

/** A short code needs no wide column. */
const widthOf = (field: Field): number =>
  field.kind === 'text' || field.kind === 'code' ? Math.min(widths[field.kind], 48 + (field.max ?? 200) * 8) : widths[field.kind];

/** Columns of a line set, in the order of its definition. */
export const columnsOf = (set: LineSet): readonly GridColumn[] =>
  Object.entries(set.fields).map(([name, field]) => ({ name, field, width: widthOf(field) }));

const undoMax = 100;
let keyCount = 0;
/** A key no other row of this page load has. */
export const freshRowKey = (): string => `row-${(keyCount += 1)}-${performance.now().toString(36)}`;

const notices = {
  pasted: text('已粘贴 {rows} 行', '{rows} rows pasted'),
  leftOut: text('超过 {max} 行的部分没有粘贴（{count} 行）', '{count} rows beyond the most allowed ({max}) were not pasted'),
  overflow: text('有 {count} 个单元格超出最后一列，没有粘贴', '{count} cells beyond the last column were not pasted'),
  unresolved: text(
    '编码没有查到，保留原文，请检查标红的单元格',
    'Codes could not be looked up; they stay as typed. Check the marked cells.',
  ),
  full: text('最多 {max} 行', 'At most {max} lines'),
};

interface History {
  readonly past: (readonly FormRow[])[];
  readonly future: (readonly FormRow[])[];
}

/** Everything a grid can do, over rows that live with the form. */
export function useLineGrid(options: GridOptions) {
  const { set, rows } = options;
  const columns = useMemo(() => columnsOf(set), [set]);
  const [rawCursor, setCursor] = useState<Cursor>(at(0, 0));
  const [editing, setEditing] = useState<Editing | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const history = useRef<History>({ past: [], future: [] });
  const size = { rows: rows.length, cols: columns.length };
  const cursor = within(rawCursor, size);
  const latest = useRef({ options, columns, cursor });
  latest.current = { options, columns, cursor };
  const [actions] = useState(() => gridActions(latest, history, root, setCursor, setEditing));
  return { columns, cursor, size, editing, root, actions };
}

export type GridActions = ReturnType<typeof gridActions>;
type Latest = RefObject<{ options: GridOptions; columns: readonly GridColumn[]; cursor: Cursor }>;

/** Stable functions that always work on what is shown now, so that rows need not be drawn again for them. */
function gridActions(
  latest: Latest,
  history: RefObject<History>,
  root: RefObject<HTMLDivElement | null>,
  setCursor: (cursor: Cursor) => void,
  setEditing: (editing: Editing | null) => void,
) {
  const now = () => latest.current;
  const rows = () => now().options.rows;
  const focus = () => root.current?.focus({ preventScroll: true });
  const change = (next: readonly FormRow[]) => {
    if (now().options.isReadOnly || next === rows()) return;
    history.current.past.push(rows());
    if (history.current.past.length > undoMax) history.current.past.shift();
    history.current.future.length = 0;
    now().options.onChange(next);
  };
  const travel = (from: (readonly FormRow[])[], to: (readonly FormRow[])[]) => {
    const target = from.pop();
    if (!target || now().options.isReadOnly) return;
    to.push(rows());
    now().options.onChange(target);
  };
  const columnAt = (col: number) => now().columns[col];
  const canEdit = (col: number) => !now().options.isReadOnly && columnAt(col)?.field.isDerived === false;
  const edit = (typed: string | null = null) => {
    const { active } = now().cursor;
    if (!canEdit(active.col) || rows().length === 0) return;
    setEditing({ typed });
  };
  const set = (cell: Cell, value: unknown) => {
    const column = columnAt(cell.col);
    if (!column || rows()[cell.row]?.values[column.name] === value) return;
    change(withCells(rows(), [{ row: cell.row, column: column.name, value }]));
  };
  const add = (index: number, added: readonly FormRow[]) => {
    const { options } = now();
    if (rows().length + added.length > options.set.max) {
      options.onNotice(notices.full, { max: options.set.max });
      return;
    }
    change(withRowsAt(rows(), index, added));
    setCursor(at(index, 0));
    focus();
  };
  return {
    ...rowActions(now, change, add, setCursor),
    focus,
    change,
    edit,
    set,
    canEdit,
    select: (cell: Cell, extend = false) => setCursor({ active: cell, anchor: extend ? now().cursor.anchor : cell }),
    setCursor,
    stopEditing: () => {
      setEditing(null);
      focus();
    },
    leaveEditing: () => setEditing(null),
    undo: () => travel(history.current.past, history.current.future),
    redo: () => travel(history.current.future, history.current.past),
    paste: (clip: string) => pasteInto(now(), change, clip, setCursor),
  };
}

function rowActions(
  now: () => Latest['current'],
  change: (rows: readonly FormRow[]) => void,
  add: (index: number, rows: readonly FormRow[]) => void,
  setCursor: (cursor: Cursor) => void,
) {
  const rows = () => now().options.rows;
  const range = () => rangeOf(now().cursor);
  return {
    fillDown: () => change(filledDown(rows(), now().columns, range())),
    clear: () => change(clearedRange(rows(), now().columns, range())),
    appendRow: () => add(rows().length, [newRow(now().options.set, freshRowKey())]),
    insertRow: () => add(range().top, [newRow(now().options.set, freshRowKey())]),
    duplicateRows: () => {
      const { top, bottom } = range();
      add(
        bottom + 1,
        rows()
          .slice(top, bottom + 1)
          .map((row) => ({ key: freshRowKey(), values: row.values })),
      );
    },
    deleteRows: () => {
      const { top } = range();
      change(withoutRows(rows(), range()));
      setCursor(at(top, now().cursor.active.col));
    },
  };
}

async function pasteInto(
  { options, columns, cursor }: Latest['current'],
  change: (rows: readonly FormRow[]) => void,
  clip: string,
  setCursor: (cursor: Cursor) => void,
) {
  if (options.isReadOnly) return;
  const { top, left } = rangeOf(cursor);
  const pasted = readPaste(parseBlock(clip), columns, left, options.today);
  if (pasted.rowCount === 0) return;
  const ids = await lookUp(pasted, options);
  const cells = withResolved(pasted, columns, (target, code) => ids.get(target)?.get(code));
  const result = withPasted(options.rows, options.set, top, cells, freshRowKey);
  change(result.rows);
  const pastedRows = pasted.rowCount - result.leftOut;
  setCursor({ anchor: { row: top, col: left }, active: { row: Math.max(top, top + pastedRows - 1), col: left } });
  if (result.leftOut) options.onNotice(notices.leftOut, { max: options.set.max, count: result.leftOut });
  else if (pasted.overflow) options.onNotice(notices.overflow, { count: pasted.overflow });
  else options.onNotice(notices.pasted, { rows: pastedRows });
}

async function lookUp(pasted: Pasted, options: GridOptions): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const targets = [...pasted.codes];
  try {
    return new Map(
      await Promise.all(targets.map(async ([target, codes]) => [target, await resolveCodes(target, codes, options.entityId)] as const)),
    );
  } catch {
    options.onNotice(notices.unresolved);
    return new Map();
  }
}
