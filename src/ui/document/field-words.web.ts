import type { Field } from '#kernel/document/field.ts';
import { say, text, type Locale } from '#kernel/i18n/text.ts';
import { formatDate, formatDecimal, formatInstant } from '../format.ts';
import { isDecimal } from './decimal-text.ts';
import type { Titles } from './titles.web.ts';

const yesNo = { true: text('是', 'Yes'), false: text('否', 'No') };

/** A field's value as words, for grid cells, copies and differences. What cannot be read is shown as it was typed. */
export function fieldWords(field: Pick<Field, 'kind' | 'options' | 'scale'>, value: unknown, locale: Locale, titles: Titles): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map((v) => optionWords(field, String(v), locale)).join(locale === 'zh-CN' ? '、' : ', ');
  if (typeof value === 'boolean') return say(value ? yesNo.true : yesNo.false, locale);
  const plain = String(value as string | number);
  switch (field.kind) {
    case 'money':
      return isDecimal(plain) ? formatDecimal(plain, locale, Math.max(field.scale ?? 2, plain.split('.')[1]?.length ?? 0)) : plain;
    case 'decimal':
    case 'quantity':
      return isDecimal(plain) ? formatDecimal(plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain, locale) : plain;
    case 'integer':
      return typeof value === 'number' ? formatDecimal(value, locale) : plain;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(plain) ? formatDate(plain, locale) : plain;
    case 'instant':
      return formatInstant(plain, locale);
    case 'choice':
      return optionWords(field, plain, locale);
    case 'ref':
      return refWords(plain, locale, titles);
    default:
      return plain;
  }
}

const optionWords = (field: Pick<Field, 'options'>, key: string, locale: Locale): string => {
  const label = field.options?.[key];
  return label ? say(label, locale) : key;
};

/** A reference as code and name, so that two things of the same name stay apart. */
export function refWords(id: string, locale: Locale, titles: Titles): string {
  const known = titles[id];
  if (!known) return id;
  const title = say(known.title, locale);
  return known.number && !title.includes(known.number) ? `${known.number} ${title}` : title;
}

/** Whether values of a kind stand in a column of digits. */
export const isNumeric = (kind: Field['kind']): boolean => ['integer', 'decimal', 'quantity', 'money'].includes(kind);
