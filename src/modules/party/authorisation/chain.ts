import { fill, text, type LocalText } from '#kernel/i18n/text.ts';
import { codeCovers } from '../scope/classification.ts';
import type { Coverage } from './authorisation.ts';

/** One letter on file, as the chain reads it. `to` is a party or one of our companies. */
export interface ChainLink {
  readonly id: string;
  readonly letterNo: string;
  readonly from: string;
  readonly to: string;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly isVerified: boolean;
  readonly mayPassOn: boolean;
  /** Empty: everywhere. */
  readonly regions: readonly string[];
  readonly products: readonly { readonly coverage: Coverage; readonly value: string | null }[];
}

export interface AuthorisedProduct {
  readonly code: string | null;
  readonly registrationNo: string | null;
  readonly code2017: string | null;
}

export interface ChainQuestion {
  /** Registrant the rights come from. */
  readonly holderId: string;
  /** Our company, or the party asked about. */
  readonly targetId: string;
  readonly product: AuthorisedProduct;
  /** Region of the sale; null: not asked. */
  readonly region: string | null;
  readonly day: string;
}

export interface CheckedLink {
  readonly link: ChainLink;
  /** Why it does not carry; empty where it does. */
  readonly problems: readonly LocalText[];
}

export interface ChainVerdict {
  readonly isUnbroken: boolean;
  /** The chain from the holder to the target; where broken, the one with the fewest problems. */
  readonly path: readonly CheckedLink[];
  readonly gaps: readonly LocalText[];
}

/** Longer chains are not a trade but a riddle; the bound also ends circles. */
const LINKS_MAX = 5;

const words = {
  none: text('没有从注册人到{target}的授权书', 'No letters lead from the holder to {target}'),
  target: text('目标单位', 'the grantee'),
  lapsed: text('授权书 {no} 已于 {day} 到期', 'Letter {no} expired on {day}'),
  notYet: text('授权书 {no} 自 {day} 起才生效', 'Letter {no} holds from {day} only'),
  unverified: text('授权书 {no} 尚未核验', 'Letter {no} is not verified yet'),
  product: text('授权书 {no} 不包含该产品', 'Letter {no} does not contain the product'),
  region: text('授权书 {no} 不包含该区域', 'Letter {no} does not contain the region'),
  noPass: text('授权书 {no} 不得转授权', 'Letter {no} may not be passed on'),
};

const names = (link: ChainLink, product: AuthorisedProduct): boolean =>
  link.products.some(({ coverage, value }) => {
    switch (coverage) {
      case 'everything':
        return true;
      case 'product':
        return value !== null && value === product.code;
      case 'registration':
        return value !== null && value === product.registrationNo;
      case 'category':
        return value !== null && product.code2017 !== null && codeCovers(value, product.code2017);
    }
  });

function problemsOf(link: ChainLink, question: ChainQuestion): LocalText[] {
  const { day, region, product, targetId } = question;
  const no = link.letterNo;
  return [
    ...(link.endsOn !== null && day > link.endsOn ? [fill(words.lapsed, { no, day: link.endsOn })] : []),
    ...(link.startsOn !== null && day < link.startsOn ? [fill(words.notYet, { no, day: link.startsOn })] : []),
    ...(link.isVerified ? [] : [fill(words.unverified, { no })]),
    ...(names(link, product) ? [] : [fill(words.product, { no })]),
    ...(region !== null && link.regions.length > 0 && !link.regions.includes(region) ? [fill(words.region, { no })] : []),
    ...(link.mayPassOn || link.to === targetId ? [] : [fill(words.noPass, { no })]),
  ];
}

/** All chains of at most LINKS_MAX letters from the holder to the target, without going in circles. */
function chains(question: ChainQuestion, links: readonly ChainLink[]): ChainLink[][] {
  const found: ChainLink[][] = [];
  let open: ChainLink[][] = links.filter((l) => l.from === question.holderId).map((l) => [l]);
  for (let depth = 1; depth <= LINKS_MAX && open.length > 0; depth += 1) {
    found.push(...open.filter((path) => path.at(-1)?.to === question.targetId));
    open = open
      .filter((path) => path.at(-1)?.to !== question.targetId)
      .flatMap((path) => {
        const seen = new Set([question.holderId, ...path.map((l) => l.to)]);
        return links.filter((l) => l.from === path.at(-1)?.to && !seen.has(l.to)).map((l) => [...path, l]);
      })
      .slice(0, 500);
  }
  return found;
}

/**
 * Whether letters lead without a gap from the holder to the target for a product, a region and a day: every link holds on the
 * day, names the product and the region, and may be passed on unless it is the last. The holder itself needs no letter.
 */
export function checkChain(question: ChainQuestion, links: readonly ChainLink[]): ChainVerdict {
  if (question.holderId === question.targetId) return { isUnbroken: true, path: [], gaps: [] };
  const checked = chains(question, links)
    .map((path) => path.map((link): CheckedLink => ({ link, problems: problemsOf(link, question) })))
    .toSorted((a, b) => a.flatMap((l) => l.problems).length - b.flatMap((l) => l.problems).length || a.length - b.length);
  const best = checked[0];
  if (!best) return { isUnbroken: false, path: [], gaps: [fill(words.none, { target: words.target })] };
  const gaps = best.flatMap((l) => l.problems);
  return { isUnbroken: gaps.length === 0, path: best, gaps };
}
