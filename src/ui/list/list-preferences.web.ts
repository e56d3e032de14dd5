import { useState } from 'react';
import { recall, remember } from '../store.web.ts';
import { useSession } from '../session.web.ts';
import type { ListState } from './list-state.ts';

/** How one person likes one list: columns in order, widths in px. */
export interface ListLayout {
  readonly columns?: readonly string[];
  readonly widths?: Readonly<Record<string, number>>;
}

export interface SavedView {
  readonly name: string;
  readonly state: ListState;
  readonly layout: ListLayout;
}

const viewsMax = 20;

function useRemembered<T>(name: string, initial: T): readonly [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => recall<T>(name) ?? initial);
  return [value, (next) => {
    setValue(next);
    remember(name, next);
  }];
}

/** Layout and saved views of a list, kept for this person on this device. */
export function useListPreferences(kind: string) {
  const { user } = useSession();
  const [layout, setLayout] = useRemembered<ListLayout>(`list.${user.id}.${kind}`, {});
  const [views, setViews] = useRemembered<readonly SavedView[]>(`views.${user.id}.${kind}`, []);
  return {
    layout,
    setLayout,
    views,
    /** A view of the same name is replaced; the oldest beyond twenty goes. */
    saveView: (view: SavedView) => setViews([...views.filter((v) => v.name !== view.name), view].slice(-viewsMax)),
    removeView: (name: string) => setViews(views.filter((v) => v.name !== name)),
  };
}
