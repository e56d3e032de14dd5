import { fill, text, type LocalText } from '#kernel/i18n/text.ts';
import {
  catalogues,
  codeCovers,
  IVD_CODE,
  namesOf,
  permitClasses,
  tradeModes,
  WHOLE_CATALOGUE,
  type Catalogue,
  type LicensedMode,
  type PermitClass,
  type ScopedProduct,
  type TradeMode,
} from './classification.ts';

/** One line of the scope printed on a permit. */
export interface ScopeRow {
  readonly lineNo: number;
  readonly catalogue: Catalogue;
  /** Group, chapter or level; `*` for the whole catalogue. */
  readonly code: string;
  readonly deviceClass: PermitClass;
  /** False for “…除外”. */
  readonly isIncluded: boolean;
  readonly note: string | null;
}

/** Quality's written decision that a permit covers a code of the other catalogue; who and when stand in the permit's versions. */
export interface Determination {
  readonly lineNo: number;
  readonly catalogue: '2002' | '2017';
  readonly code: string;
  readonly deviceClass: PermitClass;
  readonly evidence: string;
}

/** A licence (class III) or filing (class II) to trade, as it is on file. */
export interface TradingPermit {
  readonly id: string;
  readonly kind: 'tradingLicence' | 'tradingFiling';
  readonly licenceNo: string;
  readonly startsOn: string | null;
  /** Last day it holds; null where it has no end. */
  readonly endsOn: string | null;
  readonly isVerified: boolean;
  readonly businessMode: LicensedMode | null;
  /** Regions it is limited to (state licences abroad); empty: everywhere. */
  readonly regions: readonly string[];
  readonly rows: readonly ScopeRow[];
  readonly determinations: readonly Determination[];
}

export interface ScopeQuestion {
  readonly product: ScopedProduct;
  readonly permits: readonly TradingPermit[];
  /** The day of the act, `YYYY-MM-DD`, local. */
  readonly day: string;
  /** The kind of sale the permit must allow; null where the permit's holder only buys. */
  readonly mode: TradeMode | null;
  /** Region of the act, checked against permits that are limited to some; null: not asked. */
  readonly region: string | null;
}

export interface MatchedRow {
  readonly permitId: string;
  readonly licenceNo: string;
  readonly lineNo: number;
  readonly catalogue: Catalogue;
  readonly code: string;
  readonly isIncluded: boolean;
  readonly isDetermination: boolean;
}

/** What is missing on the permits, as it would have to be printed. */
export interface MissingScope {
  readonly deviceClass: PermitClass;
  readonly names: readonly { readonly catalogue: Catalogue; readonly code: string }[];
}

export interface ScopeVerdict {
  readonly isCovered: boolean;
  /** Rule the answer rests on. */
  readonly rule: string;
  readonly reasons: readonly LocalText[];
  readonly missing: MissingScope | null;
  readonly wayOut: LocalText | null;
  readonly matched: readonly MatchedRow[];
}

/** Kept with every verdict, so that an old answer can be read by the rules of its day. */
export const SCOPE_RULES_VERSION = 'scope-1';

const words = {
  classOne: text('第一类医疗器械，经营不需许可和备案', 'Class I: trading it needs neither licence nor filing'),
  exempt: text('列入免于经营备案的第二类医疗器械目录', 'Class II on the list that is exempt from filing'),
  covered: text('{no} 的经营范围「{row}」覆盖本产品', '{no} covers it by “{row}”'),
  determined: text('质量部门认定 {no} 覆盖 {code}：{evidence}', 'Quality determined that {no} covers {code}: {evidence}'),
  excluded: text('{no} 的经营范围写明「{row}」除外', '{no} excludes “{row}”'),
  noPermit: text('档案中没有{kind}', 'There is no {kind} on file'),
  notYet: text('{no} 自 {day} 起才生效', '{no} holds from {day} only'),
  lapsed: text('{no} 已于 {day} 到期', '{no} expired on {day}'),
  unverified: text('{no} 尚未经质量人员核验', '{no} is not verified by quality yet'),
  wrongMode: text('{no} 的经营方式为「{has}」，不含「{needs}」', '{no} allows {has}, not {needs}'),
  wrongRegion: text('{no} 不适用于该地区', '{no} does not hold in this region'),
  noRow: text('{no} 的经营范围不含 {names}（{class}）', '{no} does not name {names} ({class})'),
  otherCatalogue: text(
    '{no} 只按{has}列明范围，而本产品只有{needs}的编码；两版目录没有官方对应关系，系统不作推断',
    '{no} names its scope by the {has} only, the product has a code of the {needs} only; there is no official mapping and none is guessed',
  ),
  instrumentsOnly: text('{no} 列明的 6840 不含体外诊断试剂', '{no} names 6840 for instruments, not for reagents'),
  noCode: text('产品没有分类编码', 'The product has no classification code'),
  wayDetermine: text(
    '请质量人员依据证据在许可证上登记范围认定，或由持证方变更经营范围。',
    'Let quality record a determination with its evidence on the permit, or have the holder extend the scope.',
  ),
  wayExtend: text(
    '由持证方向发证机关申请增加 {names}（{class}），换证后登记并核验。',
    'The holder applies for {names} ({class}); record and verify the new permit.',
  ),
  wayRenew: text('取得并登记有效的{kind}，由质量人员核验。', 'Obtain a valid {kind}, record it and let quality verify it.'),
  wayCode: text('在产品档案中补充分类编码。', 'Give the product its classification code.'),
};

export const permitKindWords = {
  tradingLicence: text('医疗器械经营许可证', 'licence to trade class III devices'),
  tradingFiling: text('第二类医疗器械经营备案凭证', 'filing to trade class II devices'),
} as const;

const join = (parts: readonly LocalText[]): LocalText => ({ zh: parts.map((p) => p.zh).join('、'), en: parts.map((p) => p.en).join(', ') });

const codeWords = (catalogue: Catalogue, code: string): LocalText => {
  const label = catalogues[catalogue];
  if (code === WHOLE_CATALOGUE) return { zh: `${label.zh}全部`, en: `all of the ${label.en}` };
  return catalogue === 'ivd'
    ? { zh: `${code} 体外诊断试剂`, en: `${code} IVD reagents` }
    : { zh: `${code}（${label.zh}）`, en: `${code} (${label.en})` };
};

const namesWords = (names: MissingScope['names']): LocalText => join(names.map((n) => codeWords(n.catalogue, n.code)));

/** Class III rows count on licences only; class II also where a licence prints both (integrated certificates). */
const canPermit = (permit: TradingPermit, deviceClass: PermitClass): boolean => permit.kind === 'tradingLicence' || deviceClass === 'II';

/** Why a permit says nothing on this day, whatever its rows are; undefined where it holds. */
function whySilent(permit: TradingPermit, question: ScopeQuestion): LocalText | undefined {
  const no = permit.licenceNo;
  const { day, mode, region } = question;
  if (permit.endsOn !== null && day > permit.endsOn) return fill(words.lapsed, { no, day: permit.endsOn });
  if (permit.startsOn !== null && day < permit.startsOn) return fill(words.notYet, { no, day: permit.startsOn });
  if (!permit.isVerified) return fill(words.unverified, { no });
  if (mode !== null && permit.businessMode !== null && permit.businessMode !== 'both' && permit.businessMode !== mode) {
    return fill(words.wrongMode, { no, has: tradeModes[permit.businessMode], needs: tradeModes[mode] });
  }
  if (region !== null && permit.regions.length > 0 && !permit.regions.includes(region)) return fill(words.wrongRegion, { no });
  return undefined;
}

const matchedRow = (
  permit: TradingPermit,
  row: { lineNo: number; catalogue: Catalogue; code: string },
  isIncluded: boolean,
  isDetermination = false,
): MatchedRow => ({
  permitId: permit.id,
  licenceNo: permit.licenceNo,
  lineNo: row.lineNo,
  catalogue: row.catalogue,
  code: row.code,
  isIncluded,
  isDetermination,
});

interface PermitAnswer {
  readonly isCovering: boolean;
  readonly reasons: readonly LocalText[];
  readonly matched: readonly MatchedRow[];
  readonly needsDetermination: boolean;
}

/** What one permit that holds on the day says about the product. */
function readPermit(permit: TradingPermit, product: ScopedProduct, deviceClass: PermitClass): PermitAnswer {
  const no = permit.licenceNo;
  const names = namesOf(product);
  // An exclusion inside the product's own, coarser code may concern it: it counts against.
  const concerns = (row: ScopeRow, code: string): boolean => codeCovers(row.code, code) || (!row.isIncluded && codeCovers(code, row.code));
  const hits = permit.rows.filter(
    (row) => row.deviceClass === deviceClass && names.some((n) => n.catalogue === row.catalogue && concerns(row, n.code)),
  );
  const excluding = hits.filter((row) => !row.isIncluded);
  if (excluding.length > 0) {
    const reasons = excluding.map((row) => fill(words.excluded, { no, row: codeWords(row.catalogue, row.code) }));
    return { isCovering: false, reasons, matched: excluding.map((row) => matchedRow(permit, row, false)), needsDetermination: false };
  }
  const including = hits.filter((row) => row.isIncluded);
  const determined = permit.determinations.filter(
    (d) => d.deviceClass === deviceClass && names.some((n) => n.catalogue === d.catalogue && codeCovers(d.code, n.code)),
  );
  if (including.length + determined.length > 0) {
    return {
      isCovering: true,
      needsDetermination: false,
      reasons: [
        ...including.map((row) => fill(words.covered, { no, row: codeWords(row.catalogue, row.code) })),
        ...determined.map((d) => fill(words.determined, { no, code: codeWords(d.catalogue, d.code), evidence: d.evidence })),
      ],
      matched: [...including.map((row) => matchedRow(permit, row, true)), ...determined.map((d) => matchedRow(permit, d, true, true))],
    };
  }
  return { isCovering: false, matched: [], ...whyUnnamed(permit, product, deviceClass, names) };
}

/** A permit that holds but does not name the product: the wrong catalogue, instruments instead of reagents, or simply another scope. */
function whyUnnamed(permit: TradingPermit, product: ScopedProduct, deviceClass: PermitClass, names: MissingScope['names']) {
  const no = permit.licenceNo;
  const rows = permit.rows.filter((row) => row.isIncluded && row.deviceClass === deviceClass);
  if (product.isIvdReagent) {
    const namesInstruments = rows.some((row) => row.catalogue === '2002' && codeCovers(row.code, IVD_CODE));
    if (namesInstruments) return { reasons: [fill(words.instrumentsOnly, { no })], needsDetermination: false };
  } else {
    const printed = [...new Set(rows.map((row) => row.catalogue))].filter((c) => c !== 'ivd');
    const isAcross = printed.length > 0 && names.length > 0 && names.every((n) => !printed.includes(n.catalogue as '2002' | '2017'));
    if (isAcross) {
      const needs = join([...new Set(names.map((n) => n.catalogue))].map((c) => catalogues[c]));
      return {
        reasons: [fill(words.otherCatalogue, { no, has: join(printed.map((c) => catalogues[c])), needs })],
        needsDetermination: true,
      };
    }
  }
  return { reasons: [fill(words.noRow, { no, names: namesWords(names), class: permitClasses[deviceClass] })], needsDetermination: false };
}

/**
 * Whether permits cover a product on a day (domain rules ): some include row of the product's class matches by
 * prefix in a catalogue in which the product has a code, no exclude row does, the day lies within the permit's term and the permit allows
 * the kind of sale. IVD reagents match reagent rows only. Across catalogues nothing is guessed: quality records a determination.
 */
export function checkScope(question: ScopeQuestion): ScopeVerdict {
  const { product, permits } = question;
  const { deviceClass } = product;
  const free = (reason: LocalText, rule: string): ScopeVerdict => ({
    isCovered: true,
    rule,
    reasons: [reason],
    missing: null,
    wayOut: null,
    matched: [],
  });
  if (deviceClass === 'I') return free(words.classOne, 'O54 4');
  if (deviceClass === 'II' && product.isFilingExempt) return free(words.exempt, 'O54 4');
  const names = namesOf(product);
  const kind = permitKindWords[deviceClass === 'III' ? 'tradingLicence' : 'tradingFiling'];
  const missing: MissingScope = { deviceClass, names };
  const no = (reasons: readonly LocalText[], wayOut: LocalText, rule: string, matched: readonly MatchedRow[] = []): ScopeVerdict => ({
    isCovered: false,
    rule,
    reasons,
    missing,
    wayOut,
    matched,
  });
  if (names.length === 0) return no([words.noCode], words.wayCode, 'O54 14');
  const fitting = permits.filter((permit) => canPermit(permit, deviceClass));
  if (fitting.length === 0) return no([fill(words.noPermit, { kind })], fill(words.wayRenew, { kind }), 'O54 4');
  const silent = fitting.flatMap((permit) => whySilent(permit, question) ?? []);
  const answers = fitting.filter((permit) => !whySilent(permit, question)).map((permit) => readPermit(permit, product, deviceClass));
  const covering = answers.filter((a) => a.isCovering);
  if (covering.length > 0) {
    const matched = covering.flatMap((a) => a.matched);
    return { isCovered: true, rule: 'O54 14', reasons: covering.flatMap((a) => a.reasons), missing: null, wayOut: null, matched };
  }
  if (answers.length === 0) return no(silent, fill(words.wayRenew, { kind }), 'O54 14');
  const needsDetermination = answers.some((a) => a.needsDetermination);
  const wayOut = needsDetermination
    ? words.wayDetermine
    : fill(words.wayExtend, { names: namesWords(names), class: permitClasses[deviceClass] });
  return no(
    [...answers.flatMap((a) => a.reasons), ...silent],
    wayOut,
    needsDetermination ? 'R-009' : 'O54 14',
    answers.flatMap((a) => a.matched),
  );
}
