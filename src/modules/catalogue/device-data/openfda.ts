import * as z from 'zod';
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

const words = z.string().nullish();
const identifier = z.object({
  id: words,
  type: words,
  issuing_agency: words,
  unit_of_use_id: words,
  quantity_per_package: words,
  package_type: words,
  package_discontinue_date: words,
});
const limit = z.object({ value: words, unit: words }).partial().nullish();
const storage = z.object({ type: words, low: limit, high: limit, special_conditions: words }).partial();

const deviceSchema = z
  .object({
    identifiers: z.array(identifier.partial()).nullish(),
    public_device_record_key: words,
    public_version_date: words,
    brand_name: words,
    version_or_model_number: words,
    catalog_number: words,
    device_description: words,
    company_name: words,
    device_count_in_base_package: words,
    is_single_use: words,
    has_lot_or_batch_number: words,
    has_serial_number: words,
    has_expiration_date: words,
    commercial_distribution_status: words,
    sterilization: z.object({ is_sterile: words }).partial().nullish(),
    gmdn_terms: z.array(z.object({ code: words, name: words, implantable: words, code_status: words }).partial()).nullish(),
    product_codes: z.array(z.object({ code: words }).partial()).nullish(),
    device_sizes: z.array(z.object({ type: words, value: words, unit: words, text: words }).partial()).nullish(),
    storage: z.array(storage).nullish(),
  })
  .partial();
type Device = z.infer<typeof deviceSchema>;
type Identifier = z.infer<typeof identifier>;

const ofKind = (device: Device, ...kinds: string[]) =>
  (device.identifiers ?? []).filter((i) => kinds.includes((i.type ?? '').toLowerCase())) as Identifier[];

function packagesOf(device: Device): StatedPackage[] {
  const packages = ofKind(device, 'package').map((i) => ({
    di: i.id ?? '',
    issuingAgency: agencyOf(i.issuing_agency),
    level: levelOf(i.package_type),
    unit: plain(i.package_type, 16),
    // openFDA calls the identifier inside the package its "unit of use".
    containedDi: i.unit_of_use_id ?? null,
    quantity: i.quantity_per_package ?? null,
    discontinuedOn: day(i.package_discontinue_date),
  }));
  const useUnits = ofKind(device, 'unit of use').map((i) => ({
    di: i.id ?? '',
    issuingAgency: agencyOf(i.issuing_agency),
    level: 'useUnit' as const,
    unit: null,
    containedDi: null,
    quantity: device.device_count_in_base_package ?? null,
    discontinuedOn: null,
  }));
  return [...packages, ...useUnits].filter((p) => p.di !== '');
}

const codesOf = (device: Device): StatedCode[] =>
  (['secondary', 'direct marking', 'previous'] as const).flatMap((kind) =>
    ofKind(device, kind).flatMap((i) =>
      i.id
        ? [
            {
              system: ({ secondary: 'secondaryDi', 'direct marking': 'directMarkDi', previous: 'previous' } as const)[kind],
              code: i.id,
              ownerName: i.issuing_agency ?? null,
            },
          ]
        : [],
    ),
  );

function sizesOf(device: Device): string | null {
  const sizes = (device.device_sizes ?? []).map((s) => (s.value ? `${s.type ?? ''}: ${s.value} ${s.unit ?? ''}`.trim() : (s.text ?? '')));
  return plain(sizes.filter(Boolean).join('; '));
}

function recordOf(device: Device, row: number): DeviceRecord | null {
  const [primary] = ofKind(device, 'primary');
  if (!primary?.id) return null;
  const terms = device.gmdn_terms ?? [];
  const inForce = terms.find((t) => t.code_status !== 'Obsolete') ?? terms[0];
  const implant = terms.map((t) => truth(t.implantable));
  const climate = (device.storage ?? []).find((s) => s.type === 'Storage Environment Temperature');
  const special = (device.storage ?? []).map((s) => s.special_conditions).filter(Boolean);
  return deviceRecord({
    source: 'openfda',
    row,
    di: primary.id,
    issuingAgency: agencyOf(primary.issuing_agency),
    recordKey: device.public_device_record_key ?? null,
    versionDate: day(device.public_version_date),
    nameEn: plain(device.device_description) ?? plain(inForce?.name) ?? plain(device.brand_name),
    brandName: plain(device.brand_name),
    model: plain(device.version_or_model_number),
    catalogueNo: plain(device.catalog_number, 80),
    specification: sizesOf(device),
    description: plain(device.device_description, 4000),
    holderName: plain(device.company_name),
    isImplant: implant.includes(true) ? true : implant.includes(false) ? false : null,
    isSingleUse: truth(device.is_single_use),
    isSterile: truth(device.sterilization?.is_sterile),
    hasLot: truth(device.has_lot_or_batch_number),
    hasSerial: truth(device.has_serial_number),
    hasExpiry: truth(device.has_expiration_date),
    gmdnCode: inForce?.code ?? null,
    fdaProductCode: device.product_codes?.[0]?.code ?? null,
    storageMinC: celsius(climate?.low?.value, climate?.low?.unit),
    storageMaxC: celsius(climate?.high?.value, climate?.high?.unit),
    storageCondition: plain(special.join('; ')),
    packages: packagesOf(device),
    codes: codesOf(device),
    isWithdrawn: device.commercial_distribution_status === 'Not in Commercial Distribution',
  });
}

/** The devices of an openFDA answer: `results`, a single device, or an object of named examples as in its documentation. */
function devicesIn(json: unknown): unknown[] {
  const isDevice = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Array.isArray((value as { identifiers?: unknown }).identifiers);
  if (Array.isArray(json)) return json.filter(isDevice);
  if (isDevice(json)) return [json];
  if (typeof json !== 'object' || json === null) return [];
  const { results } = json as { results?: unknown };
  return Array.isArray(results) ? results.filter(isDevice) : Object.values(json).filter(isDevice);
}

/** Whether this is an answer of the openFDA device UDI service. */
export const isOpenfda = (json: unknown): boolean => devicesIn(json).length > 0;

/** Devices of an openFDA device UDI answer; null where one has no primary identifier or not the form of a device. */
export const openfdaRecords = (json: unknown): (DeviceRecord | null)[] =>
  devicesIn(json).map((device, i) => {
    const parsed = deviceSchema.safeParse(device);
    return parsed.success ? recordOf(parsed.data, i + 1) : null;
  });
