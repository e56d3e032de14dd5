import type { Refusal } from '#kernel/command/refusal.ts';
import { text } from '#kernel/i18n/text.ts';
import { type Reading, sayDate } from './reading.ts';
import { dateSuspicious, expiryBeforeProduction } from './refusals.ts';

const EXPIRY_PAST_YEARS_MAX = 10;
const EXPIRY_AHEAD_YEARS_MAX = 20;
const PRODUCTION_PAST_YEARS_MAX = 30;

const yearsFrom = (today: string, years: number): string =>
  `${String(Number(today.slice(0, 4)) + years).padStart(4, '0')}${today.slice(4)}`;

/** Dates no label in trade can mean: most come from a wrong century or a misprint. */
export function dateWarnings({ expiry, production }: Pick<Reading, 'expiry' | 'production'>, today: string): Refusal[] {
  const found: Refusal[] = [];
  if (expiry && (expiry.date < yearsFrom(today, -EXPIRY_PAST_YEARS_MAX) || expiry.date > yearsFrom(today, EXPIRY_AHEAD_YEARS_MAX))) {
    found.push(dateSuspicious({ label: text('有效期至', 'The expiry date'), date: sayDate(expiry) }));
  }
  if (production && (production.date < yearsFrom(today, -PRODUCTION_PAST_YEARS_MAX) || production.date.slice(0, 7) > today.slice(0, 7))) {
    found.push(dateSuspicious({ label: text('生产日期', 'The production date'), date: sayDate(production) }));
  }
  if (expiry && production && expiry.date < production.date) found.push(expiryBeforeProduction({}));
  return found;
}
