import { makeStore } from '../store.web.ts';

/** What floats over the page; one at a time. */
export const overlay = makeStore<'none' | 'search' | 'help'>('none');
/** Words the search opens with (a scanned code). */
export const searchSeed = makeStore('');

export const openSearch = (): void => {
  searchSeed.set('');
  overlay.set('search');
};
export const searchFor = (code: string): void => {
  searchSeed.set(code);
  overlay.set('search');
};
export const openHelp = (): void => overlay.set('help');
export const closeOverlay = (): void => overlay.set('none');
