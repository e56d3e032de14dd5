const pad = (n: number): string => String(n).padStart(2, '0');

/** `YYYY-MM` moved by some months. */
export function addMonths(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}`;
}

/** A day in a month relative to today's: the demo lives relative to the day it is loaded. */
export const dayFrom = (today: string, months: number, day: number): string => `${addMonths(today.slice(0, 7), months)}-${pad(day)}`;

/** Accounting periods of the demo: from the start of last year to next month; those older than two months are closed. */
export function monthsAround(today: string): { readonly all: string[]; readonly closed: string[] } {
  const now = today.slice(0, 7);
  const first = `${Number(now.slice(0, 4)) - 1}-01`;
  const all: string[] = [];
  for (let month = first; month <= addMonths(now, 1); month = addMonths(month, 1)) all.push(month);
  return { all, closed: all.filter((month) => month < addMonths(now, -2)) };
}
