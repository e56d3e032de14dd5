import type { Locale } from '#kernel/i18n/text.ts';

/** Formatting by language. Exact: decimals come and go as strings and never pass through a float. */

const caches = { number: new Map<string, Intl.NumberFormat>(), date: new Map<string, Intl.DateTimeFormat>() };

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = caches.number.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, options);
  caches.number.set(key, made);
  return made;
}

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = caches.date.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  caches.date.set(key, made);
  return made;
}

// Intl formats a decimal string digit by digit, a number would lose digits beyond the fifteenth.
const exact = (value: string | number | bigint): bigint => value as unknown as bigint;

const placesOf = (value: string): number => value.split('.')[1]?.length ?? 0;

/** A decimal with grouping; keeps the places it has unless `places` says how many. A true minus sign. */
export function formatDecimal(value: string | number | bigint, locale: Locale, places?: number): string {
  const digits = places ?? placesOf(String(value));
  const limits = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return numberFormat(locale, limits).format(exact(value)).replace('-', '−');
}

/** A quantity without trailing zeros, e.g. `1,200` for `1200.000000`. */
export const formatQuantity = (value: string | number, locale: Locale): string =>
  numberFormat(locale, { maximumFractionDigits: 6 }).format(exact(value)).replace('-', '−');

const symbols: Readonly<Record<string, string>> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$', JPY: 'JP¥' };
const wholeCurrencies: ReadonlySet<string> = new Set(['JPY', 'KRW', 'VND', 'CLP', 'ISK']);

/** Places of the minor unit (ISO 4217). */
export const minorPlaces = (currency: string): number => (wholeCurrencies.has(currency) ? 0 : 2);

/** An amount with its currency, e.g. `¥128,400.00`, `−$5.10`; currencies without a common sign show their code. */
export function formatMoney(amount: string, currency: string | null, locale: Locale): string {
  const places = currency
    ? Math.max(minorPlaces(currency), amount.includes('.') && placesOf(amount) > 2 ? placesOf(amount) : 0)
    : placesOf(amount);
  const isNegative = amount.startsWith('-');
  const digits = formatDecimal(isNegative ? amount.slice(1) : amount, locale, places);
  const sign = currency === null ? '' : (symbols[currency] ?? `${currency} `);
  return `${isNegative ? '−' : ''}${sign}${digits}`;
}

/** A calendar day: `2026-11-22` in Chinese, `22 Nov 2026` in English; no time zone is involved. */
export function formatDate(day: string, locale: Locale): string {
  if (locale === 'zh-CN') return day.slice(0, 10);
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at.getTime())
    ? day
    : dateFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
        .format(at)
        .replace(/^(\w+) (\d+), (\d+)$/, '$2 $1 $3');
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A moment in the reader's time zone, to the minute (or second). */
export function formatInstant(instant: string, locale: Locale, withSeconds = false): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}${withSeconds ? `:${two(at.getSeconds())}` : ''}`;
  return `${formatDate(day, locale)} ${clock}`;
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `3 minutes ago`, `in 2 days`; `nowMs` is given so that the same input always gives the same words. */
export function formatRelative(instant: string, nowMs: number, locale: Locale): string {
  const seconds = Math.round((new Date(instant).getTime() - nowMs) / 1000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  if (!step) return locale === 'zh-CN' ? '刚刚' : 'just now';
  return words.format(Math.round(seconds / step[1]), step[0]);
}

/** Whole days from one calendar day to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / 86_400_000);

/** `2.4 MB`. */
export function formatBytes(bytes: number, locale: Locale): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${numberFormat(locale, { maximumFractionDigits: power === 0 ? 0 : 1 }).format(bytes / 1000 ** power)} ${units[power] ?? 'B'}`;
}
