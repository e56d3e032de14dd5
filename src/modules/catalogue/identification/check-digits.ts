import { isUscc } from '#modules/organisation/index.ts';
import { countryCodes } from './code-lists.ts';
import { ibanLengths } from './iban-lengths.ts';

/** Check characters of the numbers trade runs on. Every function is pure, takes the number as printed and says yes or no. */

const isDigits = (value: string): boolean => /^\d+$/.test(value);
const letterValues = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const bare = (value: string): string => value.replace(/[\s\-./,]/g, '').toUpperCase();

/** GS1 check digit (mod 10, weights 3 and 1 from the right) of the digits before it. */
export function gs1CheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/** Digits whose last one is the GS1 check digit of those before. */
export const hasGs1CheckDigit = (value: string): boolean =>
  value.length > 1 && isDigits(value) && gs1CheckDigit(value.slice(0, -1)) === value.at(-1);

/** GTIN-8, -12, -13 or -14, with its check digit. */
export const isGtin = (value: string): boolean => [8, 12, 13, 14].includes(value.length) && hasGs1CheckDigit(value);

/** A GTIN of any length as the 14 digits it is compared and stored in. */
export const gtin14 = (gtin: string): string => gtin.padStart(14, '0');

/** Sum of the Luhn formula modulo 10; 0 means that the last digit checks. */
export function luhnRemainder(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const doubled = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10;
}
export const isLuhn = (digits: string): boolean => isDigits(digits) && luhnRemainder(digits) === 0;

/** ISO 7064 modulus 97, letters counted as 10…35; undefined where a sign is neither letter nor digit. */
export function mod97(value: string): number | undefined {
  let remainder = 0;
  for (const sign of value) {
    const worth = letterValues.indexOf(sign);
    if (worth < 0) return undefined;
    remainder = (remainder * (worth > 9 ? 100 : 10) + worth) % 97;
  }
  return remainder;
}
/** ISO 7064 MOD 97-10: the number with its two check digits leaves 1. */
export const isMod97 = (value: string): boolean => value !== '' && mod97(value) === 1;
/** The two check digits that make a number ISO 7064 MOD 97-10. */
export function mod97CheckDigits(value: string): string | undefined {
  const remainder = mod97(`${value}00`);
  return remainder === undefined ? undefined : String(98 - remainder).padStart(2, '0');
}

/** Remainder of a hybrid ISO 7064 system (MOD 11,10 with digits; MOD 37,36 with digits and letters). */
function hybridRemainder(value: string, modulus: number): number | undefined {
  let check = modulus / 2;
  for (const sign of value) {
    const worth = letterValues.indexOf(sign);
    if (worth < 0 || worth >= modulus) return undefined;
    check = ((((check || modulus) * 2) % (modulus + 1)) + worth) % modulus;
  }
  return check;
}
const hybridCheck = (value: string, modulus: number): string | undefined => {
  const remainder = hybridRemainder(value, modulus);
  return remainder === undefined ? undefined : letterValues[(1 - (((remainder || modulus) * 2) % (modulus + 1)) + 2 * modulus) % modulus];
};

/** Pure ISO 7064 system: MOD 11-2 (digits, X = 10) and MOD 37-2 (digits, letters, * = 36), radix 2. */
function pureRemainder(value: string, modulus: 11 | 37): number | undefined {
  const signs = modulus === 11 ? '0123456789X' : `${letterValues}*`;
  let check = 0;
  for (const sign of value) {
    const worth = signs.indexOf(sign);
    if (worth < 0) return undefined;
    check = (2 * check + worth) % modulus;
  }
  return check;
}
const pureCheck = (value: string, modulus: 11 | 37): string | undefined => {
  const remainder = pureRemainder(value, modulus);
  const signs = modulus === 11 ? '0123456789X' : `${letterValues}*`;
  return remainder === undefined ? undefined : signs[(((1 - 2 * remainder) % modulus) + modulus) % modulus];
};

export interface CheckSystem {
  /** What is left of the whole number; 1 where its check characters hold. */
  readonly remainder: (value: string) => number | undefined;
  readonly isValid: (value: string) => boolean;
  /** The check characters to append, or undefined where a sign is not allowed. */
  readonly checkFor: (value: string) => string | undefined;
}

/** ISO 7064 check character systems by their names. */
export const iso7064 = {
  mod_11_10: {
    remainder: (v) => hybridRemainder(v, 10),
    isValid: (v) => v !== '' && hybridRemainder(v, 10) === 1,
    checkFor: (v) => hybridCheck(v, 10),
  },
  mod_37_36: {
    remainder: (v) => hybridRemainder(v, 36),
    isValid: (v) => v !== '' && hybridRemainder(v, 36) === 1,
    checkFor: (v) => hybridCheck(v, 36),
  },
  mod_11_2: {
    remainder: (v) => pureRemainder(v, 11),
    isValid: (v) => v !== '' && pureRemainder(v, 11) === 1,
    checkFor: (v) => pureCheck(v, 11),
  },
  mod_37_2: {
    remainder: (v) => pureRemainder(v, 37),
    isValid: (v) => v !== '' && pureRemainder(v, 37) === 1,
    checkFor: (v) => pureCheck(v, 37),
  },
  mod_97_10: { remainder: mod97, isValid: isMod97, checkFor: mod97CheckDigits },
} as const satisfies Record<string, CheckSystem>;

/** ISO 17442 legal entity identifier: 18 letters or digits and two check digits. */
export const isLei = (value: string): boolean => /^[0-9A-Z]{18}\d{2}$/.test(bare(value)) && isMod97(bare(value));

/** ISO 13616 account number: country, length of that country, check digits. */
export function isIban(value: string): boolean {
  const iban = bare(value);
  if (!/^[A-Z]{2}\d{2}[0-9A-Z]{8,30}$/.test(iban)) return false;
  return ibanLengths.get(iban.slice(0, 2)) === iban.length && isMod97(iban.slice(4) + iban.slice(0, 4));
}

/** ISO 9362 bank identifier: four letters of the institution, an existing country, location, branch. */
export function isBic(value: string): boolean {
  const bic = bare(value);
  const country = bic.slice(4, 6);
  return /^[A-Z]{6}[0-9A-Z]{2}([0-9A-Z]{3})?$/.test(bic) && (countryCodes.has(country) || country === 'XK');
}

/** ISO 11649 structured creditor reference. */
export function isCreditorReference(value: string): boolean {
  const reference = bare(value);
  return /^RF\d{2}[0-9A-Z]{1,21}$/.test(reference) && isMod97(reference.slice(4) + reference.slice(0, 4));
}

/** ISO 6346 freight container number: letters count 10…38 without the multiples of 11, weights are powers of two. */
export function isContainerNumber(value: string): boolean {
  const number = bare(value);
  if (!/^[A-Z]{3}[UJZR]\d{7}$/.test(number)) return false;
  const worths = '0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ';
  let sum = 0;
  for (let i = 0; i < 10; i += 1) sum += worths.indexOf(number[i] as string) * 2 ** i;
  return String((sum % 11) % 10) === number[10];
}

const leitwegStates = new Set(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15', '16', '99']);

/** Leitweg-ID of German public buyers (BT-10): federal state, optional fine part, two check digits of MOD 97-10. */
export function isLeitwegId(value: string): boolean {
  const id = value.trim().toUpperCase();
  const whole = /^(\d{2,12})(-[0-9A-Z]{1,30})?-\d{2}$/.exec(id);
  if (!whole || !leitwegStates.has((whole[1] as string).slice(0, 2))) return false;
  return isMod97(id.replaceAll('-', ''));
}

/** French SIREN: nine digits by Luhn. */
export const isSiren = (value: string): boolean => /^\d{9}$/.test(bare(value)) && isLuhn(bare(value));

/** Unified social credit code as people write it, with spaces. */
export const isSocialCreditCode = (value: string): boolean => isUscc(bare(value));
