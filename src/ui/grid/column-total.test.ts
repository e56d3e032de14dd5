import { describe, expect, test } from 'vitest';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { columnTotal, isSummed } from './column-total.ts';

const label = text('数', 'Figure');
const rows = (...values: unknown[]) => values.map((value, i) => ({ key: `r${i}`, values: { it: value } }));

describe('totals below the lines', () => {
  test('quantities and amounts are added up exactly', () => {
    expect(columnTotal({ name: 'it', field: field.quantity({ label }) }, rows('0.1', '0.2', null))).toBe('0.3');
    expect(columnTotal({ name: 'it', field: field.money({ label }) }, rows('99.90', '0.10'))).toBe('100.00');
  });

  test('unit prices, rates and counts of other things are not', () => {
    expect(isSummed(field.money({ label, scale: 6 }))).toBe(false);
    expect(isSummed(field.decimal({ label }))).toBe(false);
    expect(isSummed(field.integer({ label }))).toBe(false);
  });

  test('a cell that is wrong is left out, not counted', () => {
    expect(columnTotal({ name: 'it', field: field.quantity({ label }) }, rows('5', '-3', 'five', '1.1234567'))).toBe('5');
  });

  test('where every value is hidden or missing there is no total at all', () => {
    expect(columnTotal({ name: 'it', field: field.money({ label, optional: true }) }, rows(null, undefined))).toBeUndefined();
  });
});
