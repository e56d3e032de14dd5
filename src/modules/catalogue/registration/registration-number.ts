import type { ClassOfDevice } from '../product/device-class.ts';

export type RegistrationForm = 'domestic' | 'imported' | 'hongKongMacauTaiwan';

/** A certificate or filing number taken apart (Order 47, articles 115 and 116). */
export type ParsedRegistrationNo =
  | {
      readonly format: 'registration';
      /** `国` or the short name of a province. */
      readonly place: string;
      readonly form: RegistrationForm;
      /** Year of the first registration. */
      readonly year: number;
      readonly deviceClass: ClassOfDevice;
      /** Two digits of the classification catalogue; for numbers of the 2002 catalogue the last two of 68xx. */
      readonly group: string;
      readonly serial: string;
    }
  | {
      readonly format: 'filing';
      readonly place: string;
      readonly form: RegistrationForm;
      readonly year: number;
      readonly deviceClass: 'I';
      readonly serial: string;
    }
  /** Numbers from before October 2014: kept as they are, class and group where they can be read. */
  | { readonly format: 'legacy'; readonly year: number | null; readonly deviceClass: ClassOfDevice | null; readonly group: string | null };

const registrationPattern = /^(国|[\u4e00-\u9fa5])械注(准|进|许)(\d{4})([123])(\d{2})(\d{4})$/;
const filingPattern = /^([\u4e00-\u9fa5]{1,3})械备(\d{4})(\d{4})$/;
const legacyPattern = /^[\u4e00-\u9fa5]{1,3}(?:食)?药(?:监|管)械\((?:准|进|许|试)\)字(\d{4})第(\d)(\d{2})\d{4}号/;

const forms: Readonly<Record<string, RegistrationForm>> = { 准: 'domestic', 进: 'imported', 许: 'hongKongMacauTaiwan' };
const classes: Readonly<Record<string, ClassOfDevice>> = { 1: 'I', 2: 'II', 3: 'III' };

/** Full-width brackets and digits as scanned or typed become plain ones; spaces go. */
export const normalRegistrationNo = (value: string): string => value.normalize('NFKC').replaceAll(/\s/gu, '');

/** Takes a registration or filing number apart; whatever does not follow the grammar in force counts as legacy. */
export function parseRegistrationNo(value: string): ParsedRegistrationNo {
  const no = normalRegistrationNo(value);
  const registration = registrationPattern.exec(no);
  if (registration) {
    const [, place = '', form = '', year = '', digit = '', group = '', serial = ''] = registration;
    return {
      format: 'registration',
      place,
      form: forms[form] ?? 'domestic',
      year: Number(year),
      deviceClass: classes[digit] ?? 'III',
      group,
      serial,
    };
  }
  const filing = filingPattern.exec(no);
  if (filing) {
    const [, place = '', year = '', serial = ''] = filing;
    return { format: 'filing', place, form: place === '国' ? 'imported' : 'domestic', year: Number(year), deviceClass: 'I', serial };
  }
  const legacy = legacyPattern.exec(no);
  return {
    format: 'legacy',
    year: legacy ? Number(legacy[1]) : null,
    deviceClass: classes[legacy?.[2] ?? ''] ?? null,
    group: legacy?.[3] ?? null,
  };
}

/** What does not fit together but does not forbid the article: shown, never refused (numbers of both catalogues are in use). */
export type RegistrationFinding = 'legacyNumber' | 'groupDiffers' | 'placeUnexpected';

/** Compares a number with the classification of the article it stands on. */
export function registrationFindings(
  no: string,
  article: { readonly classCode2002: string | null; readonly classCode2017: string | null },
): RegistrationFinding[] {
  const parsed = parseRegistrationNo(no);
  if (parsed.format === 'legacy') return ['legacyNumber'];
  if (parsed.format === 'filing') return [];
  const groups = [article.classCode2017?.slice(0, 2), article.classCode2002?.slice(2, 4)].filter((g) => g !== undefined);
  // Domestic class III and everything from abroad is registered nationally, domestic class II in its province.
  const isNational = parsed.form !== 'domestic' || parsed.deviceClass === 'III';
  return [
    ...(groups.length > 0 && !groups.includes(parsed.group) ? (['groupDiffers'] as const) : []),
    ...((parsed.place === '国') === isNational ? [] : (['placeUnexpected'] as const)),
  ];
}
