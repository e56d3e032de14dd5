/** Days of a month, 1-based; leap years by the Gregorian rule. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const two = (n: number): string => String(n).padStart(2, '0');

/** `YYYY-MM-DD`, or undefined where there is no such day. */
export function dayOf(year: number, month: number, day: number): string | undefined {
  if (!Number.isInteger(year) || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** The day with number `dayOfYear` (1-based) of a year; 366 exists in leap years only. */
export function julianDay(year: number, dayOfYear: number): string | undefined {
  let left = dayOfYear;
  for (let month = 1; month <= 12; month += 1) {
    const days = daysInMonth(year, month);
    if (left <= days) return dayOf(year, month, left);
    left -= days;
  }
  return undefined;
}

/** Year of two digits by the GS1 rule: 51 or more ahead is the last century, 50 or more behind the next. `today` is `YYYY-MM-DD`. */
export function fullYear(twoDigits: number, today: string): number {
  const year = Number(today.slice(0, 4));
  const century = year - (year % 100);
  const ahead = twoDigits - (year % 100);
  if (ahead >= 51) return century - 100 + twoDigits;
  if (ahead <= -50) return century + 100 + twoDigits;
  return century + twoDigits;
}

/** A calendar date as printed: to the day, or to the month, whose last day then counts. */
export interface PrintedDate {
  /** `YYYY-MM-DD`; with month precision the last day of the month. */
  readonly date: string;
  readonly precision: 'day' | 'month';
  /** `HH` or `HH:MM[:SS]` where the label says it. */
  readonly time?: string;
}

/** A date from its parts; day 0 means the whole month. */
export function printedDate(year: number, month: number, day: number, time?: string): PrintedDate | undefined {
  const date = day === 0 && month >= 1 && month <= 12 ? dayOf(year, month, daysInMonth(year, month)) : dayOf(year, month, day);
  return date === undefined ? undefined : { date, precision: day === 0 ? 'month' : 'day', ...(time === undefined ? {} : { time }) };
}

/** GS1 `YYMMDD` with day 00 for the month. */
export const gs1Date = (yymmdd: string, today: string, time?: string): PrintedDate | undefined =>
  printedDate(fullYear(Number(yymmdd.slice(0, 2)), today), Number(yymmdd.slice(2, 4)), Number(yymmdd.slice(4, 6)), time);
