import { companyPrefix } from './gs1-company-prefix.ts';
import { dateChecks } from './gs1-date-checks.ts';
import { type Check, type Fault, fault, type IsCompanyPrefix, nonDigit } from './gs1-fault.ts';

/** Ends the reading of a coupon at its first fault. */
class Faulty extends Error {
  readonly fault: Fault;
  constructor(found: Fault) {
    super(found.code);
    this.fault = found;
  }
}

const stop = (found: Fault): never => {
  throw new Faulty(found);
};

/** Reads a coupon from left to right: fields say their own length (variable length indicator) before them. */
class CouponReader {
  at = 0;
  readonly data: string;
  readonly isCompanyPrefix: IsCompanyPrefix | undefined;

  constructor(data: string, isCompanyPrefix: IsCompanyPrefix | undefined) {
    this.data = data;
    this.isCompanyPrefix = isCompanyPrefix;
  }

  get isAtEnd(): boolean {
    return this.at === this.data.length;
  }

  /** One digit out of a set. */
  digit(missing: string, allowed = '0123456789', invalid = ''): string {
    const sign = this.data[this.at] ?? stop(fault(missing, 0, this.data.length));
    if (!allowed.includes(sign)) stop(fault(invalid, this.at, 1));
    this.at += 1;
    return sign;
  }

  /** So many digits. */
  digits(length: number, truncated: string): string {
    const left = this.data.length - this.at;
    if (left < length) stop(left === 0 ? fault(truncated, 0, this.data.length) : fault(truncated, this.at, left));
    this.at += length;
    return this.data.slice(this.at - length, this.at);
  }

  /** A length indicator and the digits it announces. */
  sized(name: string, allowed: string, extra: number): string {
    const indicator = this.digit(`COUPON_MISSING_${name}_VLI`, allowed, `COUPON_INVALID_${name}_LENGTH`);
    // Indicator 9 of a further purchase's company prefix means: the same company.
    const length = indicator === '9' && extra === 6 && !allowed.includes('8') ? 0 : Number(indicator) + extra;
    return this.digits(length, `COUPON_TRUNCATED_${name}`);
  }

  company(name: string, allowed: string): void {
    const start = this.at + 1;
    const company = this.sized(name, allowed, 6);
    const found = company === '' ? undefined : companyPrefix(0)(company, this.isCompanyPrefix);
    if (found) stop(fault(found.code, start, company.length));
  }

  purchase(which: '1ST' | '2ND' | '3RD'): void {
    this.sized(`${which}_PURCHASE_REQUIREMENT`, '12345', 0);
    const code = `${which}_PURCHASE_REQUIREMENT_CODE`;
    this.digit(`COUPON_MISSING_${code}`, '012349', `COUPON_INVALID_${code}`);
    this.digits(3, `COUPON_TRUNCATED_${which}_PURCHASE_FAMILY_CODE`);
  }

  /** Takes the number of an optional field when it comes next. */
  takes(field: string): boolean {
    if (this.data[this.at] !== field) return false;
    this.at += 1;
    return true;
  }

  date(name: 'EXPIRATION' | 'START'): string {
    const start = this.at;
    const date = this.digits(6, `COUPON_TOO_SHORT_FOR_${name}_DATE`);
    // The published name of the first fault is misspelt; users of the standard compare names.
    if (dateChecks.yymmdd(date)) stop(fault(name === 'START' ? 'COUPON_INVALID_START_DATE' : 'COUPON_INVALID_EXIPIRATION_DATE', start, 6));
    return date;
  }

  end(): void {
    if (!this.isAtEnd) stop(fault('COUPON_EXCESS_DATA', this.at, this.data.length - this.at));
  }
}

const read =
  (work: (reader: CouponReader) => void): Check =>
  (data, isCompanyPrefix) => {
    const odd = nonDigit(data);
    if (odd) return odd;
    try {
      work(new CouponReader(data, isCompanyPrefix));
      return undefined;
    } catch (error) {
      if (error instanceof Faulty) return error.fault;
      throw error;
    }
  };

function dates(r: CouponReader): void {
  const expiry = r.takes('3') ? r.date('EXPIRATION') : undefined;
  if (!r.takes('4')) return;
  const start = r.date('START');
  if (expiry !== undefined && start > expiry) stop(fault('COUPON_EXPIRATION_BEFORE_START', r.at - 14, 14));
}

function miscellaneous(r: CouponReader): void {
  r.digit('COUPON_MISSING_SAVE_VALUE_CODE', '01256', 'COUPON_INVALID_SAVE_VALUE_CODE');
  r.digit('COUPON_MISSING_SAVE_VALUE_APPLIES_TO_ITEM', '012', 'COUPON_INVALID_SAVE_VALUE_APPLIES_TO_ITEM');
  r.digit('COUPON_MISSING_STORE_COUPON_FLAG');
  r.digit('COUPON_MISSING_DONT_MULTIPLY_FLAG', '01', 'COUPON_INVALID_DONT_MULTIPLY_FLAG');
}

/** North American coupon, AI 8110. */
export const couponCode: Check = read((r) => {
  r.company('GCP', '0123456');
  r.digits(6, 'COUPON_TRUNCATED_OFFER_CODE');
  r.sized('SAVE_VALUE', '12345', 0);
  r.purchase('1ST');
  if (r.takes('1')) {
    r.digit('COUPON_MISSING_ADDITIONAL_PURCHASE_RULES_CODE', '0123', 'COUPON_INVALID_ADDITIONAL_PURCHASE_RULES_CODE');
    r.purchase('2ND');
    r.company('2ND_PURCHASE_GCP', '01234569');
  }
  if (r.takes('2')) {
    r.purchase('3RD');
    r.company('3RD_PURCHASE_GCP', '01234569');
  }
  dates(r);
  if (r.takes('5')) r.sized('SERIAL_NUMBER', '0123456789', 6);
  if (r.takes('6')) r.company('RETAILER_GCP_OR_GLN', '1234567');
  if (r.takes('9')) miscellaneous(r);
  r.end();
});

/** Coupon of the positive offer file, AI 8112. */
export const positiveOffer: Check = read((r) => {
  r.digit('COUPON_MISSING_FORMAT_CODE', '01', 'COUPON_INVALID_FORMAT_CODE');
  r.sized('FUNDER', '0123456', 6);
  r.digits(6, 'COUPON_TRUNCATED_OFFER_CODE');
  r.sized('SERIAL_NUMBER', '0123456789', 6);
  r.end();
});
