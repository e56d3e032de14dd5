import type { EuRiskClass } from '../product/product-fields.ts';
import { agencyOf, type DeviceRecord, deviceRecord, plain, type StatedCode, type StatedPackage, truth } from './device-record.ts';
import { childrenOf, deepElements, elementAt, textAt, type XmlElement } from './xml-element.ts';

const riskClasses: Readonly<Record<string, EuRiskClass>> = {
  CLASS_I: 'I',
  CLASS_IS: 'Is',
  CLASS_IM: 'Im',
  CLASS_IR: 'Ir',
  CLASS_IIA: 'IIa',
  CLASS_IIB: 'IIb',
  CLASS_III: 'III',
  CLASS_A: 'A',
  CLASS_B: 'B',
  CLASS_C: 'C',
  CLASS_D: 'D',
};
const riskClassOf = (value: string | null | undefined): EuRiskClass | null =>
  riskClasses[(value ?? '').replace(/^EU_/u, '').toUpperCase()] ?? null;

/** A text in English where there is one, else in any language. */
function worded(element: XmlElement | undefined): string | null {
  const names = childrenOf(element, 'name');
  const english = names.find((n) => textAt(n, 'language') === 'EN') ?? names[0];
  return plain(textAt(english, 'textValue'));
}

const firstEmdn = (codes: string | null): string | null => /[A-Z]\d{2,13}/u.exec(codes ?? '')?.[0] ?? null;

/** Package identifiers of a message: each holds a number of the identifier below it. */
function packagesOf(device: XmlElement, base: string): StatedPackage[] {
  return deepElements(device, 'package').flatMap((p) => {
    const di = textAt(p, 'identifier', 'DICode');
    if (!di) return [];
    const level = base === textAt(p, 'child', 'DICode') ? ('inner' as const) : ('case' as const);
    return [
      {
        di,
        issuingAgency: agencyOf(textAt(p, 'identifier', 'issuingEntityCode')),
        level,
        unit: null,
        containedDi: textAt(p, 'child', 'DICode'),
        quantity: textAt(p, 'numberOfItems'),
        discontinuedOn: null,
      },
    ];
  });
}

function codesOf(data: XmlElement): StatedCode[] {
  const secondary = elementAt(data, 'secondaryIdentifier');
  const marks = deepElements(data, 'directMarkingDI');
  return [
    ...(secondary ? [{ system: 'secondaryDi' as const, element: secondary }] : []),
    ...marks.map((element) => ({ system: 'directMarkDi' as const, element })),
  ].flatMap(({ system, element }) => {
    const code = textAt(element, 'DICode');
    return code ? [{ system, code, ownerName: textAt(element, 'issuingEntityCode') }] : [];
  });
}

function recordOf(basic: XmlElement | undefined, data: XmlElement, device: XmlElement, row: number): DeviceRecord | null {
  const di = textAt(data, 'identifier', 'DICode');
  if (!di) return null;
  const reuses = Number(textAt(data, 'numberOfReuses') ?? Number.NaN);
  const pi = childrenOf(data, 'productionIdentifier').flatMap((p) => p.text.trim().split(/\s+/u));
  return deviceRecord({
    source: 'eudamed',
    row,
    di,
    issuingAgency: agencyOf(textAt(data, 'identifier', 'issuingEntityCode')),
    nameEn: worded(elementAt(data, 'tradeNames')) ?? worded(elementAt(data, 'additionalDescription')),
    brandName: worded(elementAt(data, 'tradeNames')),
    model: plain(textAt(basic, 'model')),
    catalogueNo: plain(textAt(data, 'referenceNumber'), 80),
    description: worded(elementAt(data, 'additionalDescription')),
    holderName: plain(textAt(basic, 'MFActorCode')),
    isIvd: basic ? basic.name.startsWith('IVD') : null,
    isImplant: truth(textAt(basic, 'implantable')),
    isSingleUse: Number.isNaN(reuses) ? null : reuses === 0,
    isSterile: truth(textAt(data, 'sterile')),
    hasLot: pi.length > 0 ? pi.includes('BATCH_NUMBER') : null,
    hasSerial: pi.length > 0 ? pi.includes('SERIALISATION_NUMBER') || pi.includes('SERIAL_NUMBER') : null,
    hasExpiry: pi.length > 0 ? pi.includes('EXPIRATION_DATE') : null,
    emdnCode: firstEmdn(textAt(data, 'MDNCodes')),
    basicUdiDi: textAt(data, 'basicUDIIdentifier', 'DICode') ?? textAt(basic, 'identifier', 'DICode'),
    euRiskClass: riskClassOf(textAt(basic, 'riskClass')),
    packages: packagesOf(device, di),
    codes: codesOf(data),
    isWithdrawn: (textAt(data, 'status', 'code') ?? 'ON_THE_MARKET') !== 'ON_THE_MARKET',
  });
}

/** Devices of a EUDAMED message (MDR, IVDR and legacy devices); null where one has no identifier. */
export function eudamedRecords(root: XmlElement): (DeviceRecord | null)[] {
  const found: { basic: XmlElement | undefined; data: XmlElement; device: XmlElement }[] = [];
  for (const device of deepElements(root, 'Device')) {
    const basic = device.children.find((c) => /BasicUDI$|^BasicUDI/u.test(c.name));
    for (const data of device.children.filter((c) => /UDIDIData$/u.test(c.name))) found.push({ basic, data, device });
  }
  return found.map(({ basic, data, device }, i) => recordOf(basic, data, device, i + 1));
}
