import { describe, expect, test } from 'vitest';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { text } from '#kernel/i18n/text.ts';
import { knownActionWord } from './action-words.ts';

const d = { actions: { post: { label: text('过账', 'Post') }, comment: { label: text('批注', 'Annotate') } } } as unknown as AnyDefinition;

describe('words for what happened', () => {
  test('an action of the kind is called as its definition calls it', () => {
    expect(knownActionWord('post', d)?.zh).toBe('过账');
    expect(knownActionWord('comment', d)?.en).toBe('Annotate');
  });

  test.each(['approve-step', 'reject-approval', 'withdraw-approval', 'take-in-force', 'request-post', 'request-vanished'])(
    '%s has a word in both languages',
    (action) => {
      const word = knownActionWord(action, d);
      expect(word?.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(word?.en).not.toContain('-');
    },
  );

  test('what only one part of the product knows is left to it', () => {
    expect(knownActionWord('sign-in', undefined)).toBeUndefined();
  });
});
