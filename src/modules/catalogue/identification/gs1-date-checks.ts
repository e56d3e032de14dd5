import { daysInMonth } from './calendar.ts';
import { type Check, type Fault, fault, nonDigit } from './gs1-fault.ts';

/** Year of two digits: 00 is a leap year in every century a device lives in. */
const yearOf = (written: string): number => (written.length === 2 ? 2000 + Number(written) : Number(written));

function dateFault(data: string, yearLength: 2 | 4, mayLackDay: boolean): Fault | undefined {
  const length = yearLength + 4;
  if (data.length !== length) return fault(data.length < length ? 'DATE_TOO_SHORT' : 'DATE_TOO_LONG', 0, data.length);
  const odd = nonDigit(data);
  if (odd) return odd;
  const month = Number(data.slice(yearLength, yearLength + 2));
  if (month < 1 || month > 12) return fault('ILLEGAL_MONTH', yearLength, 2);
  const day = Number(data.slice(yearLength + 2));
  if (day === 0 ? !mayLackDay : day > daysInMonth(yearOf(data.slice(0, yearLength)), month)) return fault('ILLEGAL_DAY', yearLength + 2, 2);
  return undefined;
}

const upTo =
  (most: number, word: string): Check =>
  (data) => {
    if (data.length !== 2) return fault(data.length < 2 ? `${word}_TOO_SHORT` : `${word}_TOO_LONG`, 0, data.length);
    return nonDigit(data) ?? (Number(data) > most ? fault(`ILLEGAL_${word}`, 0, 2) : undefined);
  };

const hour = upTo(23, 'HOUR');
const minute = upTo(59, 'MINUTE');

const hourAndMinute: Check = (data) => {
  if (data.length !== 4) return fault(data.length < 4 ? 'HOUR_WITH_MINUTE_TOO_SHORT' : 'HOUR_WITH_MINUTE_TOO_LONG', 0, data.length);
  const late = minute(data.slice(2));
  return nonDigit(data) ?? hour(data.slice(0, 2)) ?? (late && fault(late.code, 2, 2));
};

/** Dates and times inside values, by the names the format uses. */
export const dateChecks = {
  yymmdd: (data) => dateFault(data, 2, false),
  yymmd0: (data) => dateFault(data, 2, true),
  yyyymmdd: (data) => dateFault(data, 4, false),
  yyyymmd0: (data) => dateFault(data, 4, true),
  hh: hour,
  mi: minute,
  ss: upTo(59, 'SECOND'),
  hhmi: hourAndMinute,
} as const satisfies Record<string, Check>;
