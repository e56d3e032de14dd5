import type { LocalText } from '#kernel/i18n/text.ts';
import { applicationIdentifierRows } from './application-identifiers.ts';

export type CharacterSet = 'N' | 'X' | 'Y' | 'Z';

/** One part of a value: consumed from the front, checked on its own. */
export interface FormatPart {
  readonly set: CharacterSet;
  readonly min: number;
  readonly max: number;
  readonly isOptional: boolean;
  /** Names of the checks that run on it, in order. */
  readonly checks: readonly string[];
}

export interface ApplicationIdentifier {
  readonly ai: string;
  readonly label: LocalText;
  /** Length is predefined: the next element follows without separator. */
  readonly isPredefinedLength: boolean;
  /** May stand in the query of a Digital Link. */
  readonly isLinkAttribute: boolean;
  readonly parts: readonly FormatPart[];
  /** Each entry must be satisfied: one of its groups, all members of it. */
  readonly required: readonly (readonly (readonly string[])[])[];
  /** AIs, or patterns with `n` for any digit, that may not be there. */
  readonly excluded: readonly string[];
  /** Ordered qualifiers of a Digital Link key; undefined where it is no key. */
  readonly linkQualifiers: readonly (readonly string[])[] | undefined;
}

function formatPart(written: string): FormatPart {
  const match = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)$/.exec(written);
  if (!match) throw new Error(`format part ${written}`);
  const max = Number(match[4]);
  return {
    set: match[2] as CharacterSet,
    min: match[3] ? 1 : max,
    max,
    isOptional: match[1] === '[',
    checks: (match[5] as string).split(',').filter(Boolean),
  };
}

const expand = (ais: string): string[] => {
  const [first, last] = ais.split('-') as [string, string?];
  if (last === undefined) return [first];
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => String(Number(first) + i).padStart(first.length, '0'));
};

function entries(): ApplicationIdentifier[] {
  return applicationIdentifierRows.flatMap(({ ais, flags, format, companions, label }) => {
    const words = companions.split(' ').filter(Boolean);
    const valuesOf = (name: string): string[] => words.filter((w) => w.startsWith(`${name}=`)).map((w) => w.slice(name.length + 1));
    const key = words.find((w) => w === 'dlpkey' || w.startsWith('dlpkey='));
    const common = {
      label,
      isPredefinedLength: flags.includes('*'),
      isLinkAttribute: flags.includes('?'),
      parts: format.split(' ').map(formatPart),
      required: valuesOf('req').map((groups) => groups.split(',').map((group) => group.split('+'))),
      excluded: valuesOf('ex').flatMap((list) => list.split(',')),
      linkQualifiers: key === undefined ? undefined : (key.split('=')[1] ?? '').split('|').map((way) => way.split(',').filter(Boolean)),
    };
    return expand(ais).map((ai) => ({ ai, ...common }));
  });
}

/** Every AI by its number. */
export const applicationIdentifiers: ReadonlyMap<string, ApplicationIdentifier> = new Map(entries().map((entry) => [entry.ai, entry]));

/** The AI that the text begins with; all AIs with the same first two digits have one length, so at most one fits. */
export function aiAtStart(data: string): ApplicationIdentifier | undefined {
  for (let length = 2; length <= 4; length += 1) {
    const entry = applicationIdentifiers.get(data.slice(0, length));
    if (entry) return entry;
  }
  return undefined;
}

/** Least and most characters of a value. */
export const valueLengths = (entry: ApplicationIdentifier): { readonly min: number; readonly max: number } => ({
  min: entry.parts.reduce((sum, part) => sum + (part.isOptional ? 0 : part.min), 0),
  max: entry.parts.reduce((sum, part) => sum + part.max, 0),
});
