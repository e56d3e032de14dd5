import type { Field } from '#kernel/document/field.ts';
import { cellValue } from './cell-value.ts';

/** Column of a grid: the field and its name. */
export interface GridColumn {
  readonly name: string;
  readonly field: Field;
  readonly width: number;
}

/** The cells of a block as spreadsheets put it on the clipboard: tabs, line ends, quotes around cells that hold either. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (isQuoted) {
      if (c === '"' && text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else if (c === '"') isQuoted = false;
      else cell += c;
    } else if (c === '"' && cell === '') isQuoted = true;
    else if (c === '\t') {
      row.push(cell);
      cell = '';
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i += 1;
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += c;
  }
  if (cell !== '' || row.length) rows.push([...row, cell]);
  return rows;
}

/** Cells written as spreadsheets read them back. */
export const writeBlock = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n');

export interface PastedCell {
  /** Offset from the row the block was pasted at. */
  readonly row: number;
  readonly column: string;
  readonly value: unknown;
}

export interface Pasted {
  readonly cells: readonly PastedCell[];
  readonly rowCount: number;
  /** Codes to look up, by kind of the reference: each once. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Cells of the block that found no column on their right. */
  readonly overflow: number;
  /** A first row that only repeated the heads was left out. */
  readonly hasHead: boolean;
}

/**
 * Lays a block over the columns from `startColumn` on, in order; computed columns are passed over, as they were copied out with
 * the rest. When the first row names the columns it decides which is which, in any order.
 */
export function readPaste(
  block: readonly (readonly string[])[],
  columns: readonly GridColumn[],
  startColumn: number,
  today: string,
): Pasted {
  const named = headedColumns(block[0] ?? [], columns);
  const body = named ? block.slice(1) : block;
  const laid = named ?? columns.slice(startColumn);
  const cells: PastedCell[] = [];
  const codes = new Map<string, Set<string>>();
  let overflow = 0;
  body.forEach((texts, row) =>
    texts.forEach((typed, i) => {
      const column = laid[i];
      if (column === undefined) overflow += typed.trim() === '' ? 0 : 1;
      if (!column || column.field.isDerived) return;
      const value = cellValue(column.field, typed, today);
      cells.push({ row, column: column.name, value });
      if (column.field.kind === 'ref' && typeof value === 'string' && !isRefId(value)) noteCode(codes, column.field.target ?? '', value);
    }),
  );
  return { cells, rowCount: body.length, codes: new Map([...codes].map(([k, v]) => [k, [...v]])), overflow, hasHead: named !== undefined };
}

export const isRefId = (value: unknown): value is string => typeof value === 'string' && /^[a-z]{2,8}_[0-9A-HJKMNP-TV-Z]{26}$/.test(value);

function noteCode(codes: Map<string, Set<string>>, target: string, code: string) {
  codes.set(target, (codes.get(target) ?? new Set()).add(code));
}

/** The columns a head row names, when every cell of it names one. */
function headedColumns(head: readonly string[], columns: readonly GridColumn[]): (GridColumn | undefined)[] | undefined {
  if (head.length < 2) return undefined;
  const byName = new Map(columns.flatMap((c) => [c.name, c.field.label.zh, c.field.label.en].map((n) => [n.toLowerCase(), c] as const)));
  const found = head.map((h) => byName.get(h.trim().replace(/\*$/, '').trim().toLowerCase()));
  const lineHeads = new Set(['#', '行', '行号', 'line', 'no.', '序号']);
  const known = head.every((h, i) => found[i] !== undefined || lineHeads.has(h.trim().toLowerCase()));
  return known && found.some(Boolean) ? found : undefined;
}

/** Puts the ids that were found for codes into the pasted cells; codes nobody knows stay as typed and fail their check. */
export function withResolved(
  pasted: Pasted,
  columns: readonly GridColumn[],
  idOf: (target: string, code: string) => string | undefined,
): readonly PastedCell[] {
  const byName = new Map(columns.map((c) => [c.name, c.field]));
  return pasted.cells.map((cell) => {
    const field = byName.get(cell.column);
    if (field?.kind !== 'ref' || typeof cell.value !== 'string' || isRefId(cell.value)) return cell;
    return { ...cell, value: idOf(field.target ?? '', cell.value) ?? cell.value };
  });
}
