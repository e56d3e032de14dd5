import { text } from '#kernel/i18n/text.ts';
import { aiAtStart, type ApplicationIdentifier, applicationIdentifiers, type FormatPart, valueLengths } from './gs1-grammar.ts';
import { checks, setChecks } from './gs1-checks.ts';
import type { Check, Fault, IsCompanyPrefix } from './gs1-fault.ts';

/** Group separator: how a scanner sends FNC1 between elements. */
export const GS = '\u001d';

export interface Element {
  readonly entry: ApplicationIdentifier;
  readonly value: string;
}

/** Why data is no GS1 message. `at` is the AI it broke at, `fault` the check that failed. */
export interface Gs1Fault {
  readonly code: 'empty' | 'unknown-ai' | 'too-short' | 'too-long' | 'check' | 'syntax' | 'not-together' | 'missing' | 'repeated' | 'link';
  readonly ai?: string | undefined;
  readonly value?: string | undefined;
  readonly fault?: Fault | undefined;
  /** Other AIs it is about: those missing, or the one it may not stand with. */
  readonly others?: readonly string[] | undefined;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Gs1Fault };

export const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const bad = (found: Gs1Fault): Parsed<never> => ({ ok: false, fault: found });

function partFault(part: FormatPart, data: string, isCompanyPrefix: IsCompanyPrefix | undefined): Fault | undefined {
  const set: Check = setChecks[part.set];
  const all = [set, ...part.checks.map((name) => checks[name] as Check)];
  for (const check of all) {
    const found = check(data, isCompanyPrefix);
    if (found) return found;
  }
  return undefined;
}

/** How much of the data the value takes, after every check on its parts. */
export function readValue(entry: ApplicationIdentifier, data: string, isCompanyPrefix?: IsCompanyPrefix): Parsed<number> {
  const { ai } = entry;
  // What is shown is the value alone, not everything behind it.
  const value = data.slice(0, valueLengths(entry).max);
  if (data === '') return bad({ code: 'too-short', ai, value });
  let at = 0;
  for (const part of entry.parts) {
    const piece = data.slice(at, at + part.max);
    if (part.isOptional && piece === '') continue;
    if (piece.length < part.min) return bad({ code: 'too-short', ai, value });
    const found = partFault(part, piece, isCompanyPrefix);
    if (found) return bad({ code: 'check', ai, value, fault: { ...found, at: found.at + at } });
    at += piece.length;
  }
  return good(at);
}

/** A whole value given on its own (brackets, Digital Link): nothing may be left over. */
export function checkValue(entry: ApplicationIdentifier, value: string, isCompanyPrefix?: IsCompanyPrefix): Parsed<Element> {
  const { min, max } = valueLengths(entry);
  if (value.length < min) return bad({ code: 'too-short', ai: entry.ai, value });
  if (value.length > max) return bad({ code: 'too-long', ai: entry.ai, value });
  const read = readValue(entry, value, isCompanyPrefix);
  if (!read.ok) return read;
  return read.value === value.length ? good({ entry, value }) : bad({ code: 'too-long', ai: entry.ai, value });
}

/** A message of more elements than this is no label. */
const ELEMENTS_MAX = 64;

/**
 * The elements of a message as scanned, without the leading FNC1, `separator` between elements. A separator that was not needed is
 * tolerated, also at the end.
 */
export function parseElements(data: string, separator: string = GS, isCompanyPrefix?: IsCompanyPrefix): Parsed<readonly Element[]> {
  if (data === '') return bad({ code: 'empty' });
  const elements: Element[] = [];
  let rest = data;
  while (rest !== '') {
    const entry = aiAtStart(rest);
    if (!entry || elements.length >= ELEMENTS_MAX) return bad({ code: 'unknown-ai', ai: rest.slice(0, 4), value: rest.slice(0, 90) });
    rest = rest.slice(entry.ai.length);
    const end = rest.indexOf(separator);
    const available = end < 0 ? rest : rest.slice(0, end);
    const read = readValue(entry, available, isCompanyPrefix);
    if (!read.ok) return read;
    elements.push({ entry, value: rest.slice(0, read.value) });
    rest = rest.slice(read.value);
    if (!entry.isPredefinedLength && rest !== '' && !rest.startsWith(separator)) {
      return bad({ code: 'too-long', ai: entry.ai, value: available });
    }
    if (rest.startsWith(separator)) rest = rest.slice(separator.length);
  }
  return good(elements);
}

/** An AI the standard does not give out (yet): its value is carried along unchecked. */
const unknownEntry = (ai: string): ApplicationIdentifier | undefined =>
  [...applicationIdentifiers.keys()].some((known) => known.startsWith(ai) || ai.startsWith(known))
    ? undefined
    : {
        ai,
        label: text('未知标识符', 'Unknown identifier'),
        isPredefinedLength: false,
        isLinkAttribute: false,
        parts: [{ set: 'X', min: 1, max: 90, isOptional: false, checks: [] }],
        required: [],
        excluded: [],
        linkQualifiers: undefined,
      };

/** Text as people read it: `(01)…(10)…`; a bracket inside a value is written `\(`. */
export function parseBracketed(
  written: string,
  options: { readonly isCompanyPrefix?: IsCompanyPrefix; readonly keepsUnknown?: boolean } = {},
): Parsed<readonly Element[]> {
  const elements: Element[] = [];
  let at = 0;
  while (at < written.length) {
    const ai = /^\((\d{2,4})\)/.exec(written.slice(at, at + 6))?.[1];
    if (ai === undefined) return bad({ code: 'syntax', value: written.slice(at, at + 90) });
    const entry = applicationIdentifiers.get(ai) ?? (options.keepsUnknown ? unknownEntry(ai) : undefined);
    if (!entry || elements.length >= ELEMENTS_MAX) return bad({ code: 'unknown-ai', ai });
    at += ai.length + 2;
    let value = '';
    for (; at < written.length && written[at] !== '('; at += 1) {
      if (written[at] === '\\' && written[at + 1] === '(') at += 1;
      value += written[at];
    }
    const element = checkValue(entry, value, options.isCompanyPrefix);
    if (!element.ok) return element;
    elements.push(element.value);
  }
  return elements.length === 0 ? bad({ code: 'empty' }) : good(elements);
}

/** The message of these elements, each separator only where it is needed. `lead` stands for the leading FNC1. */
export function buildElementString(elements: readonly Element[], separator: string = GS, lead = ''): string {
  return (
    lead +
    elements
      .map(({ entry, value }, i) => entry.ai + value + (entry.isPredefinedLength || i === elements.length - 1 ? '' : separator))
      .join('')
  );
}

/** Text as people read it; never what a barcode carries. */
export const buildBracketed = (elements: readonly Element[]): string =>
  elements.map(({ entry, value }) => `(${entry.ai})${value.replaceAll('(', '\\(')}`).join('');
