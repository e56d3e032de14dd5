import type { Refusal } from '#kernel/command/refusal.ts';
import { isGtin } from '../identification/check-digits.ts';
import { normalDi, type IssuingAgency } from '../package/device-identifier.ts';
import { parseRegistrationNo, normalRegistrationNo } from '../registration/registration-number.ts';
import {
  climateReversed,
  identifierOfOther,
  identifierRepeated,
  identifierWrong,
  implantNeedsIdentifier,
  packageHoldsItself,
  packageHoldsNothing,
  registrationClassDiffers,
  shelfLifeNeedsExpiry,
} from '../refusals.ts';
import { deviceClasses, type ClassOfDevice } from './device-class.ts';

/** Another product that carries one of this product's identifiers. */
export interface IdentifierHolder {
  readonly di: string;
  readonly code: string;
  readonly registrationNo: string | null;
}

export interface ProductCheckFacts {
  readonly holders?: readonly IdentifierHolder[];
}

interface PackageLine {
  readonly lineNo: number;
  readonly di: string;
  readonly issuingAgency: IssuingAgency;
  readonly quantityPerBase: string;
  readonly containedDi: string | null;
}

interface CheckedProduct {
  readonly code: string;
  readonly nameZh: string;
  readonly deviceClass: ClassOfDevice;
  readonly registrationNo: string | null;
  readonly identifierPolicy: string;
  readonly isImplant: boolean;
  readonly isExpiryTracked: boolean;
  readonly shelfLifeMonths: number | null;
  readonly storageMinC: string | null;
  readonly storageMaxC: string | null;
  readonly lines: { readonly packages: readonly PackageLine[] };
}

/** GTINs get their 14 digits, registration numbers their plain form; marks left open count as "no". */
export function normalProduct(p: any): any {
  const packages = ((p.lines?.packages ?? []) as PackageLine[]).map((line) => ({
    ...line,
    di: normalDi(line.di, line.issuingAgency),
    containedDi: line.containedDi ? normalDi(line.containedDi, line.issuingAgency) : null,
  }));
  return {
    isIvd: p.isIvd ?? false,
    isInterventional: p.isInterventional ?? false,
    isSingleUse: p.isSingleUse ?? false,
    registrationNo: p.registrationNo ? normalRegistrationNo(p.registrationNo) : null,
    ...(p.lines ? { lines: { ...p.lines, packages } } : {}),
  };
}

function packageRefusals(lines: readonly PackageLine[]): Refusal[] {
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    const { di } = line;
    const isRepeated = seen.has(di);
    seen.add(di);
    const at = (name: string) => ({ lines: 'packages', line: line.lineNo, field: name });
    return [
      ...(line.issuingAgency === 'gs1' && !isGtin(di) ? [identifierWrong({ di }, at('di'))] : []),
      ...(isRepeated ? [identifierRepeated({ di }, at('di'))] : []),
      ...(line.containedDi === di ? [packageHoldsItself({ di }, at('containedDi'))] : []),
      ...(/^0+(\.0+)?$/.test(line.quantityPerBase) ? [packageHoldsNothing({ di }, at('quantityPerBase'))] : []),
    ];
  });
}

/** one identifier under two registrations is a mistake on one of the two labels. */
function identityRefusals(p: CheckedProduct, holders: readonly IdentifierHolder[]): Refusal[] {
  return holders
    .filter((h) => h.code !== p.code && h.registrationNo !== p.registrationNo)
    .map((h) => {
      const line = p.lines.packages.find((l) => l.di === h.di)?.lineNo;
      return identifierOfOther({ di: h.di, code: h.code, number: h.registrationNo ?? '—' }, { lines: 'packages', line, field: 'di' });
    });
}

const isReversed = (p: CheckedProduct): boolean => Number(p.storageMinC ?? '-1000') > Number(p.storageMaxC ?? '1000');

/** What an article must never be, whoever writes it. */
export function checkProduct(p: CheckedProduct, facts: ProductCheckFacts): Refusal[] {
  const written = p.registrationNo ? parseRegistrationNo(p.registrationNo).deviceClass : null;
  return [
    // Implants are traced to the patient for life: each piece needs an identity (GSP 23, R739 45).
    ...(p.isImplant && p.identifierPolicy === 'none' ? [implantNeedsIdentifier({ product: p.nameZh }, { field: 'identifierPolicy' })] : []),
    ...(p.shelfLifeMonths !== null && !p.isExpiryTracked ? [shelfLifeNeedsExpiry({}, { field: 'isExpiryTracked' })] : []),
    ...(written !== null && written !== p.deviceClass
      ? [
          registrationClassDiffers(
            { number: p.registrationNo ?? '', written: deviceClasses[written], chosen: deviceClasses[p.deviceClass] },
            { field: 'deviceClass' },
          ),
        ]
      : []),
    ...(isReversed(p) ? [climateReversed({ min: p.storageMinC ?? '', max: p.storageMaxC ?? '' }, { field: 'storageMinC' })] : []),
    ...packageRefusals(p.lines?.packages ?? []),
    ...identityRefusals(p, facts.holders ?? []),
  ];
}
