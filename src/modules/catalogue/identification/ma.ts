import { gs1Date, type PrintedDate } from './calendar.ts';

/** An MA (IDcode) identifier: `MA.156.…`, parts between dots; the first five are the DI, later ones carry a letter. */
export interface MaCode {
  readonly di: string;
  /** The item without package level and check character. */
  readonly goodsCode: string;
  readonly lot?: string;
  readonly serial?: string;
  readonly made?: PrintedDate;
  readonly packed?: PrintedDate;
  readonly sterilisationLot?: string;
  readonly expiry?: PrintedDate;
  readonly validUntil?: PrintedDate;
  readonly check?: string;
  /** Letter and value of every part behind the DI. */
  readonly fields: readonly (readonly [string, string])[];
}

// The published table leaves 9 and the values 43, 44 out.
const worths = new Map<string, string>([
  ...Array.from('012345678', (sign): [string, string] => [sign, sign]),
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg', (sign, i): [string, string] => [sign, String(10 + i)]),
  ...Array.from('hijklmnopqrstuvwxyz-.@$,*+%/#!^~', (sign, i): [string, string] => [sign, String(45 + i)]),
]);

/**
 * Check character of an MA text (DI without its last character, PI with its leading dot): signs to numbers without 9, digits reversed,
 * every second one doubled as in the Luhn formula. The issuer calls this algorithm obsolete: a difference is a warning.
 */
export function maCheck(data: string): string {
  const digits = Array.from(data, (sign) => worths.get(sign) ?? '').join('');
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const doubled = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

const dateFields: Readonly<Record<string, 'made' | 'packed' | 'expiry' | 'validUntil'>> = {
  M: 'made',
  P: 'packed',
  E: 'expiry',
  V: 'validUntil',
};
const textFields: Readonly<Record<string, 'serial' | 'lot' | 'sterilisationLot' | 'check'>> = {
  S: 'serial',
  L: 'lot',
  D: 'sterilisationLot',
  C: 'check',
};

/** Reads an MA identifier, also behind a web address; undefined where it is none or a date in it does not exist. */
export function parseMa(text: string, today: string): MaCode | undefined {
  const start = /(?:^|\/)(MA\.\d{3}\.[^/?#\s]+)$/.exec(text)?.[1];
  const parts = start?.split('.') ?? [];
  if (parts.length < 5 || parts.some((p) => p === '')) return undefined;
  const item = parts[4] as string;
  if (item.length < 3) return undefined;
  let read: Omit<MaCode, 'di' | 'goodsCode' | 'fields'> = {};
  const fields = parts.slice(5).map((p) => [p.slice(0, 1), p.slice(1)] as const);
  for (const [letter, value] of fields) {
    const dated = dateFields[letter];
    const worded = textFields[letter];
    if (value === '') return undefined;
    if (dated) {
      const date = /^\d{6}$/.test(value) ? gs1Date(value, today) : undefined;
      if (!date) return undefined;
      read = { ...read, [dated]: date };
    } else if (worded) read = { ...read, [worded]: value };
  }
  return { di: parts.slice(0, 5).join('.'), goodsCode: item.slice(1, -1), ...read, fields };
}
