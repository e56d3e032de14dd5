import { parseRegistrationNo } from '../registration/registration-number.ts';
import {
  agencyOf,
  celsius,
  day,
  type DeviceRecord,
  deviceRecord,
  levelOf,
  plain,
  type StatedCode,
  type StatedPackage,
  truth,
} from './device-record.ts';
import { deepElements, type XmlElement } from './xml-element.ts';

/** A device as both forms of the database give it: field names of the XML and of the JSON are the same. */
interface Fields {
  readonly value: (name: string) => string | null;
  readonly list: (list: string, entry: string) => readonly Fields[];
}

const ofXml = (element: XmlElement): Fields => ({
  value: (name) => element.children.find((c) => c.name === name)?.text.trim() || null,
  list: (list, entry) =>
    element.children.filter((c) => c.name === list).flatMap((c) => c.children.filter((e) => e.name === entry).map(ofXml)),
});

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const ofJson = (object: Json): Fields => ({
  value: (name) => {
    const value = object[name];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() || null : null;
  },
  list: (list, entry) => {
    const held = object[list];
    const entries = isObject(held) ? held[entry] : held;
    return (Array.isArray(entries) ? entries : [entries]).filter(isObject).map(ofJson);
  },
});

function packagesOf(device: Fields, agency: string | null): StatedPackage[] {
  const packages = device.list('packingList', 'packing').map((p) => ({
    di: p.value('bzcpbs') ?? '',
    issuingAgency: agencyOf(agency),
    level: levelOf(p.value('cpbzjb')),
    unit: plain(p.value('cpbzjb'), 16),
    containedDi: p.value('bznhxyjbzcpbs'),
    quantity: p.value('bznhxyjcpbssl'),
    discontinuedOn: null,
  }));
  const useUnit = device.value('sydycpbs');
  const useUnits = useUnit
    ? [
        {
          di: useUnit,
          issuingAgency: agencyOf(agency),
          level: 'useUnit' as const,
          unit: null,
          containedDi: null,
          quantity: device.value('zxxsdyzsydydsl'),
          discontinuedOn: null,
        },
      ]
    : [];
  return [...packages, ...useUnits].filter((p) => p.di !== '');
}

/** Model and specification stand in one field; the conditions that are temperatures become the climate. */
function storageOf(device: Fields): Pick<DeviceRecord, 'storageMinC' | 'storageMaxC' | 'storageCondition'> {
  const conditions = device.list('storageList', 'storage');
  const climate = conditions.find((c) => celsius(c.value('zgz') ?? c.value('zdz'), c.value('jldw')) !== null);
  const words = conditions.map((c) =>
    [c.value('cchcztj'), [c.value('zdz'), c.value('zgz')].filter(Boolean).join('～'), c.value('jldw')].filter(Boolean).join(' '),
  );
  return {
    storageMinC: climate ? celsius(climate.value('zdz'), climate.value('jldw')) : null,
    storageMaxC: climate ? celsius(climate.value('zgz'), climate.value('jldw')) : null,
    storageCondition: plain([...words, device.value('tscchcztj')].filter(Boolean).join('；')),
  };
}

const codesOf = (device: Fields): StatedCode[] => {
  const mark = device.value('btcpbs');
  return mark && mark !== device.value('zxxsdycpbs') ? [{ system: 'directMarkDi', code: mark, ownerName: device.value('cpbsbmtxmc') }] : [];
};

/** Several numbers may stand in one field; the first that follows the grammar in force is the one on the label now. */
function registrationOf(value: string | null): string | null {
  const numbers = (value ?? '').split(/[,，;；、\s]+/u).filter(Boolean);
  return numbers.find((n) => parseRegistrationNo(n).format !== 'legacy') ?? numbers[0] ?? null;
}

const code2017 = (value: string | null): string | null => (/^\d{2}(-\d{2}(-\d{2})?)?$/u.test(value ?? '') ? value : null);
const code2002 = (value: string | null): string | null => (/^68\d{2}(-\d{1,3})?$/u.test(value ?? '') ? value : null);

function recordOf(device: Fields, row: number): DeviceRecord | null {
  const di = device.value('zxxsdycpbs');
  if (!di) return null;
  const agency = device.value('cpbsbmtxmc');
  const name = plain(device.value('cpmctymc'));
  const kind = device.value('qxlb');
  return deviceRecord({
    source: 'nmpa',
    row,
    di,
    issuingAgency: agencyOf(agency),
    recordKey: device.value('deviceRecordKey'),
    versionDate: day(device.value('versionTime')),
    nameZh: name,
    brandName: plain(device.value('spmc')),
    specification: plain(device.value('ggxh')),
    catalogueNo: plain(device.value('cphhhbh'), 80),
    description: plain(device.value('cpms'), 4000),
    holderName: plain(device.value('ylqxzcrbarmc')),
    registrationNo: registrationOf(device.value('zczbhhzbapzbh')),
    classCode2002: code2002(device.value('yflbm')),
    classCode2017: code2017(device.value('flbm')),
    isIvd: kind === null ? null : kind.includes('体外诊断'),
    isSingleUse: truth(device.value('sfbjwycxsy')),
    isSterile: truth(device.value('sfwwjbz')),
    hasLot: truth(device.value('scbssfbhph')),
    hasSerial: truth(device.value('scbssfbhxlh')),
    hasExpiry: truth(device.value('scbssfbhsxrq')),
    insuranceCode: plain(device.value('ybbm'), 30),
    ...storageOf(device),
    packages: packagesOf(device, agency),
    codes: codesOf(device),
    isWithdrawn: device.value('tsrq') !== null,
  });
}

/** Devices of the UDI database of the NMPA, XML release; null where one has no sales-unit identifier. */
export const nmpaRecords = (root: XmlElement): (DeviceRecord | null)[] =>
  deepElements(root, 'device').map((device, i) => recordOf(ofXml(device), i + 1));

/** The device objects of a JSON answer, however they are wrapped. */
function devicesIn(json: unknown): Json[] {
  if (Array.isArray(json)) return json.flatMap(devicesIn);
  if (!isObject(json)) return [];
  return 'zxxsdycpbs' in json
    ? [json]
    : Object.values(json)
        .filter((v) => typeof v === 'object')
        .flatMap(devicesIn);
}

/** Whether this is JSON of the NMPA database. */
export const isNmpa = (json: unknown): boolean => devicesIn(json).length > 0;

/** Devices of the same database as its interface answers them. */
export const nmpaJsonRecords = (json: unknown): (DeviceRecord | null)[] =>
  devicesIn(json).map((device, i) => recordOf(ofJson(device), i + 1));
