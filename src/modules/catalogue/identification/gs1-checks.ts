import { hasGs1CheckDigit, isMod97 } from './check-digits.ts';
import { countryCodes, countryNumbers, currencyByNumber, packageTypes } from './code-lists.ts';
import { couponCode, positiveOffer } from './gs1-coupon.ts';
import { companyPrefix } from './gs1-company-prefix.ts';
import { dateChecks } from './gs1-date-checks.ts';
import { type Check, type Fault, fault, nonDigit } from './gs1-fault.ts';

const set82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const set39 = '#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const set64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const set32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

function outside(data: string, set: string, code: string): Fault | undefined {
  for (let at = 0; at < data.length; at += 1) if (!set.includes(data[at] as string)) return fault(code, at, 1);
  return undefined;
}

/** Padding fills up to a multiple of three and stands at the end only. */
const base64url: Check = (data) => {
  let length = data.length;
  while (length > 0 && data[length - 1] === '=') length -= 1;
  const padding = data.length - length;
  if (padding > 2 || (padding > 0 && data.length % 3 !== 0)) return fault('INVALID_CSET64_PADDING', length, padding);
  return outside(data.slice(0, length), set64, 'INVALID_CSET64_CHARACTER');
};

const checkDigit: Check = (data) => {
  if (data === '') return fault('TOO_SHORT_FOR_CHECK_DIGIT', 0, 0);
  const odd = nonDigit(data);
  if (odd) return odd;
  return data === '0' || hasGs1CheckDigit(data) ? undefined : fault('INCORRECT_CHECK_DIGIT', data.length - 1, 1);
};

/** The first `count` primes: weights of the alphanumeric check pair. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
// An AI value has at most 90 characters; the standard gives weights for 97 before the pair.
const weights = primes(97);

/** The pair of check characters of an alphanumeric key (GMN, MUDI), or undefined where it is too long or has other characters. */
export function checkPair(key: string): string | undefined {
  if (key.length > weights.length) return undefined;
  let sum = 0;
  for (let i = 0; i < key.length; i += 1) {
    const worth = set82.indexOf(key[i] as string);
    if (worth < 0) return undefined;
    sum += worth * (weights[key.length - 1 - i] as number);
  }
  const pair = sum % 1021;
  return `${set32[pair >> 5]}${set32[pair & 31]}`;
}

const alphanumericCheck: Check = (data) => {
  if (data.length < 2) return fault('TOO_SHORT_FOR_CHECK_PAIR', 0, data.length);
  const key = data.slice(0, -2);
  if (key.length > weights.length) return fault('TOO_LONG_FOR_CHECK_PAIR_IMPLEMENTATION', 0, data.length);
  const odd = outside(key, set82, 'INVALID_CSET82_CHARACTER');
  if (odd) return odd;
  return checkPair(key) === data.slice(-2) ? undefined : fault('INCORRECT_CHECK_PAIR', key.length, 2);
};

const among =
  (listed: { has(code: string): boolean }, code: string, more?: string): Check =>
  (data) =>
    listed.has(data) || (more !== undefined && data === more) ? undefined : fault(code, 0, data.length);

const oneOf =
  (allowed: string, code: string): Check =>
  (data) =>
    data.length === 1 && allowed.includes(data) ? undefined : fault(code, 0, data.length);

const iban: Check = (data) => {
  if (data.length <= 10) return fault('IBAN_TOO_SHORT', 0, data.length);
  if (!countryCodes.has(data.slice(0, 2))) return fault('ILLEGAL_IBAN_COUNTRY_CODE', 0, 2);
  const odd = /[^0-9A-Z]/.exec(data);
  if (odd) return fault('INVALID_IBAN_CHARACTER', odd.index, 1);
  return isMod97(data.slice(4) + data.slice(0, 4)) ? undefined : fault('INCORRECT_IBAN_CHECKSUM', 2, 2);
};

const pieceOfTotal: Check = (data) => {
  if (data === '' || data.length % 2 !== 0) return fault('INVALID_LENGTH_FOR_PIECE_OF_TOTAL', 0, data.length);
  const odd = nonDigit(data);
  if (odd) return odd;
  const half = data.length / 2;
  const [piece, total] = [data.slice(0, half), data.slice(half)];
  if (/^0+$/.test(piece)) return fault('ZERO_PIECE_NUMBER', 0, half);
  if (/^0+$/.test(total)) return fault('ZERO_TOTAL_PIECES', half, half);
  return piece > total ? fault('PIECE_NUMBER_EXCEEDS_TOTAL', 0, data.length) : undefined;
};

const positionInSequence: Check = (data) => {
  const match = /^(\d+)\/(\d+)$/.exec(data);
  if (!match) return fault('POSITION_IN_SEQUENCE_MALFORMED', 0, data.length);
  const [position, end] = [match[1] as string, match[2] as string];
  if (position.startsWith('0')) return fault('ILLEGAL_ZERO_PREFIX', 0, position.length);
  if (end.startsWith('0')) return fault('ILLEGAL_ZERO_PREFIX', position.length + 1, end.length);
  const isBeyond = position.length === end.length ? position > end : position.length > end.length;
  return isBeyond ? fault('POSITION_EXCEEDS_END', 0, data.length) : undefined;
};

const percentEncoded: Check = (data) => {
  const bad = /%(?![0-9A-Fa-f]{2})/.exec(data);
  return bad ? fault('INVALID_PERCENT_SEQUENCE', bad.index, Math.min(3, data.length - bad.index)) : undefined;
};

const coordinate =
  (most: string, name: string): Check =>
  (data) => {
    if (data.length !== 10) return fault(`${name}_INVALID_LENGTH`, 0, data.length);
    return nonDigit(data) ?? (data > most ? fault(`INVALID_${name}`, 0, 10) : undefined);
  };

/** Media types 01-10 are ICCBBA's, 80-99 are for local use. */
const mediaType: Check = (data) => (/^(0[1-9]|10|[89]\d)$/.test(data) ? undefined : fault('INVALID_MEDIA_TYPE', 0, data.length));

const importerIndex: Check = (data) => {
  if (data.length !== 1) return fault('IMPORTER_IDX_MUST_BE_ONE_CHARACTER', 0, data.length);
  return outside(data, set64, 'INVALID_IMPORT_IDX_CHARACTER');
};

/** Every check a format names, by that name. */
export const checks: Readonly<Record<string, Check>> = {
  csetnumeric: nonDigit,
  cset82: (data) => outside(data, set82, 'INVALID_CSET82_CHARACTER'),
  cset39: (data) => outside(data, set39, 'INVALID_CSET39_CHARACTER'),
  cset64: base64url,
  csum: checkDigit,
  csumalpha: alphanumericCheck,
  gcppos1: companyPrefix(0),
  gcppos2: companyPrefix(1),
  hasnondigit: (data) => (/[^0-9]/.test(data) ? undefined : fault('REQUIRES_NON_DIGIT_CHARACTER', 0, data.length)),
  hyphen: (data) => (/^-+$/.test(data) ? undefined : fault('NOT_HYPHEN', 0, data.length)),
  iban,
  importeridx: importerIndex,
  iso3166: among(countryNumbers, 'NOT_ISO3166'),
  iso3166999: among(countryNumbers, 'NOT_ISO3166_OR_999', '999'),
  iso3166alpha2: among(countryCodes, 'NOT_ISO3166_ALPHA2'),
  iso4217: among(currencyByNumber, 'NOT_ISO4217'),
  iso5218: oneOf('0129', 'INVALID_BIOLOGICAL_SEX_CODE'),
  latitude: coordinate('1800000000', 'LATITUDE'),
  longitude: coordinate('3600000000', 'LONGITUDE'),
  mediatype: mediaType,
  nonzero: (data) => nonDigit(data) ?? (/[1-9]/.test(data) ? undefined : fault('ILLEGAL_ZERO_VALUE', 0, data.length)),
  nozeroprefix: (data) => nonDigit(data) ?? (/^0./.test(data) ? fault('ILLEGAL_ZERO_PREFIX', 0, 1) : undefined),
  packagetype: among(packageTypes, 'INVALID_PACKAGE_TYPE'),
  pcenc: percentEncoded,
  pieceoftotal: pieceOfTotal,
  posinseqslash: positionInSequence,
  winding: oneOf('019', 'INVALID_WINDING_DIRECTION'),
  yesno: oneOf('01', 'NOT_ZERO_OR_ONE'),
  zero: (data) => (/^0$/.test(data) ? undefined : fault('NOT_ZERO', 0, data.length)),
  couponcode: couponCode,
  couponposoffer: positiveOffer,
  ...dateChecks,
};

/** The check of a part's character set. */
export const setChecks = { N: nonDigit, X: checks['cset82'] as Check, Y: checks['cset39'] as Check, Z: base64url } as const;
