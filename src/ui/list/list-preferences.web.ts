import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addView, changeView, listViews, removeView, type SavedViewWire } from './view-operations.ts';
import { call } from '../client.web.ts';
import { useSession } from '../session.web.ts';
import { recall, remember } from '../store.web.ts';
import { listStateFromSearch, listStateToSearch, type ListState } from './list-state.ts';

/** How one person likes one list: columns in order, widths in px. */
export interface ListLayout {
  readonly columns?: readonly string[];
  readonly widths?: Readonly<Record<string, number>>;
}

export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly isMine: boolean;
  readonly isShared: boolean;
  readonly owner: string;
  readonly state: ListState;
  readonly layout: ListLayout;
}

function viewOf(wire: SavedViewWire): SavedView {
  const { layout, ...search } = wire.content;
  return {
    id: wire.id,
    name: wire.name,
    isMine: wire.isMine,
    isShared: wire.isShared,
    owner: wire.owner.name,
    state: listStateFromSearch(search),
    layout: typeof layout === 'object' && layout !== null ? (layout as ListLayout) : {},
  };
}

export interface ViewToSave {
  readonly name: string;
  readonly isShared: boolean;
  readonly state: ListState;
  readonly layout: ListLayout;
}

/** Layout of a list, kept for this person on this device; saved views, kept on the server and shared where wanted. */
export function useListPreferences(kind: string) {
  const { user } = useSession();
  const name = `list.${user.id}.${kind}`;
  const [layout, setLayout] = useState<ListLayout>(() => recall<ListLayout>(name) ?? {});
  const key = ['saved-views', kind];
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: key });
  const { data } = useQuery({ queryKey: key, queryFn: () => call(listViews, { params: { listKind: kind } }), staleTime: 60_000 });
  const views = (data?.items ?? []).map(viewOf);
  const save = useMutation({
    mutationFn: ({ name: viewName, isShared, state, layout: columns }: ViewToSave) => {
      const body = { name: viewName, isShared, content: JSON.parse(JSON.stringify({ ...listStateToSearch(state), layout: columns })) };
      const known = views.find((v) => v.name === viewName && v.isMine);
      return known
        ? call(changeView, { params: { listKind: kind, viewId: known.id }, body })
        : call(addView, { params: { listKind: kind }, body });
    },
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (viewId: string) => call(removeView, { params: { listKind: kind, viewId } }),
    onSuccess: refresh,
  });
  return {
    layout,
    setLayout: (next: ListLayout) => {
      setLayout(next);
      remember(name, next);
    },
    views,
    canShare: data?.canShare ?? false,
    /** Resolves with the id of the view; one of the same name and owner is replaced. */
    saveView: async (view: ViewToSave) => (await save.mutateAsync(view)).id,
    removeView: (id: string) => remove.mutateAsync(id),
    error: save.error ?? remove.error,
  };
}
