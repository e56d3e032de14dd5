import { type ApplicationIdentifier, aiAtStart } from './gs1-grammar.ts';
import { type Element, GS, readValue } from './gs1-element-string.ts';
import { checkAssociations } from './gs1-associations.ts';
import { meaningOf } from './gs1-values.ts';

/**
 * Where a scanner or the keyboard swallowed the separator, a value of variable length runs into the next element. Only what stands
 * on device labels is looked for behind such a value, and only where the rest reads as something a label would say.
 */
const followers = new Set(['01', '10', '11', '13', '15', '17', '21', '30', '240']);
const FOLLOWER_TEXT_MIN = 3;
const READINGS_MAX = 8;
const STEPS_MAX = 4000;
const YEARS_MAX = 15;

const isNear = (element: Element, today: string): boolean => {
  const { date } = meaningOf(element, today);
  return date === undefined || Math.abs(Number(date.date.slice(0, 4)) - Number(today.slice(0, 4))) <= YEARS_MAX;
};

interface Search {
  readonly today: string;
  readonly found: (readonly Element[])[];
  steps: number;
}

const isPlausible = (element: Element, today: string): boolean =>
  element.entry.isPredefinedLength ? isNear(element, today) : element.entry.ai === '30' || element.value.length >= FOLLOWER_TEXT_MIN;

function accepts(entry: ApplicationIdentifier, value: string): Element | undefined {
  const read = readValue(entry, value);
  return read.ok && read.value === value.length ? { entry, value } : undefined;
}

/** All ways to read on from here; `isAfterLoss` when the element before was ended without a separator. */
function search(s: Search, before: readonly Element[], rest: string, isAfterLoss: boolean): void {
  if ((s.steps += 1) > STEPS_MAX || s.found.length >= READINGS_MAX) return;
  if (rest === '') {
    s.found.push(before);
    return;
  }
  const entry = aiAtStart(rest);
  if (!entry || before.some((e) => e.entry.ai === entry.ai) || (isAfterLoss && !followers.has(entry.ai))) return;
  const data = rest.slice(entry.ai.length);
  const stop = data.indexOf(GS);
  const available = stop < 0 ? data.length : stop;
  const longest = Math.min(
    available,
    entry.parts.reduce((sum, p) => sum + p.max, 0),
  );
  const lengths = entry.isPredefinedLength ? [longest] : Array.from({ length: longest }, (_, i) => longest - i);
  for (const length of lengths) {
    const element = accepts(entry, data.slice(0, length));
    if (!element || (isAfterLoss && !isPlausible(element, s.today))) continue;
    const after = data.slice(length);
    const isLoss = !entry.isPredefinedLength && after !== '' && !after.startsWith(GS);
    search(s, [...before, element], after.startsWith(GS) ? after.slice(1) : after, isLoss);
  }
}

const dates = (elements: readonly Element[]): number => elements.filter((e) => ['11', '13', '15', '17'].includes(e.entry.ai)).length;

/**
 * Every way to read a message that lacks separators, at most eight, the one with the longest first values first.
 */
export function readingsWithoutSeparator(data: string, today: string): readonly (readonly Element[])[] {
  const s: Search = { today, found: [], steps: 0 };
  search(s, [], data, false);
  return s.found.filter((elements) => {
    const together = checkAssociations(elements);
    return together.ok || together.fault.code === 'missing';
  });
}

/** A lot or serial number of this length or more may well be two values run together; shorter ones are what they are. */
const LONG_VALUE_MIN = 13;

/**
 * Whether another reading deserves to be asked about beside the strict one. A date that the strict one swallowed is hardly ever chance; two
 * numbers inside one often are, and are asked about only where the value is long and the scanner is not known to send separators.
 */
export function deservesAsking(strict: readonly Element[], other: readonly Element[], sendsIdentifier: boolean): boolean {
  if (other.length <= strict.length) return false;
  if (dates(other) > dates(strict)) return true;
  return !sendsIdentifier && strict.some((e) => !e.entry.isPredefinedLength && e.value.length >= LONG_VALUE_MIN);
}
