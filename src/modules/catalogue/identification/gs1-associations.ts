import { bad, type Element, good, type Parsed } from './gs1-element-string.ts';

/** Whether an AI fits a pattern of the dictionary, where `n` stands for any digit. */
const fits = (ai: string, pattern: string): boolean => {
  const known = pattern.replace(/n+$/, '');
  return ai.length === pattern.length && ai.startsWith(known);
};

/** The keys that a digital signature covers only with their serial component. */
const needsSerial: Readonly<Record<string, number>> = { '253': 13, '255': 13, '8003': 14 };

function repeated(elements: readonly Element[]): string | undefined {
  const seen = new Map<string, string>();
  for (const { entry, value } of elements) {
    const before = seen.get(entry.ai);
    if (before !== undefined && before !== value) return entry.ai;
    seen.set(entry.ai, value);
  }
  return undefined;
}

/**
 * Whether these elements may stand on one thing together: no AI twice with different values, every companion there, nothing that
 * excludes another. To be asked of everything scanned from one item, not of one symbol alone.
 */
export function checkAssociations(elements: readonly Element[]): Parsed<readonly Element[]> {
  const twice = repeated(elements);
  if (twice !== undefined) return bad({ code: 'repeated', ai: twice });
  const ais = [...new Set(elements.map((e) => e.entry.ai))];
  for (const { entry, value } of elements) {
    const foe = ais.find((ai) => ai !== entry.ai && entry.excluded.some((pattern) => fits(ai, pattern)));
    if (foe !== undefined) return bad({ code: 'not-together', ai: entry.ai, value, others: [foe] });
    const has = (pattern: string): boolean => ais.some((ai) => ai !== entry.ai && fits(ai, pattern));
    for (const groups of entry.required) {
      if (!groups.some((group) => group.every(has))) {
        return bad({ code: 'missing', ai: entry.ai, value, others: groups.map((group) => group.join(' + ')) });
      }
    }
  }
  if (ais.includes('8030')) {
    const bare = elements.find(({ entry, value }) => value.length <= (needsSerial[entry.ai] ?? -1));
    if (bare) return bad({ code: 'missing', ai: '8030', others: [bare.entry.ai] });
  }
  return good(elements);
}
