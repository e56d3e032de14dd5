import * as z from 'zod';
import type { EuRiskClass } from '../product/product-fields.ts';
import { celsius, day, type DeviceRecord, deviceRecord, plain, truth } from './device-record.ts';

const coded = z.object({ Value: z.string() });
const worded = z.array(z.object({ LanguageCode: z.string(), Value: z.string() })).nullish();
const typed = (name: string) => z.array(z.object({ [name]: z.string(), Value: z.string() })).nullish();

const tradeItemSchema = z.object({
  Gtin: z.string().nullish(),
  MedicalDeviceTradeItemModule: z
    .object({
      MedicalDeviceInformation: z.object({
        IsTradeItemImplantable: z.union([z.string(), z.boolean()]).nullish(),
        UDIProductionIdentifierTypeCode: z.array(coded).nullish(),
        EUMedicalDeviceStatusCode: coded.nullish(),
        HealthcareTradeItemReusabilityInformation: z.object({ ManufacturerDeclaredReusabilityTypeCode: coded.nullish() }).nullish(),
        TradeItemSterilityInformation: z.object({ InitialManufacturerSterilisationCode: z.array(coded).nullish() }).nullish(),
      }),
    })
    .nullish(),
  RegulatedTradeItemModule: z
    .object({ RegulatoryInformation: z.array(z.object({ RegulatoryAct: z.string().nullish() })).nullish() })
    .nullish(),
  TradeItemDescriptionModule: z
    .object({
      TradeItemDescriptionInformation: z.object({ AdditionalTradeItemDescription: worded, TradeItemDescription: worded }),
    })
    .nullish(),
  GdsnTradeItemClassification: z
    .object({
      AdditionalTradeItemClassification: z
        .array(
          z.object({
            AdditionalTradeItemClassificationSystemCode: coded,
            AdditionalTradeItemClassificationValue: z.array(z.object({ AdditionalTradeItemClassificationCodeValue: z.string() })),
          }),
        )
        .nullish(),
    })
    .nullish(),
  TradeItemContactInformation: z.array(z.object({ ContactTypeCode: coded, ContactName: z.string().nullish() })).nullish(),
  TradeItemSynchronisationDates: z.object({ LastChangeDateTime: z.string().nullish() }).nullish(),
  GlobalModelInformation: z.array(z.object({ GlobalModelNumber: z.string() })).nullish(),
  AdditionalTradeItemIdentification: typed('AdditionalTradeItemIdentificationTypeCode'),
  TradeItemTemperatureInformation: z
    .array(
      z.object({
        MinimumTemperature: z.object({ Value: z.string(), TemperatureMeasurementUnitCode: z.string() }).nullish(),
        MaximumTemperature: z.object({ Value: z.string(), TemperatureMeasurementUnitCode: z.string() }).nullish(),
      }),
    )
    .nullish(),
});
type TradeItem = z.infer<typeof tradeItemSchema>;

const riskClasses: Readonly<Record<string, EuRiskClass>> = {
  EU_CLASS_I: 'I',
  EU_CLASS_IIA: 'IIa',
  EU_CLASS_IIB: 'IIb',
  EU_CLASS_III: 'III',
  EU_CLASS_A: 'A',
  EU_CLASS_B: 'B',
  EU_CLASS_C: 'C',
  EU_CLASS_D: 'D',
};
/** Classification systems of GDSN: 76 EU risk class, 88 EMDN. */
const RISK_CLASS = '76';
const EMDN = '88';

const english = (texts: { LanguageCode: string; Value: string }[] | null | undefined): string | null =>
  plain((texts?.find((t) => t.LanguageCode.toLowerCase() === 'en') ?? texts?.[0])?.Value, 4000);

const classified = (item: TradeItem, system: string): string | null =>
  item.GdsnTradeItemClassification?.AdditionalTradeItemClassification?.find(
    (c) => c.AdditionalTradeItemClassificationSystemCode.Value === system,
  )?.AdditionalTradeItemClassificationValue[0]?.AdditionalTradeItemClassificationCodeValue ?? null;

const numbered = (item: TradeItem, kind: string): string | null =>
  plain(item.AdditionalTradeItemIdentification?.find((i) => i['AdditionalTradeItemIdentificationTypeCode'] === kind)?.['Value'], 80);

function climateOf(item: TradeItem): Pick<DeviceRecord, 'storageMinC' | 'storageMaxC'> {
  const climate = item.TradeItemTemperatureInformation?.[0];
  const unit = (code: string | undefined) => ({ CEL: '°C', FAH: '°F', KEL: 'kelvin' })[code ?? ''] ?? null;
  const degrees = (limit: { Value: string; TemperatureMeasurementUnitCode: string } | null | undefined) =>
    celsius(limit?.Value, unit(limit?.TemperatureMeasurementUnitCode));
  return { storageMinC: degrees(climate?.MinimumTemperature), storageMaxC: degrees(climate?.MaximumTemperature) };
}

function recordOf(item: TradeItem, row: number): DeviceRecord | null {
  if (!item.Gtin) return null;
  const device = item.MedicalDeviceTradeItemModule?.MedicalDeviceInformation;
  const texts = item.TradeItemDescriptionModule?.TradeItemDescriptionInformation;
  const pi = device?.UDIProductionIdentifierTypeCode?.map((c) => c.Value);
  const reuse = device?.HealthcareTradeItemReusabilityInformation?.ManufacturerDeclaredReusabilityTypeCode?.Value;
  const sterile = device?.TradeItemSterilityInformation?.InitialManufacturerSterilisationCode?.[0]?.Value;
  const acts = item.RegulatedTradeItemModule?.RegulatoryInformation?.map((r) => r.RegulatoryAct);
  const name = english(texts?.TradeItemDescription);
  return deviceRecord({
    source: 'eudamed',
    row,
    di: item.Gtin,
    issuingAgency: 'gs1',
    versionDate: day(item.TradeItemSynchronisationDates?.LastChangeDateTime),
    nameEn: plain(name) ?? plain(english(texts?.AdditionalTradeItemDescription)),
    brandName: plain(name),
    model: numbered(item, 'MODEL_NUMBER'),
    catalogueNo: numbered(item, 'MANUFACTURER_PART_NUMBER'),
    description: english(texts?.AdditionalTradeItemDescription),
    holderName: plain(item.TradeItemContactInformation?.find((c) => c.ContactTypeCode.Value === 'EMA')?.ContactName),
    isIvd: acts ? acts.some((act) => act?.startsWith('IVD') === true) : null,
    isImplant: truth(device?.IsTradeItemImplantable),
    isSingleUse: reuse ? reuse.startsWith('SINGLE_USE') : null,
    // "Unspecified" is no statement.
    isSterile: sterile === 'NOT_STERILISED' ? false : sterile && sterile !== 'UNSPECIFIED' ? true : null,
    hasLot: pi ? pi.includes('BATCH_NUMBER') : null,
    hasSerial: pi ? pi.includes('SERIAL_NUMBER') : null,
    hasExpiry: pi ? pi.includes('EXPIRATION_DATE') : null,
    emdnCode: classified(item, EMDN),
    basicUdiDi: item.GlobalModelInformation?.[0]?.GlobalModelNumber ?? null,
    euRiskClass: riskClasses[classified(item, RISK_CLASS) ?? ''] ?? null,
    ...climateOf(item),
    isWithdrawn: (device?.EUMedicalDeviceStatusCode?.Value ?? 'ON_MARKET') !== 'ON_MARKET',
  });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The trade items of a file: one draft, a list of them, or bare items. */
function itemsIn(json: unknown): unknown[] {
  if (Array.isArray(json)) return json.flatMap(itemsIn);
  if (!isObject(json)) return [];
  if (isObject(json['TradeItem'])) return [json['TradeItem']];
  if ('MedicalDeviceTradeItemModule' in json) return [json];
  return Object.values(json)
    .filter((v) => typeof v === 'object')
    .flatMap(itemsIn);
}

/** Whether this is device data in the GS1 trade-item form public EUDAMED downloads are passed on in. */
export const isTradeItems = (json: unknown): boolean => itemsIn(json).length > 0;

/** EUDAMED devices in the GS1 trade-item form; null where one has no GTIN or not that form. */
export const tradeItemRecords = (json: unknown): (DeviceRecord | null)[] =>
  itemsIn(json).map((item, i) => {
    const parsed = tradeItemSchema.safeParse(item);
    return parsed.success ? recordOf(parsed.data, i + 1) : null;
  });
