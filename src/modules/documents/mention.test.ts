import { describe, expect, test } from 'vitest';
import { matchingPeople, mentionAt } from './mention.ts';

const people = [{ name: '王建国' }, { name: '何志强' }, { name: '陈何' }, { name: 'Anna Ho' }];

describe('mentioning somebody', () => {
  test('what is typed after @ up to the caret is looked for', () => {
    expect(mentionAt('请 @何', 4)).toBe('何');
    expect(mentionAt('@', 1)).toBe('');
    expect(mentionAt('@何 和后面的字', 2)).toBe('何');
  });

  test('without an @ before the caret nobody is looked for', () => {
    expect(mentionAt('请看', 2)).toBeNull();
    expect(mentionAt('@何志强 请看', 7)).toBeNull();
    expect(mentionAt('请 @何', 1)).toBeNull();
  });

  test('only names that hold what was typed are offered, the ones beginning with it first', () => {
    expect(matchingPeople(people, '何').map((p) => p.name)).toEqual(['何志强', '陈何']);
    expect(matchingPeople(people, 'an').map((p) => p.name)).toEqual(['Anna Ho']);
    expect(matchingPeople(people, '李')).toEqual([]);
    expect(matchingPeople(people, '')).toHaveLength(4);
  });
});
