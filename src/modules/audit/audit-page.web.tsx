import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { useToday } from '#ui/document/today.web.ts';
import { ChainCard } from './chain-card.web.tsx';
import { EventTable } from './event-table.web.tsx';
import { EventFilters } from './event-filters.web.tsx';
import { emptyFilters, filtersIn, queryOf, type Filters } from './filters.web.ts';
import { listAuditEvents } from './operations.ts';
import './audit.css';

const words = {
  title: text('审计记录', 'Audit ledger'),
  none: text('没有符合条件的记录', 'Nothing matches'),
  noneHint: text('放宽期间或清除筛选条件。', 'Widen the period or clear the filters.'),
  clear: text('清除筛选', 'Clear filters'),
  more: text('显示更早的记录', 'Show earlier rows'),
  loading: text('正在加载…', 'Loading…'),
};

/** The address keeps what is filtered, so that a question can be sent to a colleague. */
function useFilters(): readonly [Filters, (filters: Filters) => void] {
  const [filters, setFilters] = useState<Filters>(() => filtersIn(window.location.search));
  const change = (next: Filters): void => {
    const asked = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ''));
    window.history.replaceState(window.history.state, '', `${window.location.pathname}${asked.size > 0 ? `?${asked}` : ''}`);
    setFilters(next);
  };
  return [filters, change];
}

/** Who did what, when, from which value to which, and why; and whether all of it still is as it was written. */
export function AuditPage() {
  const { t } = useLocale();
  const today = useToday();
  const [filters, setFilters] = useFilters();
  const pages = useInfiniteQuery({
    queryKey: ['audit-events', filters],
    queryFn: ({ pageParam }) => call(listAuditEvents, { query: { ...queryOf(filters), ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const titles = Object.assign({}, ...(pages.data?.pages.map((page) => page.titles) ?? [])) as Parameters<typeof EventTable>[0]['titles'];
  return (
    <div className="page audit-page">
      <PageHeader title={t(words.title)} />
      <ChainCard />
      <EventFilters filters={filters} today={today} onChange={setFilters} />
      {pages.error && <ErrorPanel error={pages.error} />}
      {pages.isPending && !pages.error && <RowsSkeleton rows={12} />}
      {pages.isSuccess && rows.length === 0 && (
        <EmptyState
          icon="history"
          title={words.none}
          hint={words.noneHint}
          action={
            <button type="button" className="button" onClick={() => setFilters(emptyFilters)}>
              {t(words.clear)}
            </button>
          }
        />
      )}
      {rows.length > 0 && <EventTable rows={rows} titles={titles} onFilter={(more) => setFilters({ ...filters, ...more })} />}
      {pages.hasNextPage && (
        <button type="button" className="button audit-more" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t(pages.isFetchingNextPage ? words.loading : words.more)}
        </button>
      )}
    </div>
  );
}
