/**
 * Minor-unit exponents of ISO 4217. `Intl` follows CLDR, which shows some currencies with fewer digits than the standard books them
 * with; those are written down here.
 */
const EXPONENT_OF_ISO: Readonly<Record<string, number>> = {
  AFN: 2,
  ALL: 2,
  AMD: 2,
  COP: 2,
  CRC: 2,
  HUF: 2,
  IDR: 2,
  IQD: 3,
  IRR: 2,
  KPW: 2,
  LAK: 2,
  LBP: 2,
  MGA: 2,
  MMK: 2,
  MNT: 2,
  MUR: 2,
  NOK: 2,
  PKR: 2,
  RSD: 2,
  SEK: 2,
  SLL: 2,
  SOS: 2,
  SYP: 2,
  TWD: 2,
  TZS: 2,
  TMT: 2,
  UYI: 0,
  UYW: 4,
  UZS: 2,
  YER: 2,
  ZMK: 2,
  CLF: 4,
  BIF: 0,
  CLP: 0,
};

const known = new Map<string, number>(Object.entries(EXPONENT_OF_ISO));

/** Decimal places a currency is booked with (ISO 4217): CNY 2, JPY 0, KWD 3. Throws on what is not a currency code. */
export function minorDigits(currency: string): number {
  const digits = known.get(currency);
  if (digits !== undefined) return digits;
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`not a currency code: ${currency}`);
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const found = options.maximumFractionDigits ?? 2;
  known.set(currency, found);
  return found;
}

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Whether this is a currency of ISO 4217. */
export const isCurrency = (code: string): boolean => currencies.has(code);
