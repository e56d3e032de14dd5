import type { Field } from '#kernel/document/field.ts';
import { normaliseDecimal } from '../document/decimal-text.ts';

/**
 * What was typed or pasted into a cell as the value its field keeps. A text that cannot be understood is kept as it is, so that
 * nothing typed is lost and the field's own check can point at it. `today` completes dates without a year.
 */
export function cellValue(field: Field, typed: string, today: string): unknown {
  const trimmed = typed.trim();
  if (trimmed === '') return null;
  switch (field.kind) {
    case 'decimal':
    case 'quantity':
    case 'money':
      return normaliseDecimal(trimmed) ?? trimmed;
    case 'integer':
      return integerOf(trimmed);
    case 'date':
      return dateOf(trimmed, today) ?? trimmed;
    case 'boolean':
      return booleanOf(trimmed) ?? trimmed;
    case 'choice':
      return optionOf(field, trimmed) ?? trimmed;
    case 'textList':
      return trimmed
        .split(/[,，;；、\n]/)
        .map((part) => part.trim())
        .filter(Boolean)
        .map((part) => optionOf(field, part) ?? part);
    case 'longText':
      return typed.trimEnd();
    case 'text':
    case 'code':
    case 'instant':
    case 'ref':
      return trimmed;
    default:
      return field.kind satisfies never;
  }
}

function integerOf(typed: string): number | string {
  const exact = normaliseDecimal(typed)?.replace(/\.0*$/, '');
  if (exact === undefined || !/^-?\d{1,15}$/.test(exact)) return typed;
  return Number(exact);
}

const yes = new Set(['1', 'y', 'yes', 'true', '是', '√', '✓', 'x', '有']);
const no = new Set(['0', 'n', 'no', 'false', '否', '×', '无']);

function booleanOf(typed: string): boolean | undefined {
  const word = typed.toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}

/** The option a word means: its key, or its label in either language. */
function optionOf(field: Field, typed: string): string | undefined {
  const word = typed.toLowerCase();
  for (const [key, label] of Object.entries(field.options ?? {})) {
    if (key.toLowerCase() === word || label.zh.toLowerCase() === word || label.en.toLowerCase() === word) return key;
  }
  return undefined;
}

const isDay = (year: number, month: number, day: number): boolean => {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
};

/**
 * A calendar day as people write it: `2026-11-22`, `2026/11/22`, `20261122`, `261122`, `2026年11月22日`, `11-22` (this year).
 * Undefined when it is none; day-first and month-first spellings are not guessed.
 */
export function dateOf(typed: string, today: string): string | undefined {
  const s = typed
    .trim()
    .replace(/[年月.／/]/g, '-')
    .replace(/日$/, '')
    .replace(/\s+\d{1,2}:\d{2}(:\d{2})?$/, '');
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(s) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(s) ?? /^(\d{2})(\d{2})(\d{2})$/.exec(s);
  const short = /^(\d{1,2})-(\d{1,2})$/.exec(s);
  const [year, month, day] = parts
    ? [Number(parts[1]!.length === 2 ? `20${parts[1]}` : parts[1]), Number(parts[2]), Number(parts[3])]
    : short
      ? [Number(today.slice(0, 4)), Number(short[1]), Number(short[2])]
      : [0, 0, 0];
  if (!isDay(year, month, day)) return undefined;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
