import { hasGs1CheckDigit } from './check-digits.ts';
import { bad, good, GS, parseElements, type Parsed } from './gs1-element-string.ts';
import { parseDigitalLink } from './gs1-digital-link.ts';

/** Symbologies GS1 data travels in. */
export type Symbology =
  | 'QR'
  | 'DM'
  | 'DotCode'
  | 'GS1_128_CCA'
  | 'GS1_128_CCC'
  | 'DataBarExpanded'
  | 'DataBarOmni'
  | 'DataBarTruncated'
  | 'DataBarStacked'
  | 'DataBarStackedOmni'
  | 'DataBarLimited'
  | 'UPCA'
  | 'UPCE'
  | 'EAN13'
  | 'EAN8';

interface Identifier {
  readonly symbology: Symbology;
  /** The message is GS1 data: FNC1 stood in the first position, which only this identifier shows. */
  readonly isGs1: boolean;
}

/** Symbology identifiers (ISO/IEC 15424) of GS1 scanners. Case matters: `]E0` is a plain EAN, `]e0` a DataBar. */
export const symbologyIdentifiers: Readonly<Record<string, Identifier>> = {
  ']C1': { symbology: 'GS1_128_CCA', isGs1: true },
  ']E0': { symbology: 'EAN13', isGs1: false },
  ']E4': { symbology: 'EAN8', isGs1: false },
  ']e0': { symbology: 'DataBarExpanded', isGs1: true },
  ']d1': { symbology: 'DM', isGs1: false },
  ']d2': { symbology: 'DM', isGs1: true },
  ']Q1': { symbology: 'QR', isGs1: false },
  ']Q3': { symbology: 'QR', isGs1: true },
  ']J0': { symbology: 'DotCode', isGs1: false },
  ']J1': { symbology: 'DotCode', isGs1: true },
};

/** FNC1 in data strings that stand for a symbol's content. */
export const FNC1 = '^';
const COMPOSITE = '|]e0';

export interface ScanContent {
  readonly symbology: Symbology;
  /** The symbol's content: `^` for FNC1, a composite component after `|`. */
  readonly content: string;
}

const fnc1Content = (data: string): Parsed<string> => {
  const elements = data.includes(FNC1) ? bad({ code: 'syntax', value: data.slice(0, 90) }) : parseElements(data);
  return elements.ok ? good(FNC1 + data.replaceAll(GS, FNC1)) : elements;
};

function eanContent(data: string, length: 8 | 13): Parsed<string> {
  const primary = data.slice(0, length);
  const rest = data.slice(length);
  if (primary.length < length || !hasGs1CheckDigit(primary)) return bad({ code: 'syntax', value: data.slice(0, 90) });
  if (rest === '') return good(primary);
  if (!rest.startsWith(COMPOSITE)) return bad({ code: 'too-long', value: data.slice(0, 90) });
  const component = fnc1Content(rest.slice(COMPOSITE.length));
  return component.ok ? good(`${primary}|${component.value}`) : component;
}

/** What a scanner that sends symbology identifiers transmitted, as the content of the symbol. */
export function readScanData(scan: string): Parsed<ScanContent> {
  const identifier = symbologyIdentifiers[scan.slice(0, 3)];
  if (!identifier) return bad({ code: 'syntax', value: scan.slice(0, 90) });
  const { symbology, isGs1 } = identifier;
  const data = scan.slice(3);
  const done = (content: Parsed<string>): Parsed<ScanContent> => (content.ok ? good({ symbology, content: content.value }) : content);
  if (symbology === 'EAN13') return done(eanContent(data, 13));
  if (symbology === 'EAN8') return done(eanContent(data, 8));
  if (isGs1) return done(fnc1Content(data));
  if (/^(https?|HTTPS?):\/\//.test(data)) {
    const link = parseDigitalLink(data);
    if (!link.ok) return link;
  }
  // A plain message that looks like FNC1 is told apart by one more backslash.
  return done(good(/^\\*\^/.test(data) ? `\\${data}` : data));
}

/** As a scanner sends it: the first FNC1 is shown by the identifier alone, the others are separators, the last one is dropped. */
function transmitted(content: string): string {
  if (content.startsWith(FNC1))
    return content
      .slice(1)
      .replaceAll(FNC1, GS)
      .replace(/\u001d$/, '');
  return /^\\+\^/.test(content) ? content.slice(1) : content;
}

const needsSeparator = (linear: string): boolean => {
  const elements = parseElements(linear.slice(1), FNC1);
  return elements.ok && elements.value.at(-1)?.entry.isPredefinedLength === false;
};

function stacked(linear: string, component: string | undefined): string | undefined {
  if (!linear.startsWith(FNC1) || (component !== undefined && !component.startsWith(FNC1))) return undefined;
  const joint = component !== undefined && needsSeparator(linear) ? GS : '';
  return `]e0${transmitted(linear)}${joint}${component === undefined ? '' : transmitted(component)}`;
}

function primaryDigits(linear: string, length: number): string | undefined {
  const zeros = `^01${'0'.repeat(14 - length)}`;
  const digits = linear.startsWith(zeros) ? linear.slice(zeros.length) : linear;
  return digits.length === length && hasGs1CheckDigit(digits) ? digits : undefined;
}

function dataBar(linear: string, component: string | undefined, isLimited: boolean): string | undefined {
  const digits = primaryDigits(linear, 14);
  if (digits === undefined || (isLimited && digits > '19999999999999')) return undefined;
  if (component !== undefined && !component.startsWith(FNC1)) return undefined;
  return `]e001${digits}${component === undefined ? '' : transmitted(component)}`;
}

function ean(linear: string, component: string | undefined, length: 8 | 12 | 13): string | undefined {
  const digits = primaryDigits(linear, length);
  if (digits === undefined || (component !== undefined && !component.startsWith(FNC1))) return undefined;
  const head = `${length === 8 ? ']E4' : ']E0'}${length === 12 ? '0' : ''}${digits}`;
  return component === undefined ? head : `${head}${COMPOSITE}${transmitted(component)}`;
}

const matrix: Readonly<Record<string, readonly [plain: string, gs1: string]>> = {
  QR: [']Q1', ']Q3'],
  DM: [']d1', ']d2'],
  DotCode: [']J0', ']J1'],
};

/** What a scanner transmits for a symbol with this content; nothing where the symbology cannot carry it. */
export function writeScanData(symbology: string, content: string): string | undefined {
  const at = content.indexOf('|');
  const [linear, component] = at < 0 ? [content, undefined] : [content.slice(0, at), content.slice(at + 1)];
  const identifiers = matrix[symbology];
  // Only these carry plain data, and then a bar is data as well.
  if (identifiers) return content.startsWith(FNC1) ? identifiers[1] + transmitted(linear) : identifiers[0] + transmitted(content);
  switch (symbology) {
    case 'GS1_128_CCA':
    case 'GS1_128_CCC':
      if (component !== undefined) return stacked(linear, component);
      return linear.startsWith(FNC1) ? `]C1${transmitted(linear)}` : undefined;
    case 'DataBarExpanded':
      return stacked(linear, component);
    case 'DataBarOmni':
    case 'DataBarTruncated':
    case 'DataBarStacked':
    case 'DataBarStackedOmni':
    case 'DataBarLimited':
      return dataBar(linear, component, symbology === 'DataBarLimited');
    case 'UPCA':
    case 'UPCE':
      return ean(linear, component, 12);
    case 'EAN13':
      return ean(linear, component, 13);
    case 'EAN8':
      return ean(linear, component, 8);
    default:
      return undefined;
  }
}
