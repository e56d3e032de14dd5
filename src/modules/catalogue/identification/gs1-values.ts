import { gs1Date, type PrintedDate } from './calendar.ts';
import { currencyByNumber } from './code-lists.ts';
import type { Element } from './gs1-element-string.ts';
import { sayDate } from './reading.ts';

/** What the digits of a value mean. */
export interface ValueMeaning {
  readonly date?: PrintedDate;
  /** The later end, where the AI gives a span of days. */
  readonly until?: PrintedDate;
  /** Exact decimal; the AI's last digit says how many digits stand behind the point. */
  readonly decimal?: string;
  /** ISO 4217. */
  readonly currency?: string;
}

const withTime = (digits: string): string | undefined => (digits === '' ? undefined : (digits.match(/../g) ?? []).join(':'));

/** Digits with so many of them behind the point. */
function decimalOf(digits: string, places: number): string {
  const padded = digits.padStart(places + 1, '0');
  const whole = padded.slice(0, padded.length - places).replace(/^0+(?=\d)/, '');
  return places === 0 ? whole : `${whole}.${padded.slice(-places)}`;
}

/** Reads dates, measures and amounts. `today` settles the century. */
export function meaningOf({ entry, value }: Element, today: string): ValueMeaning {
  const { ai, parts } = entry;
  const places = Number(ai.at(-1));
  if (ai.length === 4 && /^(3[1-6]|392|394|395)/.test(ai)) return { decimal: decimalOf(value, places) };
  if (/^390\d$/.test(ai)) return { decimal: decimalOf(value, places) };
  if (/^39[13]\d$/.test(ai)) {
    const currency = currencyByNumber.get(value.slice(0, 3));
    return { decimal: decimalOf(value.slice(3), places), ...(currency === undefined ? {} : { currency }) };
  }
  if (!parts[0]?.checks.some((name) => name === 'yymmdd' || name === 'yymmd0')) return {};
  const rest = value.slice(6);
  const isSpan = parts[1]?.checks.includes('yymmdd') === true;
  const date = gs1Date(value.slice(0, 6), today, isSpan ? undefined : withTime(rest));
  const until = isSpan && rest !== '' ? gs1Date(rest, today) : undefined;
  return { ...(date ? { date } : {}), ...(until ? { until } : {}) };
}

/** The meaning in signs everybody reads, or nothing where the value says it itself. */
export function sayMeaning({ date, until, decimal, currency }: ValueMeaning): string | undefined {
  if (date) return until ? `${sayDate(date)} – ${sayDate(until)}` : sayDate(date);
  return decimal === undefined ? undefined : currency === undefined ? decimal : `${currency} ${decimal}`;
}
