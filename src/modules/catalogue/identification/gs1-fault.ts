/** What is wrong with a value: the name of the check, and the place in the value. */
export interface Fault {
  readonly code: string;
  /** Offset and length of the bad characters. */
  readonly at: number;
  readonly length: number;
}

export const fault = (code: string, at: number, length: number): Fault => ({ code, at, length });

/** Where GS1 company prefixes can be looked up; without it their form alone is checked. */
export type IsCompanyPrefix = (key: string) => boolean;

/** One check of one part of a value. */
export type Check = (data: string, isCompanyPrefix?: IsCompanyPrefix) => Fault | undefined;

/** The first character that is not a digit. */
export function nonDigit(data: string): Fault | undefined {
  const at = data.search(/[^0-9]/);
  return at < 0 ? undefined : fault('NON_DIGIT_CHARACTER', at, 1);
}
