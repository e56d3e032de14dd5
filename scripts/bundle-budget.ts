import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/**
 * Why this guard exists: a first load grows by one import at a time and nobody notices (convention 34). It adds up what a
 * browser fetches as script before a page can be used and fails over the budget. Run after the web build.
 */

interface ManifestChunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
export type Manifest = Readonly<Record<string, ManifestChunk>>;

export interface Budget {
  readonly name: string;
  /** Manifest keys of what is fetched: entry points and the parts loaded right after them. */
  readonly entries: readonly string[];
  /** Thousands of bytes, gzip. */
  readonly limitKb: number;
}

export const budgets: readonly Budget[] = [
  { name: 'log-in', entries: ['index.html'], limitKb: 120 },
  {
    name: 'shell',
    entries: [
      'index.html',
      'src/ui/shell/app.web.tsx',
      'src/ui/product.web.ts',
      'src/apps/modules.ts',
      'src/apps/modules.web.tsx',
      'src/ui/home/home-page.web.tsx',
    ],
    limitKb: 450,
  },
  { name: 'tablet', entries: ['tablet.html'], limitKb: 250 },
];

/** Every chunk that comes with the entries, each once. */
export function chunksOf(manifest: Manifest, entries: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    chunk.imports?.forEach(visit);
  };
  entries.forEach(visit);
  return [...new Set([...seen].map((key) => manifest[key]?.file ?? ''))].filter((file) => file.endsWith('.js'));
}

export interface Measured {
  readonly name: string;
  readonly kb: number;
  readonly limitKb: number;
  readonly isWithin: boolean;
  /** Largest first. */
  readonly parts: readonly { readonly file: string; readonly kb: number }[];
}

/** Measures every budget whose page was built. */
export const measure = (manifest: Manifest, sizeOf: (file: string) => number): readonly Measured[] =>
  budgets
    .filter((b) => manifest[b.entries[0] ?? ''] !== undefined)
    .map((budget) => {
      const parts = chunksOf(manifest, budget.entries)
        .map((file) => ({ file, kb: sizeOf(file) / 1000 }))
        .sort((a, b) => b.kb - a.kb);
      const kb = parts.reduce((sum, part) => sum + part.kb, 0);
      return { name: budget.name, kb, limitKb: budget.limitKb, isWithin: kb <= budget.limitKb, parts };
    });

function main(folder: string): number {
  const path = join(folder, '.vite/manifest.json');
  if (!existsSync(path)) {
    console.error(`bundle budget: ${path} is missing; build the web first (vite build)`);
    return 1;
  }
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const results = measure(manifest, (file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length);
  for (const result of results) {
    console.log(`${result.isWithin ? 'ok  ' : 'OVER'} ${result.name}: ${result.kb.toFixed(1)} kB of ${result.limitKb} kB script, gzip`);
    if (!result.isWithin) for (const part of result.parts.slice(0, 8)) console.log(`       ${part.kb.toFixed(1)} kB  ${part.file}`);
  }
  return results.every((r) => r.isWithin) ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv[2] ?? 'dist/web');
