import { text } from '#kernel/i18n/text.ts';
import { refusalOf } from './fault-words.ts';
import { parseBracketed, parseElements, type Element, type Gs1Fault, GS } from './gs1-element-string.ts';
import { parseDigitalLink } from './gs1-digital-link.ts';
import { gs1Reading } from './gs1-reading.ts';
import { swapCase } from './keyboard.ts';
import { deservesAsking, readingsWithoutSeparator } from './lost-separator.ts';
import { ahmReading, gtinReading, hibcReading, isbtReading, maReading } from './other-readings.ts';
import { emptyReading, part, type Reading } from './reading.ts';
import { symbologyIdentifiers } from './scan-data.ts';

/** What one text can mean: usable readings, or the best reason why it has none. */
export interface Outcome {
  readonly readings: readonly Reading[];
  readonly failed: Reading | undefined;
}

const nothing: Outcome = { readings: [], failed: undefined };
const one = (reading: Reading | undefined): Outcome =>
  reading === undefined
    ? nothing
    : reading.problems.length === 0
      ? { readings: [reading], failed: undefined }
      : { readings: [], failed: reading };

const failedBy = (found: Gs1Fault, code: string, carrier: Reading['carrier'], symbology: string | null): Outcome => ({
  readings: [],
  failed: { ...emptyReading, carrier, agency: 'gs1', symbology, problems: [refusalOf(found, code)] },
});

/** The AIs a label begins with: without a symbology identifier, any text of digits could begin with another. */
const isLabelLike = (elements: readonly Element[], data: string): boolean =>
  elements.length > 1 ||
  data.includes(GS) ||
  ['00', '01', '02', '03', '10', '11', '13', '15', '17', '21', '253', '255', '414', '8003', '8004', '8006', '8017', '8018'].includes(
    elements[0]?.entry.ai ?? '',
  );

/** GS1 element string, also one whose separators were lost on the way. */
function elementString(data: string, symbology: string | null, today: string): Outcome {
  const body = data.replace(/^\u001d+/, '');
  const isSure = symbology !== null || body !== data;
  const strict = parseElements(body);
  const read = (elements: readonly Element[]): Reading => gs1Reading(elements, 'gs1', symbology, today);
  if (strict.ok) {
    if (!isSure && !isLabelLike(strict.value, body)) return nothing;
    const others = body.includes(GS)
      ? []
      : readingsWithoutSeparator(body, today).filter((o) => deservesAsking(strict.value, o, symbology !== null));
    return others.length === 0 ? one(read(strict.value)) : { readings: [strict.value, ...others].map(read), failed: undefined };
  }
  const others = readingsWithoutSeparator(body, today);
  const lost = text('补回了丢失的分隔符（GS）', 'A lost separator GS was put back');
  if (others.length > 0 && (isSure || isLabelLike(others[0] as Element[], body))) {
    return { readings: others.map((o) => ({ ...read(o), repairs: [lost] })), failed: undefined };
  }
  return isSure || /^(0[0-3]|1[0-7]|21)\d/.test(body) ? failedBy(strict.fault, data, 'gs1', symbology) : nothing;
}

const isoDate = /\((1[1-7])\)(\d{4})-(\d{2})(?:-(\d{2}))?(?=\(|$)/g;

/** Text in brackets as people copy it: spaces beside brackets, dates written out, brackets inside values. */
function bracketed(data: string, today: string): Outcome {
  const tight = data.replace(/\s+(?=\()|(?<=\))\s+|\s+$/g, '');
  const dated = tight.replace(isoDate, (_, ai: string, y: string, m: string, d?: string) => `(${ai})${y.slice(2)}${m}${d ?? '00'}`);
  // A bracket that opens no identifier belongs to the value.
  const escaped = dated.replace(/(?<!^)(?<!\\)\((?!\d{2,4}\))/g, '\\(');
  const parsed = parseBracketed(escaped);
  if (!parsed.ok) return failedBy(parsed.fault, data, 'gs1Text', null);
  const repairs = dated === tight ? [] : [text('日期已换为 YYMMDD', 'A date was turned into YYMMDD')];
  return one({ ...gs1Reading(parsed.value, 'gs1Text', null, today), repairs });
}

function webAddress(data: string, symbology: string | null, today: string): Outcome {
  const ma = maReading(data, symbology, today);
  if (ma) return one(ma);
  const link = parseDigitalLink(data, { permitsShortGtin: true, permitsWords: true });
  if (!link.ok) return failedBy(link.fault, data, 'gs1Link', symbology);
  const reading = gs1Reading(link.value.elements, 'gs1Link', symbology, today);
  const other = text('链接中的其他参数', 'Other part of the link');
  return one({ ...reading, parts: [...reading.parts, ...link.value.others.map((o) => part('?', other, o))] });
}

function plain(data: string, symbology: string | null, today: string): Outcome {
  if (data.startsWith('(')) return bracketed(data, today);
  if (/^https?:\/\//i.test(data)) return webAddress(data, symbology, today);
  if (data.startsWith('MA.')) return one(maReading(data, symbology, today));
  if (data.startsWith('+')) return one(hibcReading(data, symbology, today));
  if (/^[=&]/.test(data)) return one(isbtReading(data, symbology, today));
  const gtin = gtinReading(data, symbology);
  // Eight digits may be a short GTIN or a date with its identifier; longer GTINs are no element strings.
  const elements = gtin && data.length > 8 ? nothing : elementString(data, symbology, today);
  const readings = [...(gtin ? [gtin] : []), ...elements.readings];
  if (readings.length > 0) return { readings, failed: undefined };
  const ahm = ahmReading(data, symbology);
  return ahm ? one(ahm) : elements;
}

/** Every way to read a text that carries nothing but a code. */
export function readText(data: string, today: string): Outcome {
  const symbology = /^\][A-Za-z]\d/.test(data) ? data.slice(0, 3) : null;
  if (symbology === null) return plain(data, null, today);
  const body = data.slice(3);
  const known = symbologyIdentifiers[symbology];
  // In the other case it is a GS1 symbol: what comes behind it is not as it was printed either.
  if (!known && symbologyIdentifiers[swapCase(symbology)]?.isGs1) return nothing;
  if (known?.isGs1) return elementString(body, symbology, today);
  if (known?.symbology === 'EAN13' || known?.symbology === 'EAN8') return one(gtinReading(body, symbology));
  // Any other symbol carries plain data: HIBC, MA, links, and labels printed without FNC1.
  return plain(body, symbology, today);
}
