import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GuardOptions, Violation } from './guard.ts';
import type { SourceTree } from './source-tree.ts';

/** Compares a file that is kept with what it should be; the first difference is shown. With `--write` it is written instead. */
export function compareGolden(tree: SourceTree, file: string, wanted: string, options: GuardOptions): Violation[] {
  const kept = tree.has(file) ? tree.read(file) : '';
  if (kept === wanted) return [];
  if (options.isWriting) {
    mkdirSync(dirname(join(tree.root, file)), { recursive: true });
    writeFileSync(join(tree.root, file), wanted);
    return [];
  }
  const before = kept.split('\n');
  const after = wanted.split('\n');
  const line = after.findIndex((l, i) => l !== before[i]);
  const at = line === -1 ? after.length : line;
  return [
    {
      file,
      line: at + 1,
      message: `is not current; kept “${(before[at] ?? '(end)').trim().slice(0, 100)}”, now “${(after[at] ?? '(end)').trim().slice(0, 100)}”. If the change is meant, run this guard with --write`,
    },
  ];
}
