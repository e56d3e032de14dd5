import { parseRegistrationNo } from '#modules/catalogue/index.ts';
import { addMonths } from './days.ts';
import { demoArticles } from './product-variants.ts';

const pad = (n: number): string => String(n).padStart(2, '0');

/** Ends that are shown to people who look for them: one lapsed, two about to. Months from today, day of the month. */
const specialEnds: Readonly<Record<string, readonly [number, number]>> = {
  国械注准20213130209: [-1, 20],
  国械注准20233030046: [1, 15],
  川械注准20222140073: [2, 28],
};

/** Five years each, renewed on time: the period that holds on a day, from the first year in the number. */
function periodOf(number: string, year: number, today: string): { validFrom: string; validTo: string } {
  const seed = Number(number.slice(-3));
  const day = `${pad((seed % 12) + 1)}-${pad((seed % 27) + 1)}`;
  const special = specialEnds[number];
  if (special) {
    const end = `${addMonths(today.slice(0, 7), special[0])}-${pad(special[1])}`;
    return { validFrom: `${Number(end.slice(0, 4)) - 5}${end.slice(4)}`, validTo: end };
  }
  let from = year;
  while (`${from + 5}-${day}` <= today) from += 5;
  // The last day is the one before the anniversary; a day always exists because none is later than the 27th.
  const last = (seed % 27) + 1 === 1 ? addMonths(`${from + 5}-${pad((seed % 12) + 1)}`, -1) : `${from + 5}-${pad((seed % 12) + 1)}`;
  return { validFrom: `${from}-${day}`, validTo: `${last}-${pad((seed % 27) + 1 === 1 ? 28 : seed % 27)}` };
}

/** One certificate or filing per number on the demo's articles, valid relative to the day the demo is loaded. */
export function demoRegistrations(today: string): readonly object[] {
  const byNumber = new Map(demoArticles.map((article) => [article.registrationNo, article]));
  return [...byNumber.values()].map((article) => {
    const parsed = parseRegistrationNo(article.registrationNo);
    const year = parsed.year ?? 2020;
    const isFiling = parsed.format === 'filing';
    const period = isFiling ? { validFrom: `${year}-06-18`, validTo: null } : periodOf(article.registrationNo, year, today);
    const isNational = article.registrationNo.startsWith('国');
    return {
      registrationNo: article.registrationNo,
      productName: article.nameZh,
      productNameEn: article.nameEn,
      deviceClass: article.deviceClass,
      classCode2017: article.classCode2017,
      classCode2002: article.classCode2002,
      holderName: article.registrantName,
      agentName: parsed.format === 'registration' && parsed.form === 'imported' ? '华衡医疗器械（上海）有限公司' : null,
      issuer: isNational ? '国家药品监督管理局' : isFiling ? '设区的市级药品监督管理部门' : '省级药品监督管理局',
      ...period,
    };
  });
}
