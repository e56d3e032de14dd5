/** What the audit page asks for; empty means: any. Days are those of the reader's time zone. */
export interface Filters {
  readonly from: string;
  readonly to: string;
  readonly actor: string;
  readonly number: string;
  readonly recordId: string;
  readonly kind: string;
  readonly field: string;
  readonly action: string;
}

export const emptyFilters: Filters = { from: '', to: '', actor: '', number: '', recordId: '', kind: '', field: '', action: '' };

/** The filters that stand in an address; anything else there is ignored. */
export function filtersIn(search: string): Filters {
  const asked = new URLSearchParams(search);
  return Object.fromEntries(Object.keys(emptyFilters).map((name) => [name, asked.get(name) ?? ''])) as unknown as Filters;
}

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);
/** The moment a local day begins; `days` later where given. */
const startOf = (day: string, days = 0): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, date + days).toISOString();
};

/** The question as the server understands it: the last day is included whole. */
export function queryOf(filters: Filters): Record<string, string> {
  const { from, to, ...exact } = filters;
  return {
    ...(isDay(from) ? { from: startOf(from) } : {}),
    ...(isDay(to) ? { to: startOf(to, 1) } : {}),
    ...Object.fromEntries(
      Object.entries(exact)
        .map(([k, v]) => [k, v.trim()])
        .filter(([, v]) => v !== ''),
    ),
  };
}
