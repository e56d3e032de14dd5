import type { Refusal } from '#kernel/command/refusal.ts';
import { type LocalText, text } from '#kernel/i18n/text.ts';
import type { PrintedDate } from './calendar.ts';
import { buildElementString } from './gs1-element-string.ts';
import { elementsOf, judgeTogether } from './gs1-reading.ts';
import { emptyReading, type Identification, type IdentifyOptions, type ReadPart, type Reading, sayDate } from './reading.ts';
import { dateWarnings } from './reading-warnings.ts';
import { agenciesDiffer, manyReadings, saidTwice } from './refusals.ts';

const words = {
  di: text('产品标识', 'The device identifier'),
  lotNo: text('批号', 'The lot'),
  serialNo: text('序列号', 'The serial number'),
  quantity: text('数量', 'The quantity'),
  expiry: text('有效期至', 'The expiry date'),
  production: text('生产日期', 'The production date'),
  link: text('链接字符', 'The link character'),
} as const;

interface Joined<T> {
  readonly value: T | null;
  readonly refusal?: Refusal;
}

const joinText = (label: LocalText, first: string | null, second: string | null): Joined<string> =>
  first !== null && second !== null && first !== second
    ? { value: first, refusal: saidTwice({ label, first, second }) }
    : { value: first ?? second };

/** A month agrees with every day in it; the day then says more. */
function joinDate(label: LocalText, first: PrintedDate | null, second: PrintedDate | null): Joined<PrintedDate> {
  if (!first || !second) return { value: first ?? second };
  const isSameMonth = first.date.slice(0, 7) === second.date.slice(0, 7);
  if (isSameMonth && first.precision !== second.precision) return { value: first.precision === 'day' ? first : second };
  if (first.date === second.date) return { value: first.time === undefined ? second : first };
  return { value: first, refusal: saidTwice({ label, first: sayDate(first), second: sayDate(second) }) };
}

const partOf = (reading: Reading, id: string): string | undefined => reading.parts.find((p) => p.id === id)?.value;

/** A HIBC secondary code names its primary one by that one's check character. */
function linkRefusal(first: Reading, second: Reading): Refusal[] {
  const [primary, secondary] = partOf(first, 'link') === undefined ? [first, second] : [second, first];
  const link = partOf(secondary, 'link');
  const check = primary.di === null ? undefined : partOf(primary, 'check');
  if (link === undefined || check === undefined || partOf(primary, 'link') !== undefined || link === check) return [];
  return [saidTwice({ label: words.link, first: check, second: link })];
}

const isSamePart = (a: ReadPart, b: ReadPart): boolean => a.id === b.id && a.value === b.value;
const yymmdd = new Set(['11', '12', '13', '15', '16', '17']);
/** A date whose day another label of the same thing says. */
const isCoarser = (a: ReadPart, b: ReadPart): boolean =>
  yymmdd.has(a.id) && a.id === b.id && a.value.endsWith('00') && !b.value.endsWith('00') && a.value.slice(0, 4) === b.value.slice(0, 4);

function togetherParts(first: readonly ReadPart[], second: readonly ReadPart[]): ReadPart[] {
  const all = [...first, ...second.filter((p) => !first.some((q) => isSamePart(p, q)))];
  return all.filter((p) => !all.some((q) => isCoarser(p, q)));
}

const gs1Carriers = new Set(['gs1', 'gs1Text', 'gs1Link', 'gtin']);

/** GS1 labels are judged together, by all their elements; a plain GTIN counts as identifier 01. */
function judged(first: Reading, second: Reading, parts: readonly ReadPart[], di: string | null) {
  const isGs1 = gs1Carriers.has(first.carrier) && gs1Carriers.has(second.carrier);
  if (!isGs1) return { problems: [], warnings: [], canonical: null };
  const named = parts.map((p) => (p.id.startsWith('GTIN-') && di !== null ? { ...p, id: '01', value: di } : p));
  const elements = elementsOf(named.filter((p, i) => named.findIndex((q) => q.id === p.id && q.value === p.value) === i));
  const canonical = buildElementString(elements);
  return { ...judgeTogether(elements, canonical), canonical };
}

const isMissingCompanion = (refusal: Refusal): boolean => refusal.code === 'catalogue/identifier-needs-companion';
const isDate = (refusal: Refusal): boolean => ['catalogue/date-suspicious', 'catalogue/expiry-before-production'].includes(refusal.code);
const distinct = (refusals: readonly Refusal[]): Refusal[] =>
  refusals.filter((r, i) => refusals.findIndex((other) => other.code === r.code && other.text.en === r.text.en) === i);

/** Two readings of labels on one thing as one; contradictions are told, the first value stays. */
function joinReadings(first: Reading, second: Reading, today: string): Reading {
  const di = joinText(words.di, first.di, second.di);
  const lotNo = joinText(words.lotNo, first.lotNo, second.lotNo);
  const serialNo = joinText(words.serialNo, first.serialNo, second.serialNo);
  const quantity = joinText(words.quantity, first.quantity, second.quantity);
  const expiry = joinDate(words.expiry, first.expiry, second.expiry);
  const production = joinDate(words.production, first.production, second.production);
  const isForeign = first.agency !== null && second.agency !== null && first.agency !== second.agency;
  const said = isForeign ? [agenciesDiffer({})] : [di, lotNo, serialNo, quantity, expiry, production].flatMap((j) => j.refusal ?? []);
  const parts = togetherParts(first.parts, second.parts);
  const together = judged(first, second, parts, di.value);
  const problems = distinct([...first.problems, ...second.problems, ...said, ...linkRefusal(first, second)]);
  const own = [...first.warnings, ...second.warnings].filter((w) => !isDate(w) && (together.canonical === null || !isMissingCompanion(w)));
  const dates = { expiry: expiry.value, production: production.value };
  return {
    ...emptyReading,
    carrier: first.carrier === 'unknown' || first.carrier === 'gtin' ? second.carrier : first.carrier,
    agency: first.agency ?? second.agency,
    symbology: first.symbology ?? second.symbology,
    ...dates,
    di: di.value,
    lotNo: lotNo.value,
    serialNo: serialNo.value,
    quantity: quantity.value,
    parts,
    canonical: together.canonical,
    repairs: [...new Set([...first.repairs, ...second.repairs])],
    // The same contradiction in the words of the fields says more than in those of the standard.
    problems: problems.length > 0 ? problems : distinct(together.problems),
    warnings: distinct([...own, ...together.warnings, ...dateWarnings(dates, today)]),
  };
}

const waysOf = (identification: Identification): readonly Reading[] =>
  identification.choices.length > 0 ? identification.choices : [identification];

/**
 * One more label of the same thing. Identifier and production data may be on separate labels in any order; the same label again changes
 * nothing. Where one label can be read in several ways, the other may settle it.
 */
export function accumulate(previous: Identification, next: Identification, options: IdentifyOptions): Identification {
  const raw = [...previous.raw, ...next.raw.filter((r) => !previous.raw.includes(r))];
  if (raw.length === previous.raw.length) return previous;
  const ways = waysOf(previous).flatMap((a) => waysOf(next).map((b) => joinReadings(a, b, options.today)));
  const fitting = ways.filter((w) => w.problems.length === 0);
  const [only] = fitting.length > 0 ? fitting : ways;
  if (fitting.length <= 1 && only) return { ...only, raw, choices: [] };
  return {
    ...emptyReading,
    carrier: previous.carrier,
    agency: previous.agency,
    raw,
    choices: fitting,
    problems: [manyReadings({ count: fitting.length })],
  };
}
