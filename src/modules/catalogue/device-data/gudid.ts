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
import { childrenOf, deepElements, elementAt, textAt, type XmlElement } from './xml-element.ts';

const isPublished = (identifier: XmlElement, kind: string): boolean => textAt(identifier, 'deviceIdType')?.toLowerCase() === kind;

function packagesOf(identifiers: readonly XmlElement[]): StatedPackage[] {
  return identifiers
    .filter((i) => isPublished(i, 'package'))
    .map((i) => ({
      di: textAt(i, 'deviceId') ?? '',
      issuingAgency: agencyOf(textAt(i, 'deviceIdIssuingAgency')),
      level: levelOf(textAt(i, 'pkgType')),
      unit: plain(textAt(i, 'pkgType'), 16),
      containedDi: textAt(i, 'containsDINumber'),
      quantity: textAt(i, 'pkgQuantity'),
      discontinuedOn: day(textAt(i, 'pkgDiscontinueDate')),
    }))
    .filter((p) => p.di !== '');
}

/** The unit of use lies inside the sales unit: `deviceCount` of them, with an identifier of its own. */
function unitOfUse(device: XmlElement, identifiers: readonly XmlElement[]): StatedPackage[] {
  return identifiers
    .filter((i) => isPublished(i, 'unit of use'))
    .map((i) => ({
      di: textAt(i, 'deviceId') ?? '',
      issuingAgency: agencyOf(textAt(i, 'deviceIdIssuingAgency')),
      level: 'useUnit' as const,
      unit: null,
      containedDi: null,
      quantity: textAt(device, 'deviceCount'),
      discontinuedOn: null,
    }));
}

function codesOf(identifiers: readonly XmlElement[]): StatedCode[] {
  const systems = { secondary: 'secondaryDi', 'direct marking': 'directMarkDi', previous: 'previous' } as const;
  return identifiers.flatMap((i) => {
    const system = systems[(textAt(i, 'deviceIdType') ?? '').toLowerCase() as keyof typeof systems];
    const code = textAt(i, 'deviceId');
    return system && code ? [{ system, code, ownerName: textAt(i, 'deviceIdIssuingAgency') }] : [];
  });
}

/** Both forms in circulation: the value in a child element, or as an attribute. */
const limitOf = (side: XmlElement | undefined): string | null =>
  celsius(textAt(side, 'value') ?? side?.attributes['value'], textAt(side, 'unit') ?? side?.attributes['unit']);

function storageOf(device: XmlElement): Pick<DeviceRecord, 'storageMinC' | 'storageMaxC' | 'storageCondition'> {
  const all = childrenOf(elementAt(device, 'environmentalConditions'), 'storageHandling');
  const climate = all.find((s) => textAt(s, 'storageHandlingType') === 'Storage Environment Temperature');
  const special = all.map((s) => textAt(s, 'storageHandlingSpecialConditionText')).filter((t) => t !== null);
  return {
    storageMinC: limitOf(elementAt(climate, 'storageHandlingLow')),
    storageMaxC: limitOf(elementAt(climate, 'storageHandlingHigh')),
    storageCondition: plain(special.join('; ')),
  };
}

function sizesOf(device: XmlElement): string | null {
  const sizes = childrenOf(elementAt(device, 'deviceSizes'), 'deviceSize').map((s) => {
    const size = elementAt(s, 'size');
    const value = textAt(size, 'value') ?? size?.attributes['value'] ?? null;
    const unit = textAt(size, 'unit') ?? size?.attributes['unit'] ?? '';
    return value ? `${textAt(s, 'sizeType') ?? ''}: ${value} ${unit}`.trim() : (textAt(s, 'sizeText') ?? '');
  });
  return plain(sizes.filter(Boolean).join('; '));
}

function recordOf(device: XmlElement, row: number): DeviceRecord | null {
  const identifiers = childrenOf(elementAt(device, 'identifiers'), 'identifier');
  const primary = identifiers.find((i) => isPublished(i, 'primary'));
  const di = textAt(primary, 'deviceId');
  if (!di) return null;
  const gmdn = childrenOf(elementAt(device, 'gmdnTerms'), 'gmdn');
  const inForce = gmdn.find((g) => textAt(g, 'gmdnCodeStatus') !== 'Obsolete') ?? gmdn[0];
  const implant = gmdn.map((g) => truth(textAt(g, 'implantable')));
  const name = plain(textAt(device, 'deviceDescription')) ?? plain(textAt(inForce, 'gmdnPTName'));
  return deviceRecord({
    source: 'gudid',
    row,
    di,
    issuingAgency: agencyOf(textAt(primary, 'deviceIdIssuingAgency')),
    recordKey: textAt(device, 'publicDeviceRecordKey'),
    versionDate: day(textAt(device, 'publicVersionDate')),
    nameEn: name ?? plain(textAt(device, 'brandName')),
    brandName: plain(textAt(device, 'brandName')),
    model: plain(textAt(device, 'versionModelNumber')),
    catalogueNo: plain(textAt(device, 'catalogNumber'), 80),
    specification: sizesOf(device),
    description: plain(textAt(device, 'deviceDescription'), 4000),
    holderName: plain(textAt(device, 'companyName')),
    isImplant: implant.includes(true) ? true : implant.includes(false) ? false : null,
    isSingleUse: truth(textAt(device, 'singleUse')),
    isSterile: truth(textAt(device, 'sterilization', 'deviceSterile')),
    hasLot: truth(textAt(device, 'lotBatch')),
    hasSerial: truth(textAt(device, 'serialNumber')),
    hasExpiry: truth(textAt(device, 'expirationDate')),
    gmdnCode: textAt(inForce, 'gmdnCode'),
    fdaProductCode: textAt(elementAt(device, 'productCodes', 'fdaProductCode'), 'productCode'),
    ...storageOf(device),
    packages: [...packagesOf(identifiers), ...unitOfUse(device, identifiers)],
    codes: codesOf(identifiers),
    isWithdrawn: textAt(device, 'deviceCommDistributionStatus') === 'Not in Commercial Distribution',
  });
}

/** Devices of a GUDID file (FDA, “AccessGUDID” release XML); null where a device has no primary identifier. */
export const gudidRecords = (root: XmlElement): (DeviceRecord | null)[] =>
  deepElements(root, 'device').map((device, i) => recordOf(device, i + 1));
