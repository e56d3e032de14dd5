import type { FormContent } from './form-content.ts';

/** The part of localStorage that is needed; also what a test gives. */
export interface DraftStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  keys(): readonly string[];
}

export interface Draft {
  /** Version of the document the typing started from; 0 for a new one. */
  readonly version: number;
  readonly savedAtMs: number;
  readonly form: FormContent;
  /** What it started from, so that changes by others can be told apart from one's own. */
  readonly base: FormContent;
  /** The action the typing was meant for. */
  readonly action: string;
}

const prefix = 'medtrade.draft.';
const keepDays = 30;

export const draftKey = (userId: string, kind: string, id: string | null): string => `${prefix}${userId}.${kind}.${id ?? 'new'}`;

function isDraft(value: unknown): value is Draft {
  const d = value as Partial<Draft> | null;
  return (
    typeof d === 'object' &&
    d !== null &&
    typeof d.savedAtMs === 'number' &&
    typeof d.version === 'number' &&
    typeof d.action === 'string' &&
    typeof d.form?.header === 'object' &&
    typeof d.form.lines === 'object' &&
    typeof d.base?.header === 'object'
  );
}

/** What was typed and never saved; undefined when there is none or it cannot be read. */
export function readDraft(store: DraftStore, key: string): Draft | undefined {
  try {
    const value: unknown = JSON.parse(store.getItem(key) ?? 'null');
    return isDraft(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what is being typed. When the store is full, the oldest drafts make room; false when even that was not enough. */
export function keepDraft(store: DraftStore, key: string, draft: Draft): boolean {
  const value = JSON.stringify(draft);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    try {
      store.setItem(key, value);
      return true;
    } catch {
      const oldest = otherDrafts(store, key)[0];
      if (!oldest) return false;
      store.removeItem(oldest.key);
    }
  }
  return false;
}

export const dropDraft = (store: DraftStore, key: string): void => store.removeItem(key);

/** Forgets drafts nobody came back to for thirty days. */
export function pruneDrafts(store: DraftStore, nowMs: number): void {
  for (const { key, savedAtMs } of otherDrafts(store, '')) {
    if (nowMs - savedAtMs > keepDays * 86_400_000) store.removeItem(key);
  }
}

function otherDrafts(store: DraftStore, except: string): readonly { key: string; savedAtMs: number }[] {
  return store
    .keys()
    .filter((key) => key.startsWith(prefix) && key !== except)
    .map((key) => ({ key, savedAtMs: readDraft(store, key)?.savedAtMs ?? 0 }))
    .sort((a, b) => a.savedAtMs - b.savedAtMs);
}
