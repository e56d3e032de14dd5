import { validateEntity } from 'stdnum';

/**
 * Whether a tax number of a company can be right: its national check digits where the country has any. A country the library does not
 * know is taken as it is.
 */
export function isTaxNumber(country: string, taxNo: string): boolean {
  const answer = validateEntity(country, taxNo);
  return !answer.checked || answer.isValid === true;
}
