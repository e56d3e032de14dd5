import { expect, test } from 'vitest';
import { addDays, datePresets } from './date-presets.ts';

const rangeOf = (today: string, name: string) => datePresets(today).find((p) => p.name === name)?.range;

test('the week begins on Monday', () => {
  expect(rangeOf('2026-11-22', 'this-week')).toEqual(['2026-11-16', '2026-11-22']);
  expect(rangeOf('2026-11-23', 'this-week')).toEqual(['2026-11-23', '2026-11-29']);
});

test('months end on their own last day, in leap years too', () => {
  expect(rangeOf('2028-02-10', 'this-month')).toEqual(['2028-02-01', '2028-02-29']);
  expect(rangeOf('2026-01-10', 'last-month')).toEqual(['2025-12-01', '2025-12-31']);
});

test('days are counted across years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2000-03-01', -1)).toBe('2000-02-29');
  expect(rangeOf('2026-03-05', 'last-7-days')).toEqual(['2026-02-27', '2026-03-05']);
});
