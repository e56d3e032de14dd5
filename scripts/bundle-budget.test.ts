import { expect, test } from 'vitest';
import { chunksOf, measure, type Manifest } from './bundle-budget.ts';

const manifest: Manifest = {
  'index.html': { file: 'index.js', imports: ['_react.js'] },
  '_react.js': { file: 'react.js' },
  'src/ui/shell/app.web.tsx': { file: 'app.js', imports: ['_react.js', '_zod.js'] },
  '_zod.js': { file: 'zod.js' },
  'src/ui/charts.web.tsx': { file: 'charts.js' },
};

test('a chunk shared by two entries is counted once, one that loads on demand not at all', () => {
  expect(chunksOf(manifest, ['index.html', 'src/ui/shell/app.web.tsx'])).toEqual(['index.js', 'react.js', 'app.js', 'zod.js']);
});

test('a page over its budget is named, a page that was not built is left out', () => {
  const sizes: Record<string, number> = { 'index.js': 60_000, 'react.js': 70_000, 'app.js': 100_000, 'zod.js': 20_000 };
  const found = measure(manifest, (file) => sizes[file] ?? 0);
  expect(found.map((f) => [f.name, f.kb, f.isWithin])).toEqual([
    ['log-in', 130, false],
    ['shell', 250, true],
  ]);
});
