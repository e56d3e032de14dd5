import { expect, test } from 'vitest';
import { daysBetween, formatBytes, formatDate, formatDecimal, formatMoney, formatQuantity, formatRelative } from './format.ts';

test('an amount keeps every digit a float would lose', () => {
  expect(formatMoney('12345678901234.05', 'CNY', 'zh-CN')).toBe('¥12,345,678,901,234.05');
  expect(formatDecimal('99999999999999.123456', 'en')).toBe('99,999,999,999,999.123456');
});

test('a negative amount carries a true minus before the sign of its currency', () => {
  expect(formatMoney('-5.1', 'USD', 'en')).toBe('−$5.10');
  expect(formatMoney('800', 'JPY', 'en')).toBe('JP¥800');
  expect(formatMoney('12', 'CHF', 'en')).toBe('CHF 12.00');
});

test('a unit price keeps more places than its currency has', () => {
  expect(formatMoney('0.0375', 'CNY', 'zh-CN')).toBe('¥0.0375');
});

test('a quantity is shown without trailing zeros', () => {
  expect(formatQuantity('1200.000000', 'en')).toBe('1,200');
  expect(formatQuantity('-0.500000', 'zh-CN')).toBe('−0.5');
});

test('a calendar day is the same day in every time zone', () => {
  expect(formatDate('2026-11-02', 'zh-CN')).toBe('2026-11-02');
  expect(formatDate('2026-11-02', 'en')).toBe('2 Nov 2026');
});

test('relative time names the largest whole unit', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  expect(formatRelative('2026-11-22T09:57:00Z', now, 'en')).toBe('3 minutes ago');
  expect(formatRelative('2026-11-24T10:00:00Z', now, 'zh-CN')).toBe('后天');
  expect(formatRelative('2026-11-22T09:59:50Z', now, 'en')).toBe('just now');
});

test('days between counts whole days and signs them', () => {
  expect(daysBetween('2026-11-22', '2026-12-01')).toBe(9);
  expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
});

test('bytes are shown in the largest unit that keeps the number short', () => {
  expect(formatBytes(999, 'en')).toBe('999 B');
  expect(formatBytes(2_400_000, 'en')).toBe('2.4 MB');
});
