import { describe, expect, test } from 'vitest';
import { checkChain, type ChainLink, type ChainQuestion } from './chain.ts';

const link = (from: string, to: string, change: Partial<ChainLink> = {}): ChainLink => ({
  id: `${from}-${to}`,
  letterNo: `${from}→${to}`,
  from,
  to,
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  isVerified: true,
  mayPassOn: true,
  regions: [],
  products: [{ coverage: 'everything', value: null }],
  ...change,
});

const question: ChainQuestion = {
  holderId: 'holder',
  targetId: 'us',
  product: { code: 'STE-1', registrationNo: '国械注准20193130452', code2017: '13-07-01' },
  region: '31',
  day: '2026-11-20',
};
const ask = (links: readonly ChainLink[], change: Partial<ChainQuestion> = {}) => checkChain({ ...question, ...change }, links);
const gaps = (links: readonly ChainLink[], change: Partial<ChainQuestion> = {}): string[] => ask(links, change).gaps.map((g) => g.en);

describe('the chain from the holder to us', () => {
  test('holds when every letter does: directly, through a trader, or from the holder itself', () => {
    expect(ask([link('holder', 'us')]).isUnbroken).toBe(true);
    expect(ask([link('holder', 'trader'), link('trader', 'us')]).path.map((l) => l.link.letterNo)).toEqual(['holder→trader', 'trader→us']);
    expect(ask([], { targetId: 'holder' }).isUnbroken).toBe(true);
  });

  test('is refused where no letters lead to us', () => {
    expect(gaps([link('holder', 'trader'), link('other', 'us')])).toEqual(['No letters lead from the holder to the grantee']);
  });

  const broken: readonly [string, Partial<ChainLink>, string][] = [
    ['a letter that ran out', { endsOn: '2026-11-19' }, 'expired on 2026-11-19'],
    ['a letter that does not hold yet', { startsOn: '2026-11-21' }, 'holds from 2026-11-21 only'],
    ['a letter nobody verified', { isVerified: false }, 'is not verified yet'],
    ['a letter for other products', { products: [{ coverage: 'product', value: 'STE-2' }] }, 'does not contain the product'],
    [
      'a letter for another registration',
      { products: [{ coverage: 'registration', value: '国械注准20180000001' }] },
      'does not contain the product',
    ],
    ['a letter for another region', { regions: ['44'] }, 'does not contain the region'],
    ['a letter that may not be passed on', { mayPassOn: false }, 'may not be passed on'],
  ];
  test.each(broken)('is refused at %s', (_, change, words) => {
    const verdict = ask([link('holder', 'trader', change), link('trader', 'us')]);
    expect([verdict.isUnbroken, verdict.gaps.map((g) => g.en)]).toEqual([false, [expect.stringContaining(words)]]);
    expect(verdict.path[0]?.problems).toHaveLength(1);
  });

  const covering: readonly [string, ChainLink['products']][] = [
    ['its code', [{ coverage: 'product', value: 'STE-1' }]],
    ['its registration', [{ coverage: 'registration', value: '国械注准20193130452' }]],
    ['its category', [{ coverage: 'category', value: '13-07' }]],
  ];
  test.each(covering)('a product is named by %s', (_, products) => {
    expect(ask([link('holder', 'us', { products })]).isUnbroken).toBe(true);
  });

  test('the last letter need not be passed on; of two ways the unbroken one counts', () => {
    expect(ask([link('holder', 'us', { mayPassOn: false })]).isUnbroken).toBe(true);
    expect(ask([link('holder', 'us', { endsOn: '2026-01-31' }), link('holder', 'trader'), link('trader', 'us')]).path).toHaveLength(2);
  });

  test('circles and very long chains end', () => {
    expect(gaps([link('holder', 'a'), link('a', 'b'), link('b', 'a'), link('b', 'holder')])).toHaveLength(1);
    const long = ['holder', 'a', 'b', 'c', 'd', 'e', 'us'];
    expect(ask(long.slice(1).map((to, i) => link(long[i] ?? '', to))).isUnbroken).toBe(false);
  });
});
