import { text } from '#kernel/i18n/text.ts';
import { gs1CheckDigit, gtin14, isGtin } from '../identification/check-digits.ts';

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

/** GTINs of every length are one number: kept with 14 digits. Other identifiers are kept as they are. */
export const normalDi = (di: string, agency?: IssuingAgency): string =>
  (agency === undefined || agency === 'gs1') && isGtin(di) ? gtin14(di) : di;

/** Adds the check digit to a GTIN without one. */
export const gtinOf = (withoutCheck: string): string => `${withoutCheck}${gs1CheckDigit(withoutCheck)}`;
