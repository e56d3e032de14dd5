import { expect, test } from 'vitest';
import { text } from '#kernel/i18n/text.ts';
import { decidesFor, neededIn, nextStep, type RequestStep } from './progress.ts';

const people = (...ids: string[]) => ids.map((id) => ({ id, name: id }));
const step = (mode: RequestStep['mode'], quorum: number | null, ...ids: string[]): RequestStep => ({
  name: text('审核', 'Review'),
  mode,
  needed: neededIn(mode, quorum, ids.length),
  approvers: people(...ids),
});

test.each([
  ['any', null, 3, 1],
  ['all', null, 3, 3],
  ['quorum', 2, 3, 2],
  ['quorum', 5, 3, 3],
] as const)('mode %s with quorum %s of %s people needs %s', (mode, quorum, count, needed) => {
  expect(neededIn(mode, quorum, count)).toBe(needed);
});

test('steps follow one another, and the last agreement ends the request', () => {
  const steps = [step('all', null, 'a', 'b'), step('any', null, 'c', 'd')];
  expect(nextStep(steps, 1, 1)).toBe(1);
  expect(nextStep(steps, 1, 2)).toBe(2);
  expect(nextStep(steps, 2, 1)).toBeUndefined();
});

test('a substitute decides for an approver who has not decided, a stranger for nobody', () => {
  const one = step('all', null, 'a', 'b');
  const substitutes = new Map([['a', ['s']]]);
  expect(decidesFor(one, 's', substitutes, new Set())).toBe('a');
  expect(decidesFor(one, 's', substitutes, new Set(['a']))).toBeUndefined();
  expect(decidesFor(one, 'x', substitutes, new Set())).toBeUndefined();
});
