import { expect, test } from 'vitest';
import { isGtin, registrationFindings } from '#modules/catalogue/index.ts';
import { demoArticles } from './product-variants.ts';
import { demoRegistrations } from './registrations.ts';

test('the demo trades about four hundred articles of every class, each with identifiers of its own', () => {
  expect(demoArticles.length).toBeGreaterThanOrEqual(400);
  expect(new Set(demoArticles.map((a) => a.code)).size).toBe(demoArticles.length);
  const dis = demoArticles.flatMap((a) => a.lines.packages.map((p) => (p as { di: string }).di));
  expect(new Set(dis).size).toBe(dis.length);
  expect(dis.filter((di) => !isGtin(di))).toEqual([]);
  expect(new Set(demoArticles.map((a) => a.deviceClass))).toEqual(new Set(['I', 'II', 'III']));
  expect(
    demoArticles.some((a) => a.isIvd && a.isColdChain) && demoArticles.some((a) => a.isImplant && a.identifierPolicy === 'serial'),
  ).toBe(true);
});

test('numbers and class codes of the demo fit together', () => {
  const odd = demoArticles.filter((a) => registrationFindings(a.registrationNo, a).length > 0).map((a) => [a.code, a.registrationNo]);
  expect(odd).toEqual([]);
});

test('most registrations hold today, one has lapsed and two end within three months, on any day the demo is loaded', () => {
  for (const today of ['2026-11-20', '2027-03-31', '2028-02-29']) {
    const ends = demoRegistrations(today).map((r) => (r as { validTo: string | null }).validTo);
    const soon = `${today.slice(0, 5)}${String(Number(today.slice(5, 7)) + 1).padStart(2, '0')}`;
    expect([today, soon.length, ends.filter((end) => end !== null && end < today).length]).toEqual([today, 7, 1]);
    expect(demoRegistrations(today).every((r) => (r as { validFrom: string }).validFrom <= today)).toBe(true);
  }
});
