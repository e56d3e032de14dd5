import type { LocalText } from '#kernel/i18n/text.ts';
import { accumulate } from './accumulate.ts';
import {
  type Attempt,
  keyboardsUndone,
  onceOnly,
  plainText,
  repairWords,
  separatorsRestored,
  tokensRestored,
  wrappingRemoved,
} from './noise.ts';
import { emptyReading, type Identification, type IdentifyOptions, type Reading } from './reading.ts';
import { readText, type Outcome } from './read-text.ts';
import { codeNotUnderstood, codeTooLong, manyReadings, nothingScanned } from './refusals.ts';
import { hibcCheck } from './hibc.ts';
import { swapCase } from './keyboard.ts';

/** No label of one thing is longer; anything longer is a paste by mistake. */
const LENGTH_MAX = 2000;
const ATTEMPTS_MAX = 60;

const upperCased = (a: Attempt): Attempt => ({ text: a.text.toUpperCase(), repairs: [...a.repairs, repairWords.upperCase] });

/** HIBC knows capitals only; its check character may be a space that the way here cut off, or that was printed as `_`. */
function hibcRepaired(a: Attempt): Attempt[] {
  if (!a.text.startsWith('+')) return [];
  const upper = a.text === a.text.toUpperCase() ? a : upperCased(a);
  const bare = upper.text.replace(/[_ ]$/, '');
  const lost = hibcCheck(bare) === ' ' ? [{ text: `${bare} `, repairs: [...upper.repairs, repairWords.lostSpace] }] : [];
  return [...(upper === a ? [] : [upper]), ...lost];
}

/** Lower case in front gives away that every letter of an MA code was folded: what lot and serial looked like is not known any more. */
function maRepaired(a: Attempt): Attempt[] {
  const match = /^(.*\/)?(ma\.\d{3}\..+)$/.exec(a.text);
  if (!match) return [];
  const parts = (match[2] as string).split('.');
  const head = parts.slice(0, 5).join('.').toUpperCase();
  const tail = parts.slice(5);
  const keyed = [head, ...tail.map((p) => p.slice(0, 1).toUpperCase() + p.slice(1))].join('.');
  const whole = [head, ...tail].join('.').toUpperCase();
  return [...new Set([keyed, whole])].map((changed) => ({ text: changed, repairs: [...a.repairs, repairWords.upperCase] }));
}

/** Everything worth trying, in steps: a later step is only taken when no earlier one gave a reading. */
function steps(raw: string): readonly (readonly Attempt[])[] {
  const whole = plainText(raw);
  const unwrapped = wrappingRemoved(whole);
  const bases = [whole, ...unwrapped];
  const keyboards = bases.flatMap(keyboardsUndone);
  const once = bases.flatMap((a) => onceOnly(a) ?? []);
  return [
    tokensRestored(whole),
    [whole],
    unwrapped,
    once,
    bases.flatMap(hibcRepaired),
    bases.flatMap(maRepaired),
    keyboards,
    [...bases, ...once, ...keyboards].flatMap(separatorsRestored),
  ];
}

const same = (a: Reading, b: Reading): boolean =>
  a.canonical === b.canonical && a.lotNo === b.lotNo && a.serialNo === b.serialNo && a.expiry?.date === b.expiry?.date;

/** All letters of a scan were one case, and Caps Lock cannot be told from a scanner that folds: both are possible. */
function foldedToo(a: Attempt, outcome: Outcome, today: string): readonly Reading[] {
  if (!a.repairs.includes(repairWords.capsLock)) return outcome.readings;
  const body = a.text.slice(3);
  const isOneCase = body === body.toLowerCase() || body === body.toUpperCase();
  if (!isOneCase || body.toLowerCase() === body.toUpperCase()) return outcome.readings;
  const folded = readText(a.text.slice(0, 3) + swapCase(body), today).readings.map((r) => ({
    ...r,
    repairs: [...a.repairs, ...r.repairs],
  }));
  return [...outcome.readings, ...folded];
}

interface Tried {
  readonly readings: readonly Reading[];
  readonly failed: Reading | undefined;
}

function tryStep(attempts: readonly Attempt[], today: string): Tried {
  const readings: Reading[] = [];
  let failed: Reading | undefined;
  for (const attempt of attempts) {
    const outcome = readText(attempt.text, today);
    for (const reading of foldedToo(attempt, outcome, today)) {
      const whole = { ...reading, repairs: [...new Set<LocalText>([...attempt.repairs, ...reading.repairs])] };
      if (!readings.some((r) => same(r, whole))) readings.push(whole);
    }
    failed ??= outcome.failed && { ...outcome.failed, repairs: attempt.repairs };
  }
  return { readings, failed };
}

const asWhole = (reading: Reading, raw: string): Identification => ({ ...reading, raw: [raw], choices: [] });

/** Several readings stay several: what they agree on is not filled in either, a person chooses. */
const asChoices = (readings: readonly Reading[], raw: string): Identification => ({
  ...emptyReading,
  carrier: readings[0]?.carrier ?? 'unknown',
  agency: readings[0]?.agency ?? null,
  raw: [raw],
  choices: readings,
  problems: [manyReadings({ count: readings.length })],
});

const shown = (raw: string): string => (raw.length > 60 ? `${raw.slice(0, 60)}…` : raw);

function identifyOne(raw: string, today: string): Identification {
  let failed: Reading | undefined;
  let tries = 0;
  for (const attempts of steps(raw)) {
    if (tries >= ATTEMPTS_MAX) break;
    tries += attempts.length;
    const tried = tryStep(attempts.slice(0, ATTEMPTS_MAX), today);
    if (tried.readings.length === 1) return asWhole(tried.readings[0] as Reading, raw);
    if (tried.readings.length > 1) return asChoices(tried.readings, raw);
    failed ??= tried.failed;
  }
  return asWhole(failed ?? { ...emptyReading, problems: [codeNotUnderstood({ code: shown(raw) })] }, raw);
}

/** Composite symbols come as two messages joined by a bar. */
const messagesOf = (raw: string): string[] => {
  const lines = raw.split(/[\r\n\t]+/).filter((line) => line.trim() !== '');
  const all = lines.flatMap((line) => (/^\]E[04]\d{8,13}\|\]e0/.test(line) ? line.split('|') : [line]));
  return [...new Set(all)];
};

/**
 * Says what a scanned, pasted or typed text identifies. Never throws, never guesses: what is damaged in transit is put right only where one
 * reading remains, otherwise `choices` has them all. Several lines are taken as several labels of one thing.
 */
export function identify(raw: string, options: IdentifyOptions): Identification {
  if (raw.length > LENGTH_MAX) return asWhole({ ...emptyReading, problems: [codeTooLong({ length: raw.length, most: LENGTH_MAX })] }, raw);
  const messages = messagesOf(raw);
  if (messages.length === 0) return asWhole({ ...emptyReading, problems: [nothingScanned({})] }, raw);
  const single = identifyOne(messages.length === 1 && !raw.includes('\n') ? raw : (messages[0] as string), options.today);
  if (messages.length === 1) return { ...single, raw: [raw] };
  const whole = messages.slice(1).reduce((so, message) => accumulate(so, identifyOne(message, options.today), options), single);
  return { ...whole, raw: [raw] };
}

/** What several scans of one thing say together. */
export function identifyAll(scans: readonly string[], options: IdentifyOptions): Identification {
  const [first, ...others] = scans.filter((scan) => scan.trim() !== '');
  if (first === undefined) return { ...identify('', options), raw: [...scans] };
  return others.reduce((so, scan) => accumulate(so, identify(scan, options), options), identify(first, options));
}

/** A reading a person chose, as the identification. */
export const choose = (identification: Identification, choice: number): Identification => {
  const reading = identification.choices[choice];
  return reading ? { ...reading, raw: identification.raw, choices: [] } : identification;
};
