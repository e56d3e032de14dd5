import type { AnyDefinition, LineSet } from '../document/definition.ts';
import type { Field, Fields } from '../document/field.ts';
import { say, text, type Locale, type LocalText } from '../i18n/text.ts';
import { synonymsOf } from './synonyms.ts';

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
  /** What people call it besides its label, the most telling first. */
  readonly synonyms: readonly string[];
}

export const KEY_COLUMN = '#key';
const keyLabel = text('单据标识', 'Document key');

const setsOf = (d: AnyDefinition): [string, LineSet][] => Object.entries(d.lines as Record<string, LineSet>);

const isRequired = (f: Field): boolean => !f.isOptional && f.initial === undefined;

const fieldColumns = (fields: Fields, set: string | null, labelOf: (f: Field) => LocalText, codeField?: string): ImportColumn[] =>
  Object.entries(fields)
    .filter(([, f]) => !f.isDerived)
    .map(([name, field]) => ({
      id: set === null ? `header.${name}` : `lines.${set}.${name}`,
      set,
      name,
      field,
      label: labelOf(field),
      isRequired: isRequired(field),
      synonyms: synonymsOf(name, name === codeField ? 'code' : 'field'),
    }));

const keyColumn: ImportColumn = {
  id: KEY_COLUMN,
  set: null,
  name: KEY_COLUMN,
  field: null,
  label: keyLabel,
  isRequired: false,
  synonyms: synonymsOf(KEY_COLUMN, 'key'),
};

/** Every column a file of this kind may have, header first. Labels used twice say which part they mean. */
export function importColumns(d: AnyDefinition): ImportColumn[] {
  const header = fieldColumns(d.header, null, (f) => f.label, d.codeField);
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

/** Whether the rest of a sheet would have to bring more columns for this set of lines. */
function isIncomplete(columns: readonly ImportColumn[], set: string, taken: ReadonlySet<string>): boolean {
  const own = columns.filter((c) => c.set === set);
  return own.some((c) => taken.has(c.id)) && own.some((c) => c.isRequired && !taken.has(c.id));
}

type Fits = (header: string, column: ImportColumn) => boolean;

const isOneOf = (header: string, names: readonly string[]): boolean => names.some((name) => bare(name) === header);
const labels = (c: ImportColumn): string[] => [c.label.zh, c.label.en];
const shortLabels = (c: ImportColumn): string[] => (c.field ? [c.field.label.zh, c.field.label.en] : []);

// Two Chinese signs say something; of Latin letters it takes four (`di` begins `direction`).
const isTelling = (word: string): boolean => word.length >= (/^[\p{Script=Latin}\p{N}]*$/u.test(word) ? 4 : 2);
const partly =
  (touches: (a: string, b: string) => boolean): Fits =>
  (header, c) =>
    c.field !== null &&
    [...labels(c), ...shortLabels(c), c.name]
      .map(bare)
      .some((name) => isTelling(name) && isTelling(header) && (touches(header, name) || touches(name, header)));
/** “注册证编号” begins like “注册证/备案编号”; “编码” ends “产品编码”: the last word of a label says what it is. */
const partials = [partly((a, b) => a.startsWith(b)), partly((a, b) => a.endsWith(b))];

function synonymRanks(columns: readonly ImportColumn[]): Fits[] {
  const words = new Map(columns.map((c) => [c.id, c.synonyms.map(bare)]));
  const ranks = Math.max(0, ...columns.map((c) => c.synonyms.length));
  return Array.from(
    { length: ranks },
    (_, rank): Fits =>
      (header, c) =>
        words.get(c.id)?.[rank] === header,
  );
}

const ofHeader =
  (fits: Fits): Fits =>
  (header, c) =>
    c.set === null && fits(header, c);
const ofLines =
  (fits: Fits): Fits =>
  (header, c) =>
    c.set !== null && fits(header, c);

/** All ways a heading may mean a column, the surest first. A line's own label is named; other likenesses give way to the header. */
function waysToMean(columns: readonly ImportColumn[]): Fits[] {
  const synonyms = synonymRanks(columns);
  return [
    ofHeader((header, c) => isOneOf(header, [...labels(c), c.id, c.name])),
    ofLines((header, c) => isOneOf(header, [...labels(c), c.id])),
    ofLines((header, c) => isOneOf(header, shortLabels(c))),
    ...synonyms.map(ofHeader),
    ...partials.map(ofHeader),
    ofLines((header, c) => isOneOf(header, [c.name])),
    ...synonyms.map(ofLines),
    ...partials.map(ofLines),
  ];
}

function guess(columns: readonly ImportColumn[], headers: readonly string[], avoided: ReadonlySet<string>): (string | null)[] {
  const taken = new Set<string>();
  const mapping: (string | null)[] = headers.map(() => null);
  const wanted = headers.map(bare);
  const mayBe = (header: string, c: ImportColumn) =>
    !taken.has(c.id) && (c.set === null || !avoided.has(c.set) || isOneOf(header, [...labels(c), c.id]));
  for (const fits of waysToMean(columns)) {
    for (const [i, header] of wanted.entries()) {
      if (mapping[i] !== null || header === '') continue;
      const found = columns.find((c) => mayBe(header, c) && fits(header, c));
      if (!found) continue;
      mapping[i] = found.id;
      taken.add(found.id);
    }
  }
  const incomplete = [...new Set(columns.map((c) => c.set))].filter(
    (set): set is string => set !== null && !avoided.has(set) && isIncomplete(columns, set, taken),
  );
  return incomplete.length > 0 ? guess(columns, headers, new Set([...avoided, ...incomplete])) : mapping;
}

/**
 * Guesses which column of a sheet is which: by label, field name or id, then by what the trade calls it, then by part of a label;
 * header fields before lines, each target once. Into a set of lines that would then demand columns the sheet has not, only a column
 * that is named in full goes. Null where nothing fits.
 */
export const guessMapping = (columns: readonly ImportColumn[], headers: readonly string[]): (string | null)[] =>
  guess(columns, headers, new Set());
