import { gtinOf } from '#modules/catalogue/index.ts';
import { articleClassification, productFamilies } from './product-families.ts';
import { products, type DemoProduct } from './products.ts';

/** The range GS1 itself uses in examples: no article in trade carries a number of it. */
const DEMO_PREFIX = '9506000';

export interface DemoArticle extends DemoProduct {
  readonly classCode2017: string | null;
  readonly classCode2002: string | null;
  readonly isIvd: boolean;
  readonly isInterventional: boolean;
  readonly isSingleUse: boolean;
  readonly storageMinC: string;
  readonly storageMaxC: string;
  readonly lines: { readonly packages: readonly object[] };
}

/** Every combination of the values in braces, in the order they are written. */
function combinations(texts: readonly string[]): string[][] {
  const at = texts.findIndex((t) => t.includes('{'));
  if (at === -1) return [[...texts]];
  const [whole = '', list = ''] = /\{([^}]*)\}/u.exec(texts[at] ?? '') ?? [];
  const values = list.includes('  ')
    ? list
        .trim()
        .split(/\s{2,}/u)
        .map((v) => ` ${v}`)
    : list.split(' ');
  return values.flatMap((value) => combinations(texts.map((t, i) => (i === at ? t.replace(whole, value) : t))));
}

const climate = (range: string): Pick<DemoArticle, 'storageMinC' | 'storageMaxC'> => {
  const [storageMinC = '', storageMaxC = ''] = range.split('..');
  return { storageMinC, storageMaxC };
};

/** The sales unit and, where several go into a case, the case: the indicator digit makes it a number of its own. */
function packagesOf(item: number, unit: string, inCase: number): object[] {
  const body = `${DEMO_PREFIX}${String(50_000 + item)}`;
  const base = gtinOf(`0${body}`);
  const own = { level: 'base', unit, di: base, issuingAgency: 'gs1', quantityPerBase: '1', containedDi: null };
  const box = {
    level: 'case',
    unit: '箱',
    di: gtinOf(`1${body}`),
    issuingAgency: 'gs1',
    quantityPerBase: String(inCase),
    containedDi: base,
  };
  return inCase > 1 ? [own, box] : [own];
}

const classified = new Map(
  articleClassification
    .trim()
    .split('\n')
    .map((row) => [row.split('|')[0] ?? '', row.split('|')]),
);

function completed(product: DemoProduct, item: number): DemoArticle {
  const [, code2017 = '', code2002 = '', flags = '', range = '0..40'] = classified.get(product.code) ?? [];
  return {
    ...product,
    ...climate(range),
    classCode2017: code2017 || null,
    classCode2002: code2002 || null,
    isIvd: flags.includes('d'),
    isInterventional: flags.includes('v'),
    isSingleUse: flags.includes('u'),
    lines: { packages: packagesOf(item, product.baseUnit, product.deviceClass === 'I' || product.shelfLifeMonths === null ? 1 : 20) },
  };
}

function familyOf(row: string, from: number): DemoArticle[] {
  const cells = row.split('|');
  const [code = '', nameZh = '', nameEn = '', model = '', sizes = '', deviceClass = '', code2017 = '', code2002 = ''] = cells;
  const [
    registrationNo = '',
    registrantName = '',
    baseUnit = '',
    identifierPolicy = '',
    months = '',
    flags = '',
    storageCondition = '',
    range = '',
    inCase = '1',
  ] = cells.slice(8);
  return combinations([nameZh, model, sizes]).map(([name = '', kind = '', specification = ''], i) => ({
    code: `${code}-${String(i + 1).padStart(2, '0')}`,
    nameZh: name,
    nameEn,
    model: kind.trim(),
    specification: specification.trim(),
    deviceClass,
    registrationNo,
    registrantName,
    baseUnit,
    identifierPolicy,
    storageCondition,
    ...climate(range),
    classCode2017: code2017 || null,
    classCode2002: code2002 || null,
    isExpiryTracked: flags.includes('e'),
    shelfLifeMonths: months ? Number(months) : null,
    isImplant: flags.includes('i'),
    isInterventional: flags.includes('v'),
    isSterile: flags.includes('s'),
    isSingleUse: flags.includes('u'),
    isIvd: flags.includes('d'),
    isColdChain: flags.includes('c'),
    lines: { packages: packagesOf(from + i, baseUnit, Number(inCase)) },
  }));
}

function allArticles(): DemoArticle[] {
  const articles = products.map(completed);
  for (const row of productFamilies.trim().split('\n')) articles.push(...familyOf(row, articles.length));
  return articles;
}

/** The whole catalogue of the demo company, the same on every machine. */
export const demoArticles: readonly DemoArticle[] = allArticles();
