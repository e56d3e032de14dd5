import type { DocumentAnswer } from '#kernel/http/wire.ts';
import type { LocalText } from '#kernel/i18n/text.ts';
import { choicesOperation } from '#kernel/http/workspace-operations.ts';
import { call } from '../client.web.ts';
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
  const { items } = await call(choicesOperation, { params: { kind }, query: { ...(q.trim() ? { q: q.trim() } : {}), ...(entityId ? { entityId } : {}) } });
  rememberChoices(kind, items);
  return items;
}

const codesAtOnce = 100;

/** Looks up many codes at once; codes nobody knows are absent from the answer. */
export async function resolveCodes(kind: string, codes: readonly string[], entityId: string | null): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const usable = codes.filter((code) => !code.includes(','));
  const chunks = Array.from({ length: Math.ceil(usable.length / codesAtOnce) }, (_, i) => usable.slice(i * codesAtOnce, (i + 1) * codesAtOnce));
  const answers = await Promise.all(chunks.map((chunk) =>
    call(choicesOperation, { params: { kind }, query: { codes: chunk.join(','), ...(entityId ? { entityId } : {}) } })));
  for (const { items } of answers) {
    rememberChoices(kind, items);
    for (const item of items) if (item.number !== null) found.set(item.number, item.id);
  }
  return found;
}
