import { useEffect } from 'react';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import type { LocalText } from '#kernel/i18n/text.ts';
import { choicesOperation } from '#kernel/http/workspace-operations.ts';
import { call } from '../client.web.ts';
import { isRefId } from '../grid/paste.ts';
import { makeStore, useStore } from '../store.web.ts';

export type Titles = DocumentAnswer['titles'];
export type Title = Titles[string];

/** One thing a reference can point at. */
export interface Choice {
  readonly id: string;
  readonly number: string | null;
  readonly title: LocalText;
}

/** Readable names met so far on this page load: what was picked or pasted is shown by name before the server has answered it. */
const known = makeStore<Titles>({});

export function rememberTitles(titles: Titles): void {
  const fresh = Object.entries(titles).filter(([id, title]) => JSON.stringify(known.get()[id]) !== JSON.stringify(title));
  if (fresh.length) known.set((all) => ({ ...all, ...Object.fromEntries(fresh) }));
}

export const useTitles = (): Titles => useStore(known);
export const titleOf = (id: string): Title | undefined => known.get()[id];

const rememberChoices = (kind: string, choices: readonly Choice[]): void =>
  rememberTitles(Object.fromEntries(choices.map((c) => [c.id, { kind, number: c.number, title: c.title }])));

/** What a reference of this kind can point at, the best matches first; narrowed to what one entity may use where it is given. */
export async function searchChoices(kind: string, q: string, entityId: string | null = null): Promise<readonly Choice[]> {
  const { items } = await call(choicesOperation, {
    params: { kind },
    query: { ...(q.trim() ? { q: q.trim() } : {}), ...(entityId ? { entityId } : {}) },
  });
  rememberChoices(kind, items);
  // Who types a code means its beginning; the server finds it anywhere in code and name.
  const begins = (choice: Choice) => Number(choice.number?.toLowerCase().startsWith(q.trim().toLowerCase()) ?? false);
  return [...items].sort((a, b) => begins(b) - begins(a));
}

const wanted = new Map<string, Set<string>>();
const asked = new Set<string>();
const gatherMs = 20;

async function fetchWanted(): Promise<void> {
  const all = [...wanted];
  wanted.clear();
  for (const [kind, ids] of all) {
    for (const id of ids) asked.add(id);
    // A name that cannot be read (no right, no connection) leaves the id standing; nothing depends on it.
    const { items } = await call(choicesOperation, { params: { kind }, query: { ids: [...ids].join(',') } }).catch(() => ({ items: [] }));
    rememberChoices(kind, items);
  }
}

/** Asks for the names of references that no answer has brought along: restored typing, old values, filters in an address. */
export function useWantedTitles(kind: string | undefined, ids: readonly unknown[]): void {
  const key = ids.join(',');
  useEffect(() => {
    if (kind === undefined) return;
    const missing = ids.filter((id): id is string => isRefId(id) && known.get()[id] === undefined && !asked.has(id));
    if (missing.length === 0) return;
    if (wanted.size === 0) setTimeout(() => void fetchWanted(), gatherMs);
    wanted.set(kind, new Set([...(wanted.get(kind) ?? []), ...missing]));
  }, [kind, key]);
}

const codesAtOnce = 100;

/** Looks up many codes at once; codes nobody knows are absent from the answer. */
export async function resolveCodes(kind: string, codes: readonly string[], entityId: string | null): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const usable = codes.filter((code) => !code.includes(','));
  const chunks = Array.from({ length: Math.ceil(usable.length / codesAtOnce) }, (_, i) =>
    usable.slice(i * codesAtOnce, (i + 1) * codesAtOnce),
  );
  const answers = await Promise.all(
    chunks.map((chunk) =>
      call(choicesOperation, { params: { kind }, query: { codes: chunk.join(','), ...(entityId ? { entityId } : {}) } }),
    ),
  );
  for (const { items } of answers) {
    rememberChoices(kind, items);
    for (const item of items) if (item.number !== null) found.set(item.number, item.id);
  }
  return found;
}
