import { writeCsvStream, writeXlsx, writeXlsxStream, type CellStyle, type CellValue, type ColumnDef } from 'hucre';
import type { SpreadsheetFormat } from './spreadsheet.server.ts';

/** A written value: exact decimals, calendar days and instants travel as strings. */
export type WrittenCell = string | number | boolean | null;

export interface SheetColumn {
  readonly header: string;
  readonly type: 'text' | 'number' | 'date' | 'instant' | 'boolean';
  /** Decimal places always shown, for money. */
  readonly decimals?: number | undefined;
  /** In characters. */
  readonly width?: number | undefined;
}

export interface SheetToWrite {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: AsyncIterable<readonly WrittenCell[]> | Iterable<readonly WrittenCell[]>;
  /** Zone in which a spreadsheet shows instants; CSV writes them in UTC with `Z`. */
  readonly timeZone?: string | undefined;
}

/** Up to this many rows a sheet gets filter buttons and a styled header; longer ones are streamed in constant memory, header frozen. */
const STYLED_ROWS_MAX = 20_000;

/** A spreadsheet stores numbers as doubles: more than 15 significant digits would be changed silently, so they stay text. */
const fitsDouble = (value: string): boolean => value.replace(/^-?0*\.?0*|\./g, '').length <= 15;

const DAY_MS = 86_400_000;
const isNumber = /^-?\d+(\.\d+)?$/;

/** Wall-clock time in a zone, as the UTC moment a spreadsheet cell would hold. */
function wallClock(instant: string, timeZone: string): Date {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(instant));
  return new Date(`${parts.replace(' ', 'T')}Z`);
}

function xlsxCell(value: WrittenCell, type: SheetColumn['type'], timeZone: string): CellValue {
  if (value === null || value === '') return null;
  if (type === 'number')
    return typeof value === 'string' && isNumber.test(value) && fitsDouble(value) ? Number(value) : (value as CellValue);
  if (type === 'date' && typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) {
    const day = new Date(`${value}T00:00:00Z`);
    // Spreadsheets count days from 1900; earlier ones stay text.
    return day.getTime() >= Date.UTC(1900, 2, 1) && day.getTime() < Date.UTC(10_000, 0, 1) - DAY_MS ? day : value;
  }
  if (type === 'instant' && typeof value === 'string') return wallClock(value, timeZone);
  return value;
}

/**
 * Text that a spreadsheet would run as a formula is marked as text with an apostrophe (CSV injection); numbers, negative ones too,
 * stay numbers. Reading the file back takes the apostrophe off again.
 */
export function csvCell(value: WrittenCell, type: SheetColumn['type']): string {
  if (value === null) return '';
  const plain = String(value);
  if (type === 'number' && isNumber.test(plain)) return plain;
  return /^[=+\-@|\t\r\n\u0000]/.test(plain) ? `'${plain}` : plain;
}

const numberFormat = (c: SheetColumn): string | undefined => {
  if (c.type === 'date') return 'yyyy-mm-dd';
  if (c.type === 'instant') return 'yyyy-mm-dd hh:mm:ss';
  if (c.type === 'text') return '@';
  return c.type === 'number' && c.decimals ? `#,##0.${'0'.repeat(c.decimals)}` : undefined;
};

const defaultWidth = (c: SheetColumn): number => (c.type === 'text' ? 20 : c.type === 'instant' ? 19 : 14);

const columnOf = (c: SheetColumn): ColumnDef => {
  const numFmt = numberFormat(c);
  return { width: c.width ?? defaultWidth(c), ...(numFmt ? { numFmt } : {}) };
};

const headerStyle: CellStyle = {
  font: { bold: true, color: { rgb: '1B2430' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E3E7EC' } },
  numFmt: '@',
};

/** A sheet name Excel accepts: 31 characters, none of `[]:*?/\`. */
export const sheetName = (name: string): string =>
  name
    .replace(/[[\]:*?/\\]/g, ' ')
    .trim()
    .slice(0, 31) || 'Sheet1';

async function* cellsOf(sheet: SheetToWrite): AsyncGenerator<CellValue[], void, undefined> {
  const timeZone = sheet.timeZone ?? 'UTC';
  for await (const row of sheet.rows) yield sheet.columns.map((c, i) => xlsxCell(row[i] ?? null, c.type, timeZone));
}

async function* chain(
  head: readonly CellValue[][],
  rest: AsyncGenerator<CellValue[], void, undefined>,
): AsyncGenerator<CellValue[], void, undefined> {
  yield* head;
  yield* rest;
}

async function styledXlsx(sheet: SheetToWrite, rows: CellValue[][]): Promise<Uint8Array> {
  const headers = sheet.columns.map((c) => c.header);
  const lastColumn = columnLetter(Math.max(0, headers.length - 1));
  return writeXlsx({
    stringMode: 'inline',
    sheets: [
      {
        name: sheetName(sheet.name),
        columns: sheet.columns.map(columnOf),
        rows: [headers, ...rows],
        cells: new Map(headers.map((h, i) => [`0,${i}`, { value: h, type: 'string' as const, style: headerStyle }])),
        freezePane: { rows: 1 },
        ...(headers.length > 0 ? { autoFilter: { range: `A1:${lastColumn}${rows.length + 1}` } } : {}),
      },
    ],
  });
}

/** `A`, `B`, … `AA` for a column counted from 0. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

const oneChunk = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      controller.enqueue(bytes);
      controller.close();
    },
  });

async function writeXlsxSheet(sheet: SheetToWrite): Promise<ReadableStream<Uint8Array>> {
  const cells = cellsOf(sheet);
  const head: CellValue[][] = [];
  while (head.length <= STYLED_ROWS_MAX) {
    const next = await cells.next();
    if (next.done) return oneChunk(await styledXlsx(sheet, head));
    head.push(next.value);
  }
  return writeXlsxStream(chain(head, cells), {
    name: sheetName(sheet.name),
    columns: sheet.columns.map((c) => ({ ...columnOf(c), header: c.header })),
    freezePane: { rows: 1 },
  });
}

async function* csvLines(sheet: SheetToWrite): AsyncGenerator<string[], void, undefined> {
  yield sheet.columns.map((c) => csvCell(c.header, 'text'));
  for await (const row of sheet.rows) yield sheet.columns.map((c, i) => csvCell(row[i] ?? null, c.type));
}

/** Writes one sheet with typed columns, header, frozen first row and filters; rows are pulled as the reader takes them. */
export async function writeSheet(format: SpreadsheetFormat, sheet: SheetToWrite): Promise<ReadableStream<Uint8Array>> {
  // The mark at the beginning is what makes Excel read UTF-8.
  return format === 'csv' ? writeCsvStream(csvLines(sheet), { headers: false, bom: true }) : writeXlsxSheet(sheet);
}

/** Media type of a written spreadsheet. */
export const spreadsheetMediaType = (format: SpreadsheetFormat): string =>
  format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
