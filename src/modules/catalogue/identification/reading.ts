import type { Refusal } from '#kernel/command/refusal.ts';
import { type LocalText, text } from '#kernel/i18n/text.ts';
import type { IssuingAgency } from '../package/device-identifier.ts';
import type { PrintedDate } from './calendar.ts';

/** How a code is written. */
export const carriers = {
  gs1: text('GS1 条码', 'GS1 element string'),
  gs1Text: text('GS1 带括号文字', 'GS1 text in brackets'),
  gs1Link: text('GS1 数字链接', 'GS1 Digital Link'),
  gtin: text('商品条码', 'GTIN'),
  hibc: text('HIBC 条码', 'HIBC'),
  iccbba: text('ISBT 128 条码', 'ISBT 128'),
  ma: text('MA 码', 'MA code'),
  ahm: text('阿里健康码', 'Ali Health code'),
  unknown: text('无法识别', 'Not recognised'),
} as const satisfies Record<string, LocalText>;
export type Carrier = keyof typeof carriers;

/** One part of a code, as it stands there, with its meaning in words where the value itself does not say it. */
export interface ReadPart {
  /** What the standard calls it: an AI, `LIC`, `=,`, `S` … */
  readonly id: string;
  readonly label: LocalText;
  readonly value: string;
  readonly meaning?: string;
}

/** One way to read a code. Lot and serial numbers keep every character: `0012` is not `12`, `a` is not `A`. */
export interface Reading {
  readonly carrier: Carrier;
  readonly agency: IssuingAgency | null;
  /** Symbology identifier the scanner sent, e.g. `]d2`. */
  readonly symbology: string | null;
  /** Device identifier; GTINs with 14 digits. */
  readonly di: string | null;
  readonly lotNo: string | null;
  readonly serialNo: string | null;
  readonly expiry: PrintedDate | null;
  readonly production: PrintedDate | null;
  /** Pieces the label says, digits. */
  readonly quantity: string | null;
  readonly parts: readonly ReadPart[];
  /** The code in its own clean form (GS between GS1 elements, check characters as they must be). */
  readonly canonical: string | null;
  /** What was put right to read it, in words. */
  readonly repairs: readonly LocalText[];
  /** Why it cannot be used. */
  readonly problems: readonly Refusal[];
  /** What a person should look at before using it. */
  readonly warnings: readonly Refusal[];
}

/** What one or several scans of one thing say. With `choices` nothing is filled in: a person picks one. */
export interface Identification extends Reading {
  /** Every scan exactly as it came. */
  readonly raw: readonly string[];
  readonly choices: readonly Reading[];
}

export interface IdentifyOptions {
  /** `YYYY-MM-DD`: years of two digits are read relative to it. */
  readonly today: string;
}

export const emptyReading: Reading = {
  carrier: 'unknown',
  agency: null,
  symbology: null,
  di: null,
  lotNo: null,
  serialNo: null,
  expiry: null,
  production: null,
  quantity: null,
  parts: [],
  canonical: null,
  repairs: [],
  problems: [],
  warnings: [],
};

/** `2027-02-28`, `2027-02` for a whole month, with the time where the label says it. */
export const sayDate = (d: PrintedDate): string => `${d.precision === 'month' ? d.date.slice(0, 7) : d.date}${d.time ? ` ${d.time}` : ''}`;

export const part = (id: string, label: LocalText, value: string, meaning?: string): ReadPart => ({
  id,
  label,
  value,
  ...(meaning === undefined ? {} : { meaning }),
});
