import { headFields } from '../document/content.ts';
import type { AnyDefinition } from '../document/definition.ts';
import type { Field } from '../document/field.ts';
import { writeSheet, type SheetColumn, type WrittenCell } from '../http/spreadsheet-write.server.ts';
import type { SpreadsheetFormat } from '../http/spreadsheet.server.ts';
import { say, text, type Locale, type LocalText } from '../i18n/text.ts';

/** Names of what the exported rows refer to, by id. */
export type Titles = Readonly<Record<string, { readonly number: string | null; readonly title: LocalText }>>;

interface ExportColumn {
  readonly name: string;
  readonly label: LocalText;
  readonly kind: Field['kind'];
  readonly field: Field | null;
}

function columnsOf(d: AnyDefinition, names: readonly string[] | undefined): ExportColumn[] {
  const header = d.header as Record<string, Field>;
  const wanted = names?.length
    ? names
    : [...new Set(['number', 'state', ...Object.keys(header), 'createdAt'])].filter((name) => name !== d.codeField);
  return wanted.flatMap((name): ExportColumn[] => {
    const own = header[name];
    if (own) return [{ name, label: own.label, kind: own.kind, field: own }];
    const head = (headFields as Record<string, { kind: Field['kind']; label: LocalText } | undefined>)[name];
    return head ? [{ name, label: head.label, kind: head.kind, field: null }] : [];
  });
}

const typeOf = (c: ExportColumn): SheetColumn['type'] => {
  switch (c.kind) {
    case 'integer':
    case 'decimal':
    case 'quantity':
    case 'money':
      return 'number';
    case 'date':
      return 'date';
    case 'instant':
      return 'instant';
    default:
      return 'text';
  }
};

function cellOf(d: AnyDefinition, c: ExportColumn, value: unknown, titles: Titles, locale: Locale): WrittenCell {
  if (value === null || value === undefined) return null;
  if (c.name === 'state') return d.states[String(value)] ? say(d.states[String(value)]!.label, locale) : String(value);
  switch (c.kind) {
    case 'ref': {
      const found = titles[String(value)];
      return found ? [found.number, say(found.title, locale)].filter(Boolean).join(' ') : String(value);
    }
    case 'choice': {
      const label = c.field?.options?.[String(value)];
      return label ? say(label, locale) : String(value);
    }
    case 'boolean':
      return say(value === true ? text('是', 'yes') : text('否', 'no'), locale);
    case 'textList':
      return (value as readonly string[]).map((v) => (c.field?.options?.[v] ? say(c.field.options[v], locale) : v)).join('; ');
    default:
      // Masked values arrive as text and stay what they are.
      return typeof value === 'number' ? value : String(value);
  }
}

/**
 * Rows of a list as a spreadsheet in one language: labels as headers, references and choices by name, amounts as numbers. `rows` are
 * pulled as the reader takes them; `titles` may grow while they are (it is asked row by row). `columns` defaults to all header fields.
 */
export function exportRows(
  definition: AnyDefinition,
  rows: AsyncIterable<Readonly<Record<string, unknown>>>,
  titles: Titles,
  locale: Locale,
  format: SpreadsheetFormat,
  options: { readonly columns?: readonly string[] | undefined; readonly timeZone?: string | undefined } = {},
): Promise<ReadableStream<Uint8Array>> {
  const columns = columnsOf(definition, options.columns);
  async function* cells(): AsyncGenerator<WrittenCell[], void, undefined> {
    for await (const row of rows) yield columns.map((c) => cellOf(definition, c, row[c.name], titles, locale));
  }
  return writeSheet(format, {
    name: say(definition.pluralLabel, locale),
    columns: columns.map((c) => ({
      header: say(c.label, locale),
      type: typeOf(c),
      decimals: c.kind === 'money' ? (c.field?.scale ?? 2) : undefined,
    })),
    rows: cells(),
    timeZone: options.timeZone,
  });
}
