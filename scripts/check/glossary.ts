import type { Fields } from '../../src/kernel/document/field.ts';
import type { LineSet } from '../../src/kernel/document/definition.ts';
import type { LocalText } from '../../src/kernel/i18n/text.ts';
import type { ModuleManifest } from '../../src/kernel/module.ts';
import { compareGolden } from './golden.ts';
import type { Guard, Violation } from './guard.ts';
import { loadManifests } from './manifests.ts';

const FILE = 'docs/glossary.md';

/** One word of the business as code uses it. */
export interface Word {
  readonly identifier: string;
  readonly label: LocalText;
  readonly meaning: string;
}

function fieldWords(fields: Fields, where: LocalText): Word[] {
  return Object.entries(fields).map(([identifier, f]) => ({
    identifier,
    label: f.label,
    meaning: f.help?.en ?? `Field of ${where.en.toLowerCase()}.`,
  }));
}

/** Every kind, field and state of the definitions; the first definition that uses a word gives its draft meaning. */
export function wordsOf(manifests: readonly ModuleManifest[]): Word[] {
  const found = new Map<string, Word>();
  const all = manifests
    .flatMap((m) => m.definitions)
    .flatMap((d): Word[] => [
      { identifier: d.kind, label: d.label, meaning: d.nature === 'document' ? 'A document.' : 'Versioned master data.' },
      ...Object.entries(d.states).map(([identifier, s]) => ({
        identifier,
        label: s.label,
        meaning: `State of ${d.label.en.toLowerCase()}.`,
      })),
      ...fieldWords(d.header as Fields, d.label),
      ...Object.values(d.lines as Record<string, LineSet>).flatMap((set) => fieldWords(set.fields, set.label)),
    ]);
  for (const word of all) if (!found.has(word.identifier)) found.set(word.identifier, word);
  return [...found.values()];
}

const row = /^\| *([^|]+?) *\| *([^|]+?) *\| *`([^`|]+)` *\| *([^|]*?) *\|$/;

/** The rows of the glossary: identifier → meaning. */
export function readGlossary(markdown: string): Map<string, { meaning: string; line: number }[]> {
  const found = new Map<string, { meaning: string; line: number }[]>();
  markdown.split('\n').forEach((line, i) => {
    const [, , , identifier, meaning] = row.exec(line) ?? [];
    if (identifier !== undefined) found.set(identifier, [...(found.get(identifier) ?? []), { meaning: meaning ?? '', line: i + 1 }]);
  });
  return found;
}

const write = (w: Word): string => `| ${w.label.zh} | ${w.label.en} | \`${w.identifier}\` | ${w.meaning.replaceAll('|', '/')} |`;

/** The glossary with the missing words put in, in the order of their identifiers. */
export function withWords(markdown: string, missing: readonly Word[]): string {
  const lines = markdown.trimEnd().split('\n');
  const rows = lines.filter((l) => row.test(l));
  const head = lines.filter((l) => !row.test(l));
  const sorted = [...rows, ...missing.map(write)].toSorted((a, b) => {
    const [x, y] = [row.exec(a)?.[3] ?? '', row.exec(b)?.[3] ?? ''];
    return x.localeCompare(y, 'en') || (x < y ? -1 : 1);
  });
  return `${[...head, ...sorted].join('\n')}\n`;
}

export function glossaryFaults(markdown: string, manifests: readonly ModuleManifest[]): { faults: Violation[]; missing: Word[] } {
  const known = readGlossary(markdown);
  const missing = wordsOf(manifests).filter((w) => !known.has(w.identifier));
  const faults = [...known].flatMap(([identifier, entries]): Violation[] => [
    ...entries.slice(1).map(({ line }) => ({ file: FILE, line, message: `${identifier} is explained twice: one word, one meaning` })),
    ...entries.filter((e) => e.meaning === '').map(({ line }) => ({ file: FILE, line, message: `${identifier} has no meaning` })),
  ]);
  return { faults, missing };
}

export const glossary: Guard = {
  name: 'glossary',
  why: 'One word, one meaning: two names for one thing, or one name for two, is how an ERP starts to lie.',
  run: async (tree, options) => {
    const markdown = tree.has(FILE) ? tree.read(FILE) : '';
    const { faults, missing } = glossaryFaults(markdown, await loadManifests(tree));
    if (options.isWriting) compareGolden(tree, FILE, withWords(markdown, missing), options);
    else
      faults.push(
        ...missing.map((w) => ({ file: FILE, message: `\`${w.identifier}\` (${w.label.zh} · ${w.label.en}) is used but not explained` })),
      );
    return faults;
  },
};
