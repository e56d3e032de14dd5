import type { DraftStore } from './draft-keeper.ts';

/** Drafts on this device: they outlive reload, lost network and log-out. */
export const draftStore: DraftStore = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
  removeItem: (key) => localStorage.removeItem(key),
  keys: () => Object.keys(localStorage),
};
