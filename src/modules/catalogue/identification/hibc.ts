import { julianDay, fullYear, type PrintedDate, printedDate } from './calendar.ts';

/** Health Industry Bar Code (ANSI/HIBC 2.6): signs in the order of their worth, modulo 43. */
const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** The check character of a HIBC text including its `+`, or undefined where a sign is not allowed. It may be a space. */
export function hibcCheck(data: string): string | undefined {
  let sum = 0;
  for (const sign of data) {
    const worth = signs.indexOf(sign);
    if (worth < 0) return undefined;
    sum += worth;
  }
  return signs[sum % 43];
}

export interface HibcPrimary {
  /** Labeler identification code: a letter and three letters or digits. */
  readonly lic: string;
  /** The labeler's own product or catalogue number. */
  readonly pcn: string;
  /** 0 unit of use, 1–8 package levels, 9 variable. */
  readonly unitOfMeasure: number;
}

export interface HibcSecondary {
  readonly lot?: string;
  readonly serial?: string;
  readonly expiry?: PrintedDate;
  readonly production?: PrintedDate;
  readonly quantity?: string;
}

export interface Hibc extends Partial<HibcPrimary>, HibcSecondary {
  /** The check character of the primary code, in a secondary code of its own. */
  readonly link?: string;
  readonly check: string;
  /** What a correct check character would be. */
  readonly expectedCheck: string | undefined;
  /** Supplemental data this grammar does not name. */
  readonly others: readonly string[];
}

/** How many digits the date takes after its format digit. */
const dateLengths: Readonly<Record<string, number>> = { '2': 6, '3': 6, '4': 8, '5': 5, '6': 7, '7': 0 };

const year = (digits: string, today: string): number => fullYear(Number(digits), today);

function julian(digits: string, today: string): PrintedDate | undefined {
  const date = julianDay(year(digits.slice(0, 2), today), Number(digits.slice(2, 5)));
  if (date === undefined || digits.slice(2, 5) === '000') return undefined;
  return { date, precision: 'day', ...(digits.length > 5 ? { time: digits.slice(5, 7) } : {}) };
}

const isHour = (date: PrintedDate | undefined): boolean => date?.time === undefined || Number(date.time) < 24;

/** A date of the secondary code: its first digit says the format; 0 and 1 begin a month. */
function takeDate(text: string, today: string): { readonly date?: PrintedDate; readonly rest: string } | undefined {
  const format = text[0] ?? '';
  if (format === '0' || format === '1') {
    const date = /^\d{4}/.test(text) ? printedDate(year(text.slice(2, 4), today), Number(text.slice(0, 2)), 0) : undefined;
    return date && { date, rest: text.slice(4) };
  }
  const length = dateLengths[format];
  if (length === undefined) return undefined;
  const digits = text.slice(1, 1 + length);
  const rest = text.slice(1 + length);
  if (length === 0) return { rest };
  if (digits.length < length || /\D/.test(digits)) return undefined;
  const number = (at: number): number => Number(digits.slice(at, at + 2));
  const date =
    format === '2'
      ? printedDate(year(digits.slice(4, 6), today), number(0), number(2))
      : format === '3' || format === '4'
        ? printedDate(year(digits.slice(0, 2), today), number(2), number(4), format === '4' ? digits.slice(6, 8) : undefined)
        : julian(digits, today);
  return date?.precision === 'day' && isHour(date) ? { date, rest } : undefined;
}

const some = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined || (value as unknown) === '' ? {} : { [key]: value }) as { [P in K]?: V };

/** The secondary data without `+`, link and check: reference identifier, quantity, date, then lot or serial number. */
function parseSecondary(text: string, today: string): HibcSecondary | undefined {
  const serialOnly = /^\$\+(.*)$/s.exec(text);
  if (serialOnly) return some('serial', serialOnly[1]);
  if (text.startsWith('$$')) {
    const isSerial = text[2] === '+';
    const data = text.slice(isSerial ? 3 : 2);
    const counted = /^(?:8(\d{2})|9(\d{5}))(.*)$/s.exec(data);
    const rest = counted ? (counted[3] as string) : data;
    const quantity = counted ? String(Number(counted[1] ?? counted[2])) : undefined;
    if (counted && rest === '') return some('quantity', quantity);
    const dated = takeDate(rest, today);
    if (!dated) return undefined;
    return { ...some('quantity', quantity), ...some('expiry', dated.date), ...some(isSerial ? 'serial' : 'lot', dated.rest) };
  }
  if (text.startsWith('$')) return some('lot', text.slice(1));
  if (!/^\d{5}/.test(text)) return undefined;
  const expiry = julian(text.slice(0, 5), today);
  return expiry && { expiry, ...some('lot', text.slice(5)) };
}

const longDate = (digits: string): PrintedDate | undefined =>
  printedDate(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8)));

interface Supplement {
  readonly read: HibcSecondary;
  readonly others: readonly string[];
}

/** Supplemental data after `/`: serial, dates with four-digit years, quantity. */
function parseSupplements(pieces: readonly string[]): Supplement | undefined {
  let read: HibcSecondary = {};
  const others: string[] = [];
  for (const piece of pieces) {
    const dated = /^(14|16)D(\d{8})$/.exec(piece);
    if (dated) {
      const date = longDate(dated[2] as string);
      if (!date) return undefined;
      read = { ...read, [dated[1] === '14' ? 'expiry' : 'production']: date };
    } else if (/^S.+/.test(piece)) read = { ...read, serial: piece.slice(1) };
    else if (/^Q\d{1,5}$/.test(piece)) read = { ...read, quantity: String(Number(piece.slice(1))) };
    else others.push(piece);
  }
  return { read, others };
}

const primaryPattern = /^\+([A-Z][A-Z0-9]{3})([A-Z0-9]{1,18})(\d)(?=\/|$)/;

/**
 * Reads a HIBC text as scanned, without Code 39 asterisks: primary, secondary, or both joined by `/`. The last character is the check,
 * in a secondary code the one before it the link. Undefined where it is no HIBC; a wrong check character is told, not refused.
 */
export function parseHibc(data: string, today: string): Hibc | undefined {
  if (!data.startsWith('+') || data.length < 4) return undefined;
  const check = data.at(-1) as string;
  const body = data.slice(0, -1);
  const expectedCheck = hibcCheck(body);
  const primary = primaryPattern.exec(body);
  const ending = { check, expectedCheck };
  if (primary) {
    const [whole, lic, pcn, unit] = primary as unknown as [string, string, string, string];
    const own = { lic, pcn, unitOfMeasure: Number(unit) };
    const pieces = body.slice(whole.length).split('/').slice(1);
    const isSecondary = /^(\$|\d{5})/.test(pieces[0] ?? '') && !/^1[46]D/.test(pieces[0] ?? '');
    const second = isSecondary ? parseSecondary(pieces[0] as string, today) : {};
    const more = parseSupplements(isSecondary ? pieces.slice(1) : pieces);
    return second && more && { ...own, ...second, ...more.read, others: more.others, ...ending };
  }
  if (!/^\+(\$|\d{5})/.test(body)) return undefined;
  const link = body.at(-1) as string;
  const pieces = body.slice(1, -1).split('/');
  const second = parseSecondary(pieces[0] as string, today);
  const more = parseSupplements(pieces.slice(1));
  return second && more && { ...second, ...more.read, link, others: more.others, ...ending };
}

/** DI as registers keep it: labeler, number, unit, without `+` and check. */
export const hibcDi = ({ lic, pcn, unitOfMeasure }: HibcPrimary): string => `${lic}${pcn}${unitOfMeasure}`;

const checked = (body: string): string => {
  const check = hibcCheck(body);
  if (check === undefined) throw new Error(`a HIBC cannot carry ${body}`);
  return body + check;
};

export const buildHibcPrimary = (primary: HibcPrimary): string => checked(`+${hibcDi(primary)}`);

const formatDigits: Readonly<Record<string, string>> = { MMYY: '', MMDDYY: '2', YYMMDD: '3', YYMMDDHH: '4', YYJJJ: '5', YYJJJHH: '6' };

export interface HibcSecondaryInput extends HibcPrimary {
  readonly expDate?: { readonly format: string; readonly value: string };
  readonly lot?: string;
  readonly serial?: string;
  readonly quantity?: number;
}

/** Secondary data: quantity, date, lot or serial; with both, the serial number follows after `/S`. */
function secondaryText({ expDate, lot, serial, quantity }: HibcSecondaryInput): string {
  const count =
    quantity === undefined ? '' : quantity < 100 ? `8${String(quantity).padStart(2, '0')}` : `9${String(quantity).padStart(5, '0')}`;
  const date = expDate ? `${formatDigits[expDate.format] ?? ''}${expDate.value}` : '7';
  if (lot === undefined && serial !== undefined && count === '') return `$$+${date}${serial}`;
  return `$$${count}${date}${lot ?? ''}${serial === undefined ? '' : `/S${serial}`}`;
}

/** Secondary code on its own, linked to its primary code by that one's check character. */
export const buildHibcSecondary = (input: HibcSecondaryInput): string =>
  checked(`+${secondaryText(input)}${buildHibcPrimary(input).at(-1)}`);

/** Primary and secondary in one code with one check character. */
export const buildHibc = (input: HibcSecondaryInput): string => checked(`+${hibcDi(input)}/${secondaryText(input)}`);
