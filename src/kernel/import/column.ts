import type { AnyDefinition, LineSet } from '../document/definition.ts';
import type { Field, Fields } from '../document/field.ts';
import { say, text, type Locale, type LocalText } from '../i18n/text.ts';

/** Where a column of a file goes: the document key, a header field, or a field of a line set. */
export interface ImportColumn {
  /** `#key`, `header.<field>` or `lines.<set>.<field>`. */
  readonly id: string;
  /** Line set, or null for the header and the key. */
  readonly set: string | null;
  readonly name: string;
  /** Null for the document key. */
  readonly field: Field | null;
  readonly label: LocalText;
  readonly isRequired: boolean;
}

export const KEY_COLUMN = '#key';
const keyLabel = text('单据标识', 'Document key');

const setsOf = (d: AnyDefinition): [string, LineSet][] => Object.entries(d.lines as Record<string, LineSet>);

const isRequired = (f: Field): boolean => !f.isOptional && f.initial === undefined;

const fieldColumns = (fields: Fields, set: string | null, labelOf: (f: Field) => LocalText): ImportColumn[] =>
  Object.entries(fields)
    .filter(([, f]) => !f.isDerived)
    .map(([name, field]) => ({
      id: set === null ? `header.${name}` : `lines.${set}.${name}`,
      set,
      name,
      field,
      label: labelOf(field),
      isRequired: isRequired(field),
    }));

const keyColumn: ImportColumn = { id: KEY_COLUMN, set: null, name: KEY_COLUMN, field: null, label: keyLabel, isRequired: false };

/** Every column a file of this kind may have, header first. Labels used twice say which part they mean. */
export function importColumns(d: AnyDefinition): ImportColumn[] {
  const header = fieldColumns(d.header, null, (f) => f.label);
  const sets = setsOf(d);
  const used = new Set(header.flatMap((c) => [c.label.zh, c.label.en.toLowerCase()]));
  const lines = sets.flatMap(([name, set]) =>
    fieldColumns(set.fields, name, (f) => {
      const isUsed = used.has(f.label.zh) || used.has(f.label.en.toLowerCase());
      return isUsed || sets.length > 1 ? text(`${set.label.zh}·${f.label.zh}`, `${set.label.en}: ${f.label.en}`) : f.label;
    }),
  );
  return [...(sets.length > 0 ? [keyColumn] : []), ...header, ...lines];
}

/** One sheet of the template. */
export interface TemplateSheet {
  readonly name: LocalText;
  readonly columns: readonly ImportColumn[];
}

/**
 * How a template is laid out: one flat sheet for kinds without lines or with one line set (header values on the first row of each
 * document), else a header sheet and one per line set, joined by the document key.
 */
export function templateSheets(d: AnyDefinition): TemplateSheet[] {
  const columns = importColumns(d);
  const sets = setsOf(d);
  if (sets.length <= 1) return [{ name: d.pluralLabel, columns }];
  const ofSet = (set: string | null) => columns.filter((c) => c.set === set && c.id !== KEY_COLUMN);
  return [
    { name: d.pluralLabel, columns: [keyColumn, ...ofSet(null)] },
    ...sets.map(([name, set]) => ({ name: set.label, columns: [keyColumn, ...ofSet(name)] })),
  ];
}

const kindHints: Readonly<Record<Field['kind'], LocalText | null>> = {
  text: null,
  longText: null,
  code: null,
  date: text('日期，如 2026-03-02', 'date, e.g. 2026-03-02'),
  instant: text('时间，如 2026-03-02T09:30:00+08:00', 'time, e.g. 2026-03-02T09:30:00+08:00'),
  integer: text('整数', 'whole number'),
  decimal: text('数字', 'number'),
  quantity: text('数量（基本单位）', 'quantity in the base unit'),
  money: text('金额', 'amount'),
  boolean: text('是 / 否', 'yes / no'),
  choice: null,
  ref: text('填编号', 'its number'),
  textList: text('多个值用分号隔开', 'several values with semicolons'),
};

/** One line under a column of the template: whether it must be filled, in what form, and the field's own help. */
export function columnHint(c: ImportColumn, locale: Locale): string {
  if (!c.field)
    return say(text('区分单据的任意文字；同一单据各行相同', 'any text that tells documents apart; equal on all rows of one'), locale);
  const hint = kindHints[c.field.kind];
  const choices =
    c.field.kind === 'choice'
      ? Object.values(c.field.options ?? {})
          .map((o) => say(o, locale))
          .join(' / ')
      : '';
  return [
    say(c.isRequired ? text('必填', 'required') : text('选填', 'optional'), locale),
    hint ? say(hint, locale) : '',
    choices.length <= 200 ? choices : '',
    c.field.help ? say(c.field.help, locale) : '',
  ]
    .filter(Boolean)
    .join(locale === 'zh-CN' ? '；' : '; ');
}

const bare = (value: string): string =>
  value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** All names a column answers to, best first. */
function namesOf(c: ImportColumn): string[] {
  const short = c.field?.label;
  return [c.label.zh, c.label.en, c.id, c.name, short?.zh ?? '', short?.en ?? ''].map(bare).filter(Boolean);
}

/**
 * Guesses which column of the file is which, by label in either language or field name, full equality before containment; each
 * target is given once. Null where nothing fits.
 */
export function guessMapping(columns: readonly ImportColumn[], headers: readonly string[]): (string | null)[] {
  const taken = new Set<string>();
  const mapping: (string | null)[] = headers.map(() => null);
  const pass = (fits: (header: string, name: string) => boolean) => {
    for (const [i, header] of headers.entries()) {
      const wanted = bare(header);
      if (mapping[i] !== null || wanted === '') continue;
      const found = columns.find((c) => !taken.has(c.id) && namesOf(c).some((name) => fits(wanted, name)));
      if (!found) continue;
      mapping[i] = found.id;
      taken.add(found.id);
    }
  };
  pass((header, name) => header === name);
  pass((header, name) => name.length >= 2 && header.length >= 2 && (header.startsWith(name) || name.startsWith(header)));
  // “编码” for “产品编码”: the last word of a label says what it is.
  pass((header, name) => name.length >= 2 && header.length >= 2 && (header.endsWith(name) || name.endsWith(header)));
  return mapping;
}
