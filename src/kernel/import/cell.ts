import Big from 'big.js';
import type { Refusal, RefusalTarget } from '../command/refusal.ts';
import type { Field } from '../document/field.ts';
import type { LocalText } from '../i18n/text.ts';
import { importRefusals } from './refusals.ts';

/** A cell as a value the field's own schema can check; `reference` still has to be looked up. */
export type CellAnswer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'reference'; readonly text: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const value = (v: unknown): CellAnswer => ({ kind: 'value', value: v });
const refused = (refusal: Refusal): CellAnswer => ({ kind: 'refused', refusal });

const pad = (n: string): string => n.padStart(2, '0');

/** `YYYY-MM-DD` from the ways days are written in China and in ISO; undefined where it is none. Day-first and month-first are refused. */
export function dayFrom(raw: string): string | undefined {
  const match =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?$/.exec(raw) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(raw);
  if (!match) return undefined;
  const [year, month, day] = [match[1] ?? '', pad(match[2] ?? ''), pad(match[3] ?? '')];
  const days = [
    31,
    Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  const inMonth = days[Number(month) - 1];
  return inMonth && Number(day) >= 1 && Number(day) <= inMonth ? `${year}-${month}-${day}` : undefined;
}

/**
 * A plain exact decimal from a written number: thousands separators, full-width digits, a currency sign, accounting brackets and
 * exponents are understood. Undefined where it is no number.
 */
export function decimalFrom(raw: string): string | undefined {
  const plain = raw
    .normalize('NFKC')
    .replace(/^[¥$€£]\s*|\s*元$/g, '')
    .replace(/^(-?)[¥$€£]/, '$1')
    .trim();
  const bracketed = /^\((.+)\)$/.exec(plain);
  const unsigned = (bracketed?.[1] ?? plain).replace(/^\+/, '');
  // Only groups of three are thousands; `1,5` could mean one and a half elsewhere and is refused.
  const digits = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(unsigned) ? unsigned.replaceAll(',', '') : unsigned;
  if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(digits)) return undefined;
  const number = new Big(digits.replace(/\.$/, ''));
  return (bracketed ? number.neg() : number).toFixed();
}

const yes = new Set(['是', '有', 'true', 'yes', 'y', '1', '√', '✓', '对']);
const no = new Set(['否', '无', 'false', 'no', 'n', '0', '×', '✗', '不']);

function choiceFrom(options: Readonly<Record<string, LocalText>>, raw: string): string | undefined {
  const wanted = raw.normalize('NFKC').toLowerCase();
  return Object.entries(options).find(([key, label]) =>
    [key, label.zh, label.en].some((name) => name.normalize('NFKC').toLowerCase() === wanted),
  )?.[0];
}

const choicesText = (options: Readonly<Record<string, LocalText>>): LocalText => {
  const labels = Object.values(options).slice(0, 20);
  return { zh: labels.map((l) => l.zh).join('、'), en: labels.map((l) => l.en).join(', ') };
};

function listFrom(field: Field, raw: string, target: RefusalTarget, label: LocalText): CellAnswer {
  const parts = raw
    .split(/[;；\n]/)
    .map((p) => p.trim())
    .filter(Boolean);
  const options = field.options;
  if (!options) return value(parts);
  const keys = parts.map((p) => choiceFrom(options, p));
  const unknown = parts.find((_, i) => keys[i] === undefined);
  if (unknown === undefined) return value(keys);
  return refused(importRefusals.unknownChoice({ label: label, value: unknown, choices: choicesText(options) }, target));
}

/** An instant without zone is taken as UTC, as the hint in the template says to give one. */
const instantFrom = (raw: string): string | undefined => {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(raw);
  return match ? `${match[1]}T${match[2]}${match[3] ?? ':00'}${match[4] ?? 'Z'}` : undefined;
};

function numberFrom(field: Field, raw: string, target: RefusalTarget, label: LocalText): CellAnswer {
  const decimal = decimalFrom(raw);
  if (decimal === undefined) return refused(importRefusals.notANumber({ label: label, value: raw }, target));
  if (field.kind !== 'integer') return value(decimal);
  const whole = Number(decimal);
  return Number.isSafeInteger(whole) ? value(whole) : refused(importRefusals.notANumber({ label: label, value: raw }, target));
}

/** Reads one non-empty cell for a field; what the field's schema allows is checked afterwards. */
export function readCell(field: Field, raw: string, target: RefusalTarget): CellAnswer {
  const label = field.label;
  switch (field.kind) {
    case 'text':
    case 'longText':
    case 'code':
      return value(raw);
    case 'date': {
      const day = dayFrom(raw);
      return day ? value(day) : refused(importRefusals.notADate({ label: label, value: raw }, target));
    }
    case 'instant': {
      const instant = instantFrom(raw);
      return instant ? value(instant) : refused(importRefusals.notADate({ label: label, value: raw }, target));
    }
    case 'integer':
    case 'decimal':
    case 'quantity':
    case 'money':
      return numberFrom(field, raw, target, label);
    case 'boolean': {
      const word = raw.toLowerCase();
      if (yes.has(word)) return value(true);
      return no.has(word) ? value(false) : refused(importRefusals.notABoolean({ label: label, value: raw }, target));
    }
    case 'choice': {
      const key = choiceFrom(field.options ?? {}, raw);
      const choices = choicesText(field.options ?? {});
      return key ? value(key) : refused(importRefusals.unknownChoice({ label: label, value: raw, choices: choices }, target));
    }
    case 'ref':
      return { kind: 'reference', text: raw };
    case 'textList':
      return listFrom(field, raw, target, label);
    default: {
      const unreachable: never = field.kind;
      throw new Error(`unknown field kind ${String(unreachable)}`);
    }
  }
}
