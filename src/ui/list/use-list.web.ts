import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { FilterItem, ListAnswer } from '#kernel/http/wire.ts';
import { documents } from '../client.web.ts';
import { queryKeys } from '../queries.web.ts';
import { useEntity } from '../session.web.ts';
import { isComplete, listStateFromSearch, listStateToSearch, type ListState } from './list-state.ts';

const pageRows = 100;

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** What the list shows, read from the address and written to it, so that it can be shared and the back button works. */
export function useListState(): { state: ListState; view: string; setState: (state: ListState, view?: string) => void } {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const navigate = useNavigate();
  const key = JSON.stringify(search);
  const state = useMemo(() => listStateFromSearch(search), [key]);
  const view = typeof search['view'] === 'string' || typeof search['view'] === 'number' ? String(search['view']) : '';
  const setState = (next: ListState, nextView = view) => {
    const isTyping = next.q !== state.q && JSON.stringify(next.filters) === JSON.stringify(state.filters);
    void navigate({
      to: '.',
      search: { ...listStateToSearch(next), ...(nextView ? { view: nextView } : {}) },
      // Every letter of a search would otherwise be a step of the back button.
      replace: isTyping,
      resetScroll: false,
    } as Parameters<typeof navigate>[0]);
  };
  return { state, view, setState };
}

/** The query a state stands for, within the company the person works in. */
export function useListRequest(definition: AnyDefinition, state: ListState) {
  const { entity } = useEntity();
  return useMemo(() => {
    const own: FilterItem[] =
      definition.isEntityScoped && entity && !state.filters.some((f) => f.field === 'entityId')
        ? [{ field: 'entityId', op: 'eq', value: entity.id }]
        : [];
    return { q: state.q.trim() || undefined, filter: [...state.filters.filter(isComplete), ...own], sort: state.sort || undefined };
  }, [definition, state, entity]);
}

export type ListRequest = ReturnType<typeof useListRequest>;

/** Rows page by page, count and sums apart, so that rows never wait for a count. */
export function useList(definition: AnyDefinition, request: ListRequest) {
  const pages = useInfiniteQuery({
    queryKey: queryKeys.list(definition.kind, request),
    queryFn: ({ pageParam }): Promise<ListAnswer> =>
      documents(definition).list({ ...request, limit: pageRows, cursor: pageParam ?? undefined }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  });
  const totals = useQuery({
    queryKey: queryKeys.list(definition.kind, { ...request, sort: undefined, totals: true }),
    queryFn: async () => (await documents(definition).list({ ...request, sort: undefined, limit: 1, totals: true })).totals ?? null,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => (pages.data?.pages ?? []).flatMap((page) => page.rows as Row[]), [pages.data]);
  const titles = useMemo(
    () => Object.assign({}, ...(pages.data?.pages ?? []).map((page) => page.titles)) as ListAnswer['titles'],
    [pages.data],
  );
  return { pages, rows, titles, totals: totals.data ?? null };
}
