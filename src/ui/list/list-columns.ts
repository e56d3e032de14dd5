import type { AnyDefinition } from '#kernel/document/definition.ts';
import { headFields } from '#kernel/document/content.ts';
import type { Field, Fields } from '#kernel/document/field.ts';
import type { Locale, LocalText } from '#kernel/i18n/text.ts';

/** A column a list can show: a head field or a header field. */
export interface ListColumn {
  readonly name: string;
  readonly label: LocalText;
  readonly kind: Field['kind'];
  readonly options?: Readonly<Record<string, LocalText>> | undefined;
  readonly target?: string | undefined;
  readonly scale?: number | undefined;
  readonly isNumeric: boolean;
  readonly isSortable: boolean;
  /** Width before anybody changed it, px. */
  readonly width: number;
}

const numeric: ReadonlySet<Field['kind']> = new Set(['integer', 'decimal', 'quantity', 'money']);
const widths: Readonly<Record<Field['kind'], number>> = {
  text: 190,
  longText: 220,
  code: 150,
  date: 112,
  instant: 146,
  integer: 90,
  decimal: 110,
  quantity: 110,
  money: 136,
  boolean: 84,
  choice: 116,
  ref: 180,
  textList: 180,
};

const optionWidthMax = 240;
/** The room a chip of the longest choice takes, within reason: Chinese signs take twice a letter. */
const widestOption = (options: Field['options']): number =>
  Object.values(options ?? {}).reduce(
    (most, { zh, en }) => Math.min(optionWidthMax, Math.max(most, 44 + zh.length * 13, 44 + en.length * 6.6)),
    0,
  );

const column = (name: string, field: Pick<Field, 'kind' | 'label' | 'options' | 'target' | 'scale'>): ListColumn => ({
  name,
  label: field.label,
  kind: field.kind,
  options: field.options,
  target: field.target,
  scale: field.scale,
  isNumeric: numeric.has(field.kind),
  isSortable: field.kind !== 'textList' && field.kind !== 'longText',
  width: name === 'version' ? 80 : field.target === 'user' ? 104 : Math.max(widths[field.kind], widestOption(field.options)),
});

/** Every column a definition offers, head fields first; states and options are known for choosing and filtering. */
export function listColumns(definition: AnyDefinition): readonly ListColumn[] {
  const code = definition.codeField === undefined ? undefined : (definition.header as Fields)[definition.codeField];
  const states = Object.fromEntries(Object.entries(definition.states).map(([name, s]) => [name, s.label]));
  const head = Object.entries(headFields)
    .filter(([name]) => name !== 'entityId' || definition.isEntityScoped)
    .map(([name, f]) =>
      column(name, name === 'state' ? { ...f, options: states } : name === 'number' && code ? { ...f, label: code.label } : f),
    );
  const header = Object.entries(definition.header as Fields).filter(([name]) => name !== definition.codeField);
  return [...head, ...header.map(([name, f]) => column(name, f))];
}

/** The names a list leads with are those of the reader's language, where a kind has both: `nameZh` gives way to `nameEn` in English. */
function inLanguage(names: readonly string[], definition: AnyDefinition, locale: Locale): readonly string[] {
  if (locale === 'zh-CN') return names;
  const english = (name: string): string => {
    const other = name.replace(/Zh$/, 'En');
    return other in (definition.header as Fields) ? other : name;
  };
  return names.map(english);
}

/** The columns shown, in order: what the person chose, else the definition's; names that no longer exist are left out. */
export function shownColumns(definition: AnyDefinition, chosen: readonly string[] | undefined, locale: Locale): readonly ListColumn[] {
  const all = new Map(listColumns(definition).map((c) => [c.name, c]));
  const names = (chosen ?? inLanguage(definition.list.columns, definition, locale)).map((name) =>
    name === definition.codeField ? 'number' : name,
  );
  const found = [...new Set(names)].map((name) => all.get(name)).filter((c) => c !== undefined);
  return found.length ? found : [...all.values()].slice(0, 3);
}
