import { expect, test } from 'vitest';
import { takeKey, wedgeStart, type WedgeKey } from './wedge.ts';

const press = (keys: readonly string[], gapMs: number, ctrl: ReadonlySet<string> = new Set()) => {
  let state = wedgeStart;
  const steps = keys.map((key, at) => {
    const pressed: WedgeKey = { key, isCtrl: ctrl.has(key), atMs: 1000 + at * gapMs };
    const step = takeKey(state, pressed);
    state = step.state;
    return step;
  });
  return { code: steps.at(-1)?.code ?? null, swallowed: steps.filter((s) => s.isSwallowed).length };
};

test('keys within milliseconds that end with Enter are one scan', () => {
  expect(press([...'0106901234', 'Enter'], 8).code).toBe('0106901234');
});

test('the same keys at a person’s pace are no scan', () => {
  expect(press([...'0106901234', 'Enter'], 120)).toEqual({ code: null, swallowed: 0 });
});

test('three quick keys are no scan: nobody prints a code that short', () => {
  expect(press([...'abc', 'Enter'], 8).code).toBeNull();
});

test('the group separator of a GS1 code is kept, however the scanner sends it', () => {
  expect(press([...'10LOT1', 'F8', ...'17', 'Enter'], 8).code).toBe('10LOT1\u001d17');
  expect(press([...'10LOT1', ']', ...'17', 'Enter'], 8, new Set([']'])).code).toBe('10LOT1\u001d17');
});

test('Shift between the letters does not break a scan', () => {
  expect(press(['Shift', 'A', 'Shift', 'B', 'C', 'D', 'Enter'], 8).code).toBe('ABCD');
});

test('shortcuts of the page do not hear the letters of a scan', () => {
  expect(press([...'ghgh', 'Enter'], 8).swallowed).toBe(4);
});
