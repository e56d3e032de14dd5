import { text } from '#kernel/i18n/text.ts';

/** Who issues device identifiers: worldwide GS1, HIBCC, ICCBBA; in China also the MA and Ali Health systems. */
export const issuingAgencies = {
  gs1: text('GS1', 'GS1'),
  hibcc: text('HIBCC', 'HIBCC'),
  iccbba: text('ICCBBA', 'ICCBBA'),
  ma: text('MA码（IDcode）', 'MA (IDcode)'),
  ahm: text('阿里健康码（AHM）', 'Ali Health (AHM)'),
  ifa: text('IFA（PPN）', 'IFA (PPN)'),
  other: text('其他', 'Other'),
} as const;
export type IssuingAgency = keyof typeof issuingAgencies;

const gtinPattern = /^\d{8}$|^\d{12,14}$/;

/** GS1 check digit: from the right, weights 3 and 1 in turn. */
export function isGtin(value: string): boolean {
  if (!gtinPattern.test(value)) return false;
  const digits = Array.from(value, Number).toReversed();
  const sum = digits.slice(1).reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === digits[0];
}

/** GTINs of every length are one number: kept with 14 digits. Other identifiers are kept as they are. */
export const normalDi = (di: string, agency?: IssuingAgency): string =>
  (agency === undefined || agency === 'gs1') && gtinPattern.test(di) && isGtin(di) ? di.padStart(14, '0') : di;

/** Adds the check digit to a GTIN without one. */
export function gtinOf(withoutCheck: string): string {
  const sum = Array.from(withoutCheck, Number)
    .toReversed()
    .reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 3 : 1), 0);
  return `${withoutCheck}${(10 - (sum % 10)) % 10}`;
}
