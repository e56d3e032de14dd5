import Big from 'big.js';
import type { OpenPoint } from '../product/product-fields.ts';
import type { ClassOfDevice } from '../product/device-class.ts';
import { parseRegistrationNo } from '../registration/registration-number.ts';
import { isGtin } from '../identification/check-digits.ts';
import { type IssuingAgency } from '../package/device-identifier.ts';
import type { DeviceRecord, StatedCode } from './device-record.ts';
import { baseQuantities } from './package-quantities.ts';

/** What a person chose for new products, because no database says it. */
export interface DeviceDefaults {
  readonly deviceClass: ClassOfDevice;
  readonly baseUnit: string;
  /** Fields left as they are on products we have. */
  readonly skippedFields: readonly string[];
}

/** Header fields a device record can speak about, in the order they are offered. */
export const deviceFields = [
  'nameZh',
  'nameEn',
  'model',
  'specification',
  'classCode2017',
  'classCode2002',
  'registrationNo',
  'registrantName',
  'isIvd',
  'isImplant',
  'isSingleUse',
  'isSterile',
  'identifierPolicy',
  'isExpiryTracked',
  'storageCondition',
  'storageMinC',
  'storageMaxC',
  'gmdnCode',
  'emdnCode',
  'basicUdiDi',
  'euRiskClass',
  'fdaProductCode',
  'insuranceCode',
  'brandName',
  'catalogueNo',
  'description',
] as const;
/** What can be left out besides: whole line sets. */
export const deviceLineSets = ['packages', 'codes'] as const;

interface Line {
  lineNo?: number;
  readonly [name: string]: unknown;
}

export interface ProductContent {
  readonly [field: string]: unknown;
  readonly lines: Readonly<Record<string, readonly Line[]>>;
}

const policyOf = (record: DeviceRecord): string | null => {
  if (record.hasLot === null && record.hasSerial === null) return null;
  if (record.hasSerial) return record.hasLot ? 'lotAndSerial' : 'serial';
  return record.hasLot ? 'lot' : 'none';
};

const fits = (value: string | null, pattern: RegExp): string | null => (value !== null && pattern.test(value) ? value : null);

/** What the source says, in the product's fields; null where it is silent or says something that cannot be one. */
function statedFields(record: DeviceRecord): Record<(typeof deviceFields)[number], unknown> {
  return {
    nameZh: record.nameZh,
    nameEn: record.nameEn,
    model: record.model,
    specification: record.specification,
    classCode2017: record.classCode2017,
    classCode2002: record.classCode2002,
    registrationNo: record.registrationNo,
    registrantName: record.holderName,
    isIvd: record.isIvd,
    isImplant: record.isImplant,
    isSingleUse: record.isSingleUse,
    isSterile: record.isSterile,
    identifierPolicy: policyOf(record),
    isExpiryTracked: record.hasExpiry,
    storageCondition: record.storageCondition,
    storageMinC: record.storageMinC,
    storageMaxC: record.storageMaxC,
    gmdnCode: fits(record.gmdnCode, /^\d{4,5}$/u),
    emdnCode: fits(record.emdnCode, /^[A-Z]\d{2,13}$/u),
    basicUdiDi: record.basicUdiDi,
    euRiskClass: record.euRiskClass,
    fdaProductCode: fits(record.fdaProductCode, /^[A-Z]{3}$/u),
    insuranceCode: record.insuranceCode,
    brandName: record.brandName,
    catalogueNo: record.catalogueNo,
    description: record.description,
  };
}

/** Identifiers that claim to be GTINs but are none are kept as codes of another agency, so that nothing is lost. */
const agencyFor = (di: string, agency: IssuingAgency): IssuingAgency => (agency === 'gs1' && !isGtin(di) ? 'other' : agency);

function packageLinesOf(record: DeviceRecord): { lines: Line[]; isOpen: boolean } {
  const { known, isOpen } = baseQuantities(record);
  const base = {
    level: 'base',
    unit: null,
    di: record.di,
    issuingAgency: agencyFor(record.di, record.issuingAgency),
    quantityPerBase: '1',
    containedDi: null,
    discontinuedOn: null,
  };
  const others = known.map(({ stated, quantityPerBase }) => ({
    level: stated.level,
    unit: stated.unit,
    di: stated.di,
    issuingAgency: agencyFor(stated.di, stated.issuingAgency),
    quantityPerBase,
    containedDi: stated.containedDi,
    discontinuedOn: stated.discontinuedOn,
  }));
  return { lines: [base, ...others], isOpen };
}

const codeLine = (code: StatedCode): Line => ({
  system: code.system,
  code: code.code.slice(0, 80),
  ownerName: code.ownerName,
  ownerRegistrationNo: null,
});

/** Known lines keep their place and get what the source says; new ones are added; none is removed, because others may use it. */
function merged(before: readonly Line[], stated: readonly Line[], key: (line: Line) => string): Line[] {
  const news = new Map(stated.map((line) => [key(line), line]));
  const kept = before.map((line) => {
    const now = news.get(key(line));
    news.delete(key(line));
    if (!now) return line;
    const said = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== null));
    const isSameQuantity =
      line['quantityPerBase'] !== undefined && new Big(String(line['quantityPerBase'])).eq(String(now['quantityPerBase']));
    return { ...line, ...said, ...(isSameQuantity ? { quantityPerBase: line['quantityPerBase'] } : {}) };
  });
  return [...kept, ...news.values()];
}

/** Content of a new product from a record, and what a person has to complete. */
export function newProductContent(record: DeviceRecord, defaults: DeviceDefaults): ProductContent {
  const stated = statedFields(record);
  const packages = packageLinesOf(record);
  const written = record.registrationNo ? parseRegistrationNo(record.registrationNo).deviceClass : null;
  const open: OpenPoint[] = [
    ...(stated.nameZh === null ? (['nameZh'] as const) : []),
    ...(written === null ? (['deviceClass'] as const) : []),
    ...(stated.registrationNo === null ? (['registration'] as const) : []),
    'baseUnit',
    ...(packages.isOpen ? (['packages'] as const) : []),
  ];
  const name = stated.nameZh ?? stated.nameEn ?? record.brandName ?? record.di;
  const isImplant = stated.isImplant === true;
  return {
    ...stated,
    code: record.di.slice(0, 40),
    nameZh: name,
    nameEn: stated.nameEn ?? name,
    deviceClass: written ?? defaults.deviceClass,
    baseUnit: defaults.baseUnit,
    // An implant without statement is traced by lot, the least the law asks for.
    identifierPolicy:
      stated.identifierPolicy === null || (isImplant && stated.identifierPolicy === 'none') ? 'lot' : stated.identifierPolicy,
    isExpiryTracked: stated.isExpiryTracked ?? false,
    isImplant,
    isSterile: stated.isSterile ?? false,
    isIvd: stated.isIvd ?? false,
    isSingleUse: stated.isSingleUse ?? false,
    isColdChain: isCold(record),
    toComplete: open,
    lines: { packages: packages.lines, codes: record.codes.map(codeLine) },
  };
}

/** Kept between 0 and 8 °C or below: the cold chain of the GSP. */
const isCold = (record: DeviceRecord): boolean => record.storageMaxC !== null && new Big(record.storageMaxC).lte(8);

/** Content of a product we have with what the record says, leaving out the fields a person chose to keep. */
export function changedProductContent(before: ProductContent, record: DeviceRecord, defaults: DeviceDefaults): ProductContent {
  const isWanted = (name: string) => !defaults.skippedFields.includes(name);
  const stated = Object.fromEntries(Object.entries(statedFields(record)).filter(([name, value]) => value !== null && isWanted(name)));
  const packages = packageLinesOf(record);
  const { lines } = before;
  const open = new Set((before['toComplete'] as OpenPoint[] | null) ?? []);
  if (packages.isOpen && isWanted('packages')) open.add('packages');
  if (stated['nameZh']) open.delete('nameZh');
  if (stated['registrationNo']) open.delete('registration');
  return {
    ...before,
    ...stated,
    toComplete: open.size > 0 ? [...open] : null,
    lines: {
      ...lines,
      packages: isWanted('packages') ? merged(lines['packages'] ?? [], packages.lines, (l) => String(l['di'])) : (lines['packages'] ?? []),
      codes: isWanted('codes')
        ? merged(lines['codes'] ?? [], record.codes.map(codeLine), (l) => `${String(l['system'])} ${String(l['code'])}`)
        : (lines['codes'] ?? []),
    },
  };
}
