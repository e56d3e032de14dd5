import { type Check, fault } from './gs1-fault.ts';

/** The shortest company prefix has four digits; only a directory of prefixes knows which are given out. */
const PREFIX_MIN = 4;

/** A key that carries a GS1 company prefix from this position on. */
export const companyPrefix =
  (position: 0 | 1): Check =>
  (data, isCompanyPrefix) => {
    const key = data.slice(position);
    if (key.length < PREFIX_MIN) return fault('TOO_SHORT_FOR_GCP', 0, data.length);
    const odd = key.slice(0, PREFIX_MIN).search(/[^0-9]/);
    if (odd >= 0) return fault('INVALID_GCP_PREFIX', odd + position, 1);
    return isCompanyPrefix && !isCompanyPrefix(key) ? fault('INVALID_GCP_PREFIX', position, key.length) : undefined;
  };
