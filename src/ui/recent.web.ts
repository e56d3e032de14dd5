import type { LocalText } from '#kernel/i18n/text.ts';
import { makePreference, type Store } from './store.web.ts';

export interface RecentThing {
  readonly kind: string;
  readonly id: string;
  readonly number: string | null;
  readonly title: LocalText;
  readonly entityId: string | null;
}

const recentMax = 12;
const stores = new Map<string, Store<readonly RecentThing[]>>();

/** What this person opened last on this device. */
export function recentOf(userId: string): Store<readonly RecentThing[]> {
  const known = stores.get(userId);
  if (known) return known;
  const made = makePreference<readonly RecentThing[]>(`recent.${userId}`, []);
  stores.set(userId, made);
  return made;
}

/** Called by a page when it shows a document or record. */
export function rememberOpened(userId: string, thing: RecentThing): void {
  recentOf(userId).set((now) => [thing, ...now.filter((one) => one.id !== thing.id)].slice(0, recentMax));
}
