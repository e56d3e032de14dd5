import { expect, test } from 'vitest';
import { isGtin } from '../identification/check-digits.ts';
import { gtinOf, normalDi } from './device-identifier.ts';

test('a GTIN has 8, 12, 13 or 14 digits and a right check digit', () => {
  for (const good of ['09506000134352', '9506000134352', '00844588018923', '06972253600013', '96385074', '614141000036']) {
    expect([good, isGtin(good)]).toEqual([good, true]);
  }
  for (const bad of ['09506000134353', '0950600013435', '12345', 'A9506000134352', '']) expect([bad, isGtin(bad)]).toEqual([bad, false]);
});

test('GTINs of every length are one number, other identifiers stay as they are', () => {
  expect(normalDi('9506000134352')).toBe('09506000134352');
  expect(normalDi('9506000134352', 'gs1')).toBe('09506000134352');
  expect(normalDi('9506000134352', 'ahm')).toBe('9506000134352');
  expect(normalDi('+B066000325011NS1')).toBe('+B066000325011NS1');
});

test('the check digit can be worked out', () => {
  expect(gtinOf('0950600013435')).toBe('09506000134352');
});
