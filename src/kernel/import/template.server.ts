import { writeXlsx, type CellStyle, type DataValidation, type WriteSheet } from 'hucre';
import type { AnyDefinition } from '../document/definition.ts';
import { columnLetter, sheetName } from '../http/spreadsheet-write.server.ts';
import { say, text, type Locale } from '../i18n/text.ts';
import { columnHint, templateSheets, type ImportColumn, type TemplateSheet } from './column.ts';
import { HIDDEN_SHEET_PREFIX } from './stage.server.ts';

const ROWS_WITH_LISTS = 5_000;
const LISTS_SHEET = `${HIDDEN_SHEET_PREFIX}lists`;

const headerStyle = (isRequired: boolean): CellStyle => ({
  font: { bold: true, color: { rgb: isRequired ? '0B6E72' : '1B2430' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E3E7EC' } },
  numFmt: '@',
});
const hintStyle: CellStyle = {
  font: { italic: true, color: { rgb: '5B6675' } },
  alignment: { wrapText: true, vertical: 'top' },
  numFmt: '@',
};

/** Choices of a column in the reader's language, where it has any. */
function choicesOf(c: ImportColumn, locale: Locale): string[] {
  if (c.field?.kind === 'choice') return Object.values(c.field.options ?? {}).map((o) => say(o, locale));
  return c.field?.kind === 'boolean' ? [say(text('是', 'yes'), locale), say(text('否', 'no'), locale)] : [];
}

/** Lists stand on a hidden sheet because a list written into the cell rule may not be longer than 255 characters. */
function listsSheet(
  columns: readonly ImportColumn[],
  locale: Locale,
): { sheet: WriteSheet; columnOf: Map<string, { letter: string; count: number }> } {
  const listed = columns.map((c) => ({ id: c.id, choices: choicesOf(c, locale) })).filter((c) => c.choices.length > 0);
  const columnOf = new Map(listed.map((c, i) => [c.id, { letter: columnLetter(i), count: c.choices.length }]));
  const height = Math.max(0, ...listed.map((c) => c.choices.length));
  const rows = Array.from({ length: height }, (_, r) => listed.map((c) => c.choices[r] ?? null));
  return { sheet: { name: LISTS_SHEET, rows, hidden: true }, columnOf };
}

const formatOf = (c: ImportColumn): string | undefined => {
  switch (c.field?.kind) {
    case 'date':
      return 'yyyy-mm-dd';
    case 'integer':
    case 'decimal':
    case 'quantity':
    case 'money':
      return undefined;
    default:
      return '@';
  }
};

function dataSheet(sheet: TemplateSheet, locale: Locale, lists: Map<string, { letter: string; count: number }>): WriteSheet {
  const headers = sheet.columns.map((c) => say(c.label, locale));
  const hints = sheet.columns.map((c, i) => `${i === 0 ? '# ' : ''}${columnHint(c, locale)}`);
  const validations = sheet.columns.flatMap((c, i): DataValidation[] => {
    const list = lists.get(c.id);
    const letter = columnLetter(i);
    return list
      ? [
          {
            type: 'list',
            formula1: `${LISTS_SHEET}!$${list.letter}$1:$${list.letter}$${list.count}`,
            allowBlank: true,
            showErrorMessage: true,
            errorStyle: 'warning',
            range: `${letter}3:${letter}${ROWS_WITH_LISTS}`,
          },
        ]
      : [];
  });
  return {
    name: sheetName(say(sheet.name, locale)),
    columns: sheet.columns.map((c) => {
      const numFmt = formatOf(c);
      return { width: 22, ...(numFmt ? { numFmt } : {}) };
    }),
    rows: [headers, hints],
    cells: new Map([
      ...headers.map(
        (value, i) => [`0,${i}`, { value, type: 'string' as const, style: headerStyle(sheet.columns[i]?.isRequired ?? false) }] as const,
      ),
      ...hints.map((value, i) => [`1,${i}`, { value, type: 'string' as const, style: hintStyle }] as const),
    ]),
    freezePane: { rows: 2 },
    dataValidations: validations,
  };
}

/** The spreadsheet to fill in for a kind: labels in the reader's language, a row of hints, drop-down lists. */
export async function importTemplate(d: AnyDefinition, locale: Locale): Promise<Uint8Array> {
  const sheets = templateSheets(d);
  const lists = listsSheet(
    sheets.flatMap((s) => s.columns),
    locale,
  );
  return writeXlsx({
    sheets: [...sheets.map((s) => dataSheet(s, locale, lists.columnOf)), ...(lists.columnOf.size > 0 ? [lists.sheet] : [])],
  });
}
