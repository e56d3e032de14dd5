import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasGs1CheckDigit } from './check-digits.ts';
import { applicationIdentifierRows } from './application-identifiers.ts';
import { checkAssociations } from './gs1-associations.ts';
import { checks } from './gs1-checks.ts';
import type { Fault } from './gs1-fault.ts';
import { buildDigitalLink, escapeUri, parseDigitalLink, unescapeUri } from './gs1-digital-link.ts';
import { buildElementString, parseBracketed, parseElements } from './gs1-element-string.ts';
import { readScanData, writeScanData } from './scan-data.ts';

const folder = '../shared/data/gs1';
const isThere = existsSync(folder);
if (!isThere) console.warn(`skipped: the public GS1 vectors are not in ${folder}`);
const read = (file: string): any => (isThere ? JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) : { vectors: {} });

const engine = read('gs1-engine-vectors.sample.json').vectors;
const each = (group: string, prove: (vector: any) => void): void => {
  test.skipIf(!isThere)(`every ${group} vector holds`, () => {
    expect(engine[group].length).toBeGreaterThan(0);
    for (const vector of engine[group]) prove(vector);
  });
};
const note = (vector: unknown): string => JSON.stringify(vector);

describe('the public vectors of the GS1 syntax engine', () => {
  each('parse_bracketed', (v) => {
    const parsed = parseBracketed(v.input);
    expect(parsed.ok ? buildElementString(parsed.value, '^', '^') : null, note(v)).toBe(v.expect);
  });
  each('parse_raw', (v) => {
    expect(v.input.startsWith('^') && parseElements(v.input.slice(1), '^').ok, note(v)).toBe(v.ok);
  });
  each('validate_ai_set', (v) => {
    const parsed = parseBracketed(v.input, { keepsUnknown: true });
    expect(parsed.ok && checkAssociations(parsed.value).ok, note(v)).toBe(v.ok);
  });
  each('lint_by_ai', (v) => {
    const parsed = parseBracketed(v.input);
    expect(parsed.ok ? 'OK' : parsed.fault.fault?.code, note(v)).toBe(v.expect);
  });
  each('parse_digital_link', (v) => {
    const has = (option: string): boolean => v.options?.includes(option) ?? false;
    const link = parseDigitalLink(v.input, {
      permitsShortGtin: has('permit-zero-suppressed-gtin'),
      permitsWords: has('permit-convenience-alphas'),
    });
    expect(link.ok ? buildElementString(link.value.elements, '^', '^') : null, note(v)).toBe(v.expect);
  });
  each('uri_unescape', (v) => expect([unescapeUri(v.input, false), unescapeUri(v.input, true)], note(v)).toEqual([v.path, v.query]));
  each('uri_escape', (v) => expect([escapeUri(v.input, false), escapeUri(v.input, true)], note(v)).toEqual([v.path, v.query]));
  each('generate_digital_link', (v) => {
    const parsed = parseBracketed(v.input);
    const link = parsed.ok ? buildDigitalLink(parsed.value, v.stem ?? undefined) : parsed;
    expect(link.ok ? link.value : null, note(v)).toBe(v.expect);
  });
  each('generate_scan_data', (v) => expect(writeScanData(v.symbology, v.input) ?? null, note(v)).toBe(v.expect));
  each('process_scan_data', (v) => {
    const scan = readScanData(v.input);
    expect(scan.ok ? [scan.value.symbology, scan.value.content] : [null, null], note(v)).toEqual([v.symbology, v.expect]);
  });
  each('gtin_check_digit', (v) => expect(hasGs1CheckDigit(v.input), note(v)).toBe(v.ok));
});

const marked = (data: string, found: Fault): string =>
  `${data.slice(0, found.at)}*${data.slice(found.at, found.at + found.length)}*${data.slice(found.at + found.length)}`;

describe('the public vectors of the checks on values', () => {
  const linters = read('gs1-linter-vectors.sample.json').vectors;
  test.skipIf(!isThere).each(isThere ? Object.keys(linters) : ['(absent)'])(
    'every vector of the check %s holds, down to the marked place',
    (name) => {
      const check = checks[name];
      if (!check) throw new Error(`no check ${name}`);
      for (const v of linters[name]) {
        // Whether a prefix of digits is given out, only a directory can say: the vectors assume one.
        const found = check(v.input, () => v.ok);
        expect({ ok: found === undefined, error: found?.code, markup: found && marked(v.input, found) }, note(v)).toEqual({
          ok: v.ok,
          error: v.error,
          markup: v.markup,
        });
      }
    },
  );
});

describe('our table of application identifiers', () => {
  test.skipIf(!isThere)('agrees with the published syntax dictionary, entry by entry', () => {
    const published = readFileSync(`${folder}/gs1-syntax-dictionary.txt`, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => (line.split(/\s#\s/)[0] as string).trim().split(/\s+/).join(' '));
    const ours = applicationIdentifierRows.map(({ ais, flags, format, companions }) =>
      [ais, flags, format, companions].filter(Boolean).join(' '),
    );
    expect(ours).toEqual(published);
  });
});
