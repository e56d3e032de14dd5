import type { Refusal } from '../command/refusal.ts';
import type { AnyDefinition } from '../document/definition.ts';
import { readCell } from './cell.ts';
import { KEY_COLUMN, type ImportColumn } from './column.ts';
import { importRefusals } from './refusals.ts';

/** A row of the file as it is staged. */
export interface StagedRow {
  readonly item: number;
  readonly sheet: number;
  readonly rowNo: number;
  readonly cells: readonly string[];
}

/** Per sheet, which column goes where; null columns are left out. */
export type Mapping = readonly (readonly (string | null)[])[];

/** What stands in the way, with the place in the file. */
export interface RowError {
  readonly sheet: number;
  readonly row: number;
  /** Column of the file, counted from 0, where it is one. */
  readonly column: number | null;
  readonly refusal: Refusal;
}

/** A reference that must be looked up before the content is whole. */
export interface OpenReference {
  readonly target: string;
  readonly text: string;
  readonly place: { readonly sheet: number; readonly row: number; readonly column: number };
  readonly fill: (id: string) => void;
  readonly refusalTarget: { field: string; lines?: string; line?: number };
  readonly label: ImportColumn['label'];
}

/** One record or document put together from its rows. */
export interface AssembledItem {
  readonly item: number;
  readonly sheet: number;
  readonly rowNo: number;
  /** Code of a record, key of a document, for people. */
  label: string;
  readonly content: Record<string, any>;
  readonly references: OpenReference[];
  readonly errors: RowError[];
  /** Row of the file by line set and line number. */
  readonly lineRows: Record<string, { sheet: number; row: number }[]>;
  readonly rowCount: number;
}

interface Cell {
  readonly column: ImportColumn;
  readonly raw: string;
  readonly index: number;
}

const cellsOf = (row: StagedRow, mapped: readonly (ImportColumn | undefined)[]): Cell[] =>
  mapped.flatMap((column, index) => {
    const raw = row.cells[index] ?? '';
    return column && raw !== '' ? [{ column, raw, index }] : [];
  });

function putCell(
  item: AssembledItem,
  row: StagedRow,
  cell: Cell,
  target: Record<string, unknown>,
  line: { lines: string; line: number } | null,
): void {
  const { field, name } = cell.column;
  if (!field) return;
  const refusalTarget = { field: name, ...line };
  const place = { sheet: row.sheet, row: row.rowNo, column: cell.index };
  const answer = readCell(field, cell.raw, refusalTarget);
  if (answer.kind === 'refused') item.errors.push({ ...place, refusal: answer.refusal });
  else if (answer.kind === 'value') target[name] = answer.value;
  else {
    item.references.push({
      target: field.target ?? '',
      text: answer.text,
      place,
      refusalTarget,
      label: cell.column.label,
      fill: (id) => {
        target[name] = id;
      },
    });
  }
}

/** Header values stand on any row of the document; where they are repeated they must agree. */
function putHeader(item: AssembledItem, row: StagedRow, cells: readonly Cell[], seen: Map<string, string>): void {
  for (const cell of cells.filter((c) => c.column.set === null && c.column.id !== KEY_COLUMN)) {
    const before = seen.get(cell.column.id);
    if (before === undefined) {
      seen.set(cell.column.id, cell.raw);
      putCell(item, row, cell, item.content, null);
    } else if (before !== cell.raw) {
      const refusal = importRefusals.headerDiffers(
        { label: cell.column.label, first: before, other: cell.raw },
        { field: cell.column.name },
      );
      item.errors.push({ sheet: row.sheet, row: row.rowNo, column: cell.index, refusal });
    }
  }
}

function putLines(item: AssembledItem, row: StagedRow, cells: readonly Cell[], sets: readonly string[]): void {
  for (const set of sets) {
    const own = cells.filter((c) => c.column.set === set);
    if (own.length === 0) continue;
    const lines = (item.content['lines'][set] ??= []) as Record<string, unknown>[];
    const line: Record<string, unknown> = { lineNo: lines.length + 1 };
    lines.push(line);
    (item.lineRows[set] ??= []).push({ sheet: row.sheet, row: row.rowNo });
    for (const cell of own) putCell(item, row, cell, line, { lines: set, line: lines.length });
  }
}

/** Gives a new record the values it starts with where the file is silent. */
export function fillInitialValues(d: AnyDefinition, content: Record<string, any>): void {
  for (const [name, f] of Object.entries(d.header as Record<string, any>)) {
    if (!f.isDerived && f.initial !== undefined && content[name] === undefined) content[name] = f.initial;
  }
  for (const [set, { fields }] of Object.entries(d.lines as Record<string, { fields: Record<string, any> }>)) {
    const initial = Object.entries(fields).filter(([, f]) => !f.isDerived && f.initial !== undefined);
    for (const line of content['lines']?.[set] ?? []) for (const [name, f] of initial) line[name] ??= f.initial;
  }
}

/** Puts rows of a file together to contents. Pure: references stay open, nothing is looked up. Rows come ordered by item. */
export function assemble(
  d: AnyDefinition,
  columns: readonly ImportColumn[],
  mapping: Mapping,
  rows: readonly StagedRow[],
): AssembledItem[] {
  const byId = new Map(columns.map((c) => [c.id, c]));
  const mapped = mapping.map((sheet) => sheet.map((id) => (id === null ? undefined : byId.get(id))));
  const sets = Object.keys(d.lines);
  const items = new Map<number, { item: AssembledItem; seen: Map<string, string> }>();
  for (const row of rows) {
    const cells = cellsOf(row, mapped[row.sheet] ?? []);
    let entry = items.get(row.item);
    if (!entry) {
      const content: Record<string, any> = sets.length > 0 ? { lines: {} } : {};
      entry = {
        item: {
          item: row.item,
          sheet: row.sheet,
          rowNo: row.rowNo,
          label: '',
          content,
          references: [],
          errors: [],
          lineRows: {},
          rowCount: 0,
        },
        seen: new Map(),
      };
      items.set(row.item, entry);
    }
    const { item, seen } = entry;
    Object.assign(item, { rowCount: item.rowCount + 1 });
    item.label ||= cells.find((c) => c.column.id === KEY_COLUMN || (d.codeField && c.column.id === `header.${d.codeField}`))?.raw ?? '';
    putHeader(item, row, cells, seen);
    putLines(item, row, cells, sets);
  }
  return [...items.values()].map((e) => e.item);
}

/** A refusal about a field or line of the content, with the place in the file it came from. */
export function placed(item: AssembledItem, mapping: Mapping, refusal: Refusal): RowError {
  const at = refusal.lines && refusal.line ? item.lineRows[refusal.lines]?.[refusal.line - 1] : undefined;
  const sheet = at?.sheet ?? item.sheet;
  const id =
    refusal.field === undefined ? undefined : refusal.lines ? `lines.${refusal.lines}.${refusal.field}` : `header.${refusal.field}`;
  const column = id === undefined ? -1 : (mapping[sheet] ?? []).indexOf(id);
  return { sheet, row: at?.row ?? item.rowNo, column: column === -1 ? null : column, refusal };
}
