import Big from 'big.js';
import { readXlsx, streamCsvRows, streamXlsxRows, type CellValue } from 'hucre';
import { refuse } from '../command/refusal.ts';
import { spreadsheetRefusals } from './spreadsheet-refusals.ts';
import { assertModestArchive } from './zip-size.server.ts';

/** How much a spreadsheet may hold. Beyond it the file is refused, never cut. */
export interface SpreadsheetLimits {
  readonly rowsMax: number;
  readonly columnsMax: number;
  /** Bytes after decompression, all parts of the archive together. */
  readonly decompressedBytesMax: number;
  readonly cellCharactersMax: number;
}

export const spreadsheetLimits: SpreadsheetLimits = {
  rowsMax: 200_000,
  columnsMax: 200,
  decompressedBytesMax: 256 * 1024 * 1024,
  cellCharactersMax: 8_000,
};

export type SpreadsheetFormat = 'xlsx' | 'csv';
export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

export interface SheetRow {
  readonly sheet: number;
  /** As a person counts: the first row of the sheet is 1. */
  readonly rowNo: number;
  /** Numbers exact, dates `YYYY-MM-DD`, moments `YYYY-MM-DD HH:mm:ss`, empty cells `''`. */
  readonly cells: readonly string[];
}

export interface Spreadsheet {
  readonly format: SpreadsheetFormat;
  readonly encoding: CsvEncoding | null;
  readonly sheets: readonly string[];
  /** Rows that hold something, sheet by sheet. Refuses (throws `RefusedError`) where a limit is passed. */
  readonly rows: () => AsyncGenerator<SheetRow, void, undefined>;
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
const isOle = (bytes: Uint8Array): boolean => bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;

const decodes = (bytes: Uint8Array, encoding: CsvEncoding): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** UTF-16 without a mark shows as zeros in every other byte of plain letters and separators. */
function looksUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const head = bytes.subarray(0, 2000);
  const zerosAt = (offset: 0 | 1) => head.filter((b, i) => i % 2 === offset && b === 0).length;
  if (zerosAt(0) === 0 && zerosAt(1) === 0) return undefined;
  return zerosAt(1) >= zerosAt(0) ? 'utf-16le' : 'utf-16be';
}

/** Tells the encoding of a CSV file: mark first, then UTF-8 if every byte agrees, else GB18030 (Excel in China saves it). */
export function decodeCsv(bytes: Uint8Array): { readonly content: string; readonly encoding: CsvEncoding } | undefined {
  const candidates: (CsvEncoding | undefined)[] =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? ['utf-16le']
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? ['utf-16be']
        : [looksUtf16(bytes), 'utf-8', 'gb18030'];
  for (const encoding of candidates) {
    const content = encoding && decodes(bytes, encoding);
    if (encoding && content !== undefined) return { content, encoding };
  }
  return undefined;
}

/** A number as Excel shows it, without exponent: Excel keeps 15 significant digits, the rest of the stored double is noise. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (Number.isSafeInteger(value)) return String(value);
  return new Big(value.toPrecision(15)).toFixed();
}

function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return '';
  // A spreadsheet day is counted from 1900; seconds are rounded because the stored fraction of a day is not exact.
  const iso = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString();
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

function cellText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'boolean' ? String(value) : value.trim();
}

interface Counter {
  rows: number;
}

/** The row as text, or undefined where it is empty; refuses beyond the limits. */
function checkedRow(
  sheet: number,
  rowNo: number,
  values: readonly CellValue[],
  counter: Counter,
  limits: SpreadsheetLimits,
): SheetRow | undefined {
  const cells = values.map(cellText);
  while (cells.length > 0 && cells.at(-1) === '') cells.pop();
  if (cells.length === 0) return undefined;
  counter.rows += 1;
  if (counter.rows > limits.rowsMax) refuse(spreadsheetRefusals.tooManyRows({ max: limits.rowsMax }));
  if (cells.length > limits.columnsMax) refuse(spreadsheetRefusals.tooManyColumns({ max: limits.columnsMax, row: rowNo }));
  const long = cells.findIndex((c) => c.length > limits.cellCharactersMax);
  if (long !== -1) refuse(spreadsheetRefusals.cellTooLong({ row: rowNo, column: long + 1, max: limits.cellCharactersMax }));
  return { sheet, rowNo, cells };
}

async function* xlsxRows(
  bytes: Uint8Array,
  sheets: readonly string[],
  limits: SpreadsheetLimits,
): AsyncGenerator<SheetRow, void, undefined> {
  const counter = { rows: 0 };
  for (const [sheet] of sheets.entries()) {
    for await (const row of streamXlsxRows(bytes, { sheet })) {
      const checked = checkedRow(sheet, row.index + 1, row.values, counter, limits);
      if (checked) yield checked;
    }
  }
}

async function* csvRows(content: string, limits: SpreadsheetLimits): AsyncGenerator<SheetRow, void, undefined> {
  const counter = { rows: 0 };
  let rowNo = 0;
  for (const values of streamCsvRows(content, { unescapeFormulae: true })) {
    rowNo += 1;
    const checked = checkedRow(0, rowNo, values, counter, limits);
    if (checked) yield checked;
  }
}

/** A damaged or disguised archive is the sender's, not a fault of ours. */
async function* unreadableAsRefusal(rows: AsyncGenerator<SheetRow, void, undefined>): AsyncGenerator<SheetRow, void, undefined> {
  try {
    yield* rows;
  } catch (error) {
    if (error instanceof Error && /^(Zip|Parse|Xml|EncryptedFile|UnsupportedFormat|InvalidArgument)Error$/.test(error.name)) {
      refuse(spreadsheetRefusals.unreadable({}));
    }
    throw error;
  }
}

async function openXlsx(bytes: Uint8Array, limits: SpreadsheetLimits): Promise<Spreadsheet> {
  assertModestArchive(bytes, limits.decompressedBytesMax);
  const sheets: string[] = [];
  try {
    // The filter sees every sheet's name and takes none: only the table of contents is read here.
    await readXlsx(bytes, {
      sheets: (info) => {
        sheets.push(info.name);
        return false;
      },
    });
  } catch {
    refuse(spreadsheetRefusals.unreadable({}));
  }
  return { format: 'xlsx', encoding: null, sheets, rows: () => unreadableAsRefusal(xlsxRows(bytes, sheets, limits)) };
}

/**
 * Opens an XLSX or CSV file, told by its content. Formula cells give their last computed value. Refuses (throws `RefusedError`) old
 * XLS, password-protected and damaged files, and archives that unpack to more than allowed.
 */
export async function openSpreadsheet(bytes: Uint8Array, limits: SpreadsheetLimits = spreadsheetLimits): Promise<Spreadsheet> {
  if (isOle(bytes)) refuse(spreadsheetRefusals.oldOrProtected({}));
  if (isZip(bytes)) return openXlsx(bytes, limits);
  const decoded = decodeCsv(bytes);
  if (!decoded || /[\u0000-\u0008\u000e-\u001f]/.test(decoded.content)) refuse(spreadsheetRefusals.unreadable({}));
  return {
    format: 'csv',
    encoding: decoded.encoding,
    sheets: ['CSV'],
    rows: () => unreadableAsRefusal(csvRows(decoded.content, limits)),
  };
}
