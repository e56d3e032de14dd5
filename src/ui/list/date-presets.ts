import { text, type LocalText } from '#kernel/i18n/text.ts';

export interface DatePreset {
  readonly name: string;
  readonly label: LocalText;
  /** First and last day, both included. */
  readonly range: readonly [string, string];
}

const day = (year: number, month: number, date: number): string => isoOf(Date.UTC(year, month, date));

function isoOf(epochMs: number): string {
  const days = Math.floor(epochMs / 86_400_000);
  // Civil-from-days (Howard Hinnant): plain files have no clock and no Date objects.
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

const partsOf = (iso: string): [number, number, number] => [Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10))];

/** The calendar day `days` after (or before) another one. */
export function addDays(iso: string, days: number): string {
  const [year, month, date] = partsOf(iso);
  return day(year, month, date + days);
}

/** 0 for Monday. */
function weekday(iso: string): number {
  const [year, month, date] = partsOf(iso);
  return (Math.floor(Date.UTC(year, month, date) / 86_400_000) + 3) % 7;
}

/** The ranges people ask for most, relative to `today` (YYYY-MM-DD). Weeks begin on Monday, as in ISO 8601 and GB/T 7408. */
export function datePresets(today: string): readonly DatePreset[] {
  const [year, month] = partsOf(today);
  const monday = addDays(today, -weekday(today));
  const preset = (name: string, label: LocalText, from: string, to: string): DatePreset => ({ name, label, range: [from, to] });
  return [
    preset('today', text('今天', 'Today'), today, today),
    preset('this-week', text('本周', 'This week'), monday, addDays(monday, 6)),
    preset('last-7-days', text('近 7 天', 'Last 7 days'), addDays(today, -6), today),
    preset('this-month', text('本月', 'This month'), day(year, month, 1), day(year, month + 1, 0)),
    preset('last-month', text('上月', 'Last month'), day(year, month - 1, 1), day(year, month, 0)),
    preset('last-90-days', text('近 90 天', 'Last 90 days'), addDays(today, -89), today),
    preset('this-year', text('今年', 'This year'), day(year, 0, 1), day(year, 11, 31)),
    preset('next-30-days', text('未来 30 天', 'Next 30 days'), today, addDays(today, 30)),
  ];
}
