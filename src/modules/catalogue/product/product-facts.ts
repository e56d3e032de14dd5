/** What stock documents need to know of a product. */
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
}
