import { type ApplicationIdentifier, applicationIdentifiers } from './gs1-grammar.ts';
import { bad, checkValue, type Element, good, type Parsed } from './gs1-element-string.ts';

/** Where links lead when no domain is chosen; the form that events are hashed in. */
export const CANONICAL_STEM = 'https://id.gs1.org';

/** Words instead of numbers in links of the first edition. */
const words: Readonly<Record<string, string>> = {
  cpid: '8010',
  cpsn: '8011',
  cpv: '22',
  gcn: '255',
  gdti: '253',
  giai: '8004',
  ginc: '401',
  gln: '414',
  glnx: '254',
  gmn: '8013',
  grai: '8003',
  gsin: '402',
  gsrn: '8018',
  gsrnp: '8017',
  gtin: '01',
  itip: '8006',
  lot: '10',
  party: '417',
  refno: '8020',
  ser: '21',
  srin: '8019',
  sscc: '00',
};

export interface LinkOptions {
  /** GTINs of 8, 12 and 13 digits in the path, as older links have them. */
  readonly permitsShortGtin?: boolean;
  /** `gtin`, `lot`, `ser` … instead of numbers. */
  readonly permitsWords?: boolean;
}

export interface DigitalLink {
  readonly elements: readonly Element[];
  /** Everything before the key, e.g. `https://id.gs1.org`. */
  readonly stem: string;
  /** Query parts that are no identifiers, as written. */
  readonly others: readonly string[];
}

/** Decodes `%XX` once; in a query `+` is a space. A NUL is illegal and gives nothing. */
export function unescapeUri(value: string, isQuery: boolean): string {
  if (/%00/.test(value)) return '';
  return (isQuery ? value.replaceAll('+', ' ') : value).replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

/** Encodes everything but letters, digits and `-._~`; a space of a query as `+`. */
export const escapeUri = (value: string, isQuery: boolean): string =>
  value.replace(/[^A-Za-z0-9\-._~]/g, (sign) => {
    if (sign === ' ' && isQuery) return '+';
    const code = sign.charCodeAt(0);
    return code < 256
      ? `%${code.toString(16).toUpperCase().padStart(2, '0')}`
      : encodeURIComponent(/[\ud800-\udfff]/.test(sign) ? '\ufffd' : sign);
  });

const isPrefixOfPath = (qualifiers: readonly string[], given: readonly string[]): boolean => {
  let at = 0;
  for (const qualifier of qualifiers) if (given[at] === qualifier) at += 1;
  return at === given.length;
};

/** Whether these AIs may follow each other in the path: a key, then some of its qualifiers in their order. */
const isPathSequence = (ais: readonly string[]): boolean =>
  applicationIdentifiers.get(ais[0] ?? '')?.linkQualifiers?.some((way) => isPrefixOfPath(way, ais.slice(1))) ?? false;

const padGtin = (ai: string, value: string, isPermitted: boolean): string =>
  isPermitted && ai === '01' && [8, 12, 13].includes(value.length) ? value.padStart(14, '0') : value;

const linkFault = (value?: string, ai?: string): Parsed<never> => bad({ code: 'link', value, ai });

function entryOf(segment: string, options: LinkOptions): ApplicationIdentifier | undefined {
  return applicationIdentifiers.get((options.permitsWords ? words[segment] : undefined) ?? segment);
}

/** Index of the segment that is the key: the rightmost one from which the rest of the path is AI/value pairs. */
function keyIndex(segments: readonly string[], options: LinkOptions): number {
  for (let at = segments.length - 2; at >= 1; at -= 2) {
    const entry = entryOf(segments[at] as string, options);
    if (!entry) return -1;
    if (entry.linkQualifiers) return at;
  }
  return -1;
}

function pathElements(segments: readonly string[], options: LinkOptions): Parsed<readonly Element[]> {
  const elements: Element[] = [];
  for (let at = 0; at < segments.length; at += 2) {
    const entry = entryOf(segments[at] as string, options) as ApplicationIdentifier;
    const value = unescapeUri(segments[at + 1] as string, false);
    const element = checkValue(entry, padGtin(entry.ai, value, options.permitsShortGtin ?? false));
    if (!element.ok) return element;
    elements.push(element.value);
  }
  return isPathSequence(elements.map((e) => e.entry.ai)) ? good(elements) : linkFault(segments.join('/'));
}

function queryElements(query: string): Parsed<{ elements: readonly Element[]; others: readonly string[] }> {
  const elements: Element[] = [];
  const others: string[] = [];
  for (const pair of query.split('&').filter(Boolean)) {
    const at = pair.indexOf('=');
    const key = at < 0 ? '' : pair.slice(0, at);
    const entry = applicationIdentifiers.get(key);
    if (!/^\d+$/.test(key)) others.push(pair);
    else if (!entry) return bad({ code: 'unknown-ai', ai: key });
    else {
      const element = checkValue(entry, padGtin(key, unescapeUri(pair.slice(at + 1), true), true));
      if (!element.ok) return element;
      elements.push(element.value);
    }
  }
  return good({ elements, others });
}

/** An attribute may stand in the query unless it is there twice, is no attribute, or belongs into the path. */
function misplaced(path: readonly Element[], query: readonly Element[]): string | undefined {
  const ais = path.map((e) => e.entry.ai);
  const seen = new Set(ais);
  for (const { entry } of query) {
    const fitsPath = ais.some((_, i) => isPathSequence([...ais.slice(0, i + 1), entry.ai, ...ais.slice(i + 1)]));
    if (seen.has(entry.ai) || !entry.isLinkAttribute || fitsPath) return entry.ai;
    seen.add(entry.ai);
  }
  return undefined;
}

/** Reads a GS1 Digital Link URI. */
export function parseDigitalLink(uri: string, options: LinkOptions = {}): Parsed<DigitalLink> {
  if (!/^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/.test(uri)) return linkFault(uri);
  const match = /^(https?:\/\/|HTTPS?:\/\/)([^/]+)(\/[^?#]*)(?:\?([^#]*))?(?:#.*)?$/.exec(uri);
  if (!match || /[_~?#@!$&'()*+,;=%]/.test(match[2] as string)) return linkFault(uri);
  const segments = (match[3] as string).split('/');
  const key = keyIndex(segments, options);
  if (key < 0) return linkFault(uri);
  const path = pathElements(segments.slice(key), options);
  if (!path.ok) return path;
  const query = queryElements(match[4] ?? '');
  if (!query.ok) return query;
  const wrong = misplaced(path.value, query.value.elements);
  if (wrong !== undefined) return linkFault(uri, wrong);
  const stem = `${match[1]}${match[2]}${segments.slice(0, key).join('/')}`;
  return good({ elements: [...path.value, ...query.value.elements], stem, others: query.value.others });
}

/** The AIs of the path: the key and the way of qualifiers that takes most of what is there. */
function pathOf(elements: readonly Element[]): string[] | undefined {
  const key = elements.find((e) => e.entry.linkQualifiers !== undefined);
  if (!key) return undefined;
  const ais = new Set(elements.map((e) => e.entry.ai));
  const ways = (key.entry.linkQualifiers ?? []).map((way) => [key.entry.ai, ...way.filter((ai) => ais.has(ai))]);
  return ways.toSorted((a, b) => b.length - a.length || (a.join(' ') < b.join(' ') ? -1 : 1))[0];
}

/** The link of these elements: key and qualifiers in the path, the rest in the query, those of predefined length first. */
export function buildDigitalLink(elements: readonly Element[], stem: string = CANONICAL_STEM): Parsed<string> {
  const path = pathOf(elements);
  if (!path) return linkFault();
  const rest = elements.filter(({ entry }, i) => !path.includes(entry.ai) && elements.findIndex((e) => e.entry.ai === entry.ai) === i);
  const stranger = rest.find((e) => !e.entry.isLinkAttribute);
  if (stranger) return linkFault(stranger.value, stranger.entry.ai);
  const segments = path.map((ai) => `/${ai}/${escapeUri(elements.find((e) => e.entry.ai === ai)?.value ?? '', false)}`);
  const ordered = [...rest.filter((e) => e.entry.isPredefinedLength), ...rest.filter((e) => !e.entry.isPredefinedLength)];
  const query = ordered.map(({ entry, value }) => `${entry.ai}=${escapeUri(value, true)}`).join('&');
  return good(stem.replace(/\/$/, '') + segments.join('') + (query === '' ? '' : `?${query}`));
}
