import Big from 'big.js';
import type { IssuingAgency } from '../package/device-identifier.ts';
import type { CodeSystem, PackageLevel } from '../package/package-lines.ts';
import type { EuRiskClass } from '../product/product-fields.ts';

export type DeviceSource = 'gudid' | 'openfda' | 'nmpa' | 'eudamed';

/** A package as a database states it: how many of the level inside, not of the base unit. */
export interface StatedPackage {
  readonly di: string;
  readonly issuingAgency: IssuingAgency;
  readonly level: PackageLevel;
  /** The word the source uses, such as `CASE` or 箱. */
  readonly unit: string | null;
  readonly containedDi: string | null;
  readonly quantity: string | null;
  readonly discontinuedOn: string | null;
}

export interface StatedCode {
  readonly system: CodeSystem;
  readonly code: string;
  readonly ownerName: string | null;
}

/** One device of a public database, in our words. Null where the source says nothing: silence never overwrites what we know. */
export interface DeviceRecord {
  readonly source: DeviceSource;
  /** Position in the file, from 1. */
  readonly row: number;
  readonly recordKey: string | null;
  readonly versionDate: string | null;
  readonly di: string;
  readonly issuingAgency: IssuingAgency;
  readonly nameZh: string | null;
  readonly nameEn: string | null;
  readonly brandName: string | null;
  readonly model: string | null;
  readonly specification: string | null;
  readonly catalogueNo: string | null;
  readonly description: string | null;
  readonly holderName: string | null;
  readonly registrationNo: string | null;
  readonly classCode2002: string | null;
  readonly classCode2017: string | null;
  readonly isIvd: boolean | null;
  readonly isImplant: boolean | null;
  readonly isSingleUse: boolean | null;
  readonly isSterile: boolean | null;
  readonly hasLot: boolean | null;
  readonly hasSerial: boolean | null;
  readonly hasExpiry: boolean | null;
  readonly gmdnCode: string | null;
  readonly emdnCode: string | null;
  readonly basicUdiDi: string | null;
  readonly euRiskClass: EuRiskClass | null;
  readonly fdaProductCode: string | null;
  readonly insuranceCode: string | null;
  readonly storageMinC: string | null;
  readonly storageMaxC: string | null;
  readonly storageCondition: string | null;
  readonly packages: readonly StatedPackage[];
  readonly codes: readonly StatedCode[];
  /** The source says it left the market. */
  readonly isWithdrawn: boolean;
}

/** A record of a file that cannot be one: without an identifier nothing can be found again. */
export interface UnreadableRecord {
  readonly row: number;
  readonly problem: 'no-identifier';
}

export interface DeviceFile {
  readonly source: DeviceSource;
  readonly records: readonly DeviceRecord[];
  readonly unreadable: readonly UnreadableRecord[];
}

const nothing: Omit<DeviceRecord, 'source' | 'row' | 'di'> = {
  recordKey: null,
  versionDate: null,
  issuingAgency: 'gs1',
  nameZh: null,
  nameEn: null,
  brandName: null,
  model: null,
  specification: null,
  catalogueNo: null,
  description: null,
  holderName: null,
  registrationNo: null,
  classCode2002: null,
  classCode2017: null,
  isIvd: null,
  isImplant: null,
  isSingleUse: null,
  isSterile: null,
  hasLot: null,
  hasSerial: null,
  hasExpiry: null,
  gmdnCode: null,
  emdnCode: null,
  basicUdiDi: null,
  euRiskClass: null,
  fdaProductCode: null,
  insuranceCode: null,
  storageMinC: null,
  storageMaxC: null,
  storageCondition: null,
  packages: [],
  codes: [],
  isWithdrawn: false,
};

/** The only constructor of a record: what a source does not say is null. */
export const deviceRecord = (known: Pick<DeviceRecord, 'source' | 'row' | 'di'> & Partial<DeviceRecord>): DeviceRecord => ({
  ...nothing,
  ...known,
});

/** A value without line breaks and double spaces, at most `max` characters; null where nothing is left. */
export function plain(value: string | null | undefined, max = 200): string | null {
  const text = (value ?? '').replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/gu, ' ').trim();
  return text === '' ? null : text.slice(0, max).trim();
}

/** `true`/`false`, 是/否, 1/0, Y/N; null for anything else. */
export function truth(value: string | boolean | null | undefined): boolean | null {
  const word = String(value ?? '')
    .trim()
    .toLowerCase();
  if (['true', '是', 'y', 'yes', '1'].includes(word)) return true;
  return ['false', '否', 'n', 'no', '0'].includes(word) ? false : null;
}

/** Days are kept where they are days. */
export const day = (value: string | null | undefined): string | null => /^\d{4}-\d{2}-\d{2}/.exec(value?.trim() ?? '')?.[0] ?? null;

const agencies: Readonly<Record<string, IssuingAgency>> = {
  gs1: 'gs1',
  hibcc: 'hibcc',
  iccbba: 'iccbba',
  ma: 'ma',
  ahm: 'ahm',
  ifa: 'ifa',
};

/** Issuing agency by the names the databases use. */
export function agencyOf(name: string | null | undefined): IssuingAgency {
  const word = (name ?? '').trim().toLowerCase();
  if (word === '') return 'gs1';
  return Object.entries(agencies).find(([key]) => word.includes(key))?.[1] ?? 'other';
}

const levels: readonly (readonly [RegExp, PackageLevel])[] = [
  [/pallet|托盘/iu, 'pallet'],
  [/case|carton|箱|shipper/iu, 'case'],
  [/box|pack|盒|bag|pouch|袋|包|inner/iu, 'inner'],
];

/** Package level by the word the source uses. */
export const levelOf = (word: string | null | undefined): PackageLevel =>
  levels.find(([pattern]) => pattern.test(word ?? ''))?.[1] ?? 'other';

/** A temperature in °C with one decimal, from the unit the source uses; null where it is no temperature. */
export function celsius(value: string | null | undefined, unit: string | null | undefined): string | null {
  const number = /^[-+−]?\d+(\.\d+)?$/u.test(value?.trim() ?? '') ? new Big((value ?? '').trim().replace('−', '-').replace('+', '')) : null;
  const word = (unit ?? '').toLowerCase();
  if (!number) return null;
  if (/celsius|℃|°c|^c$/u.test(word)) return number.round(1).toString();
  if (/fahrenheit|℉|°f|^f$/u.test(word)) return number.minus(32).times(5).div(9).round(1).toString();
  return /kelvin|^k$/u.test(word) ? number.minus('273.15').round(1).toString() : null;
}
