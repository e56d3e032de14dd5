import { describe, expect, test } from 'vitest';
import { draftKey, dropDraft, keepDraft, pruneDrafts, readDraft, type Draft, type DraftStore } from './draft-keeper.ts';

function store(limit = Infinity): DraftStore & { readonly all: Map<string, string> } {
  const all = new Map<string, string>();
  const size = () => [...all.values()].reduce((sum, v) => sum + v.length, 0);
  return {
    all,
    getItem: (key) => all.get(key) ?? null,
    removeItem: (key) => void all.delete(key),
    keys: () => [...all.keys()],
    setItem: (key, value) => {
      if (size() - (all.get(key)?.length ?? 0) + value.length > limit) throw new Error('quota');
      all.set(key, value);
    },
  };
}

const form = { header: { note: 'half a sentence' }, lines: {} };
const draft = (savedAtMs: number): Draft => ({ version: 3, savedAtMs, form, base: { header: {}, lines: {} }, action: 'amend' });
const key = draftKey('usr_1', 'slip', null);

describe('what was typed', () => {
  test('is found again after a reload, by the same person and the same document only', () => {
    const s = store();
    expect(keepDraft(s, key, draft(1))).toBe(true);
    expect(readDraft(s, key)).toEqual(draft(1));
    expect(readDraft(s, draftKey('usr_2', 'slip', null))).toBeUndefined();
    expect(readDraft(s, draftKey('usr_1', 'slip', 'slp_1'))).toBeUndefined();
  });

  test('is forgotten once it was saved', () => {
    const s = store();
    keepDraft(s, key, draft(1));
    dropDraft(s, key);
    expect(readDraft(s, key)).toBeUndefined();
  });

  test('that cannot be read is no draft', () => {
    const s = store();
    for (const broken of ['{', '7', 'null', '{"version":1}']) {
      s.all.set(key, broken);
      expect(readDraft(s, key)).toBeUndefined();
    }
  });

  test('makes room by forgetting the oldest when the store is full', () => {
    const s = store(JSON.stringify(draft(1)).length * 2 + 10);
    keepDraft(s, draftKey('u', 'slip', 'old'), draft(1));
    keepDraft(s, draftKey('u', 'slip', 'newer'), draft(2));
    expect(keepDraft(s, key, draft(3))).toBe(true);
    expect(s.keys()).toEqual([draftKey('u', 'slip', 'newer'), key]);
  });

  test('is refused, not half kept, when nothing else can make room', () => {
    expect(keepDraft(store(10), key, draft(1))).toBe(false);
  });

  test('nobody came back to for thirty days is forgotten', () => {
    const s = store();
    const dayMs = 86_400_000;
    keepDraft(s, draftKey('u', 'slip', 'old'), draft(0));
    keepDraft(s, key, draft(20 * dayMs));
    s.all.set('other', 'stays');
    pruneDrafts(s, 31 * dayMs);
    expect(s.keys()).toEqual([key, 'other']);
  });
});
