import type { ClassOfDevice } from './device-class.ts';

/** What stock documents and the scope of licences need to know of a product. */
export interface ProductFacts {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly baseUnit: string;
  readonly identifierPolicy: 'lot' | 'serial' | 'lotAndSerial' | 'none';
  readonly isExpiryTracked: boolean;
  readonly isColdChain: boolean;
  readonly registrationNo: string | null;
  readonly registrationId: string | null;
  readonly registrantName: string | null;
  readonly deviceClass: ClassOfDevice;
  /** Codes in both catalogues; an article may have either, both or none. */
  readonly classCode2017: string | null;
  readonly classCode2002: string | null;
  readonly isIvd: boolean;
  readonly isImplant: boolean;
  readonly isInterventional: boolean;
  readonly isSingleUse: boolean;
  readonly isSterile: boolean;
  /** Storage temperature, °C, as exact decimals. */
  readonly storageMinC: string | null;
  readonly storageMaxC: string | null;
  readonly state: string;
}
