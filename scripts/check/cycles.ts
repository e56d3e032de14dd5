import type { Guard, Violation } from './guard.ts';
import { resolveImport } from './layout.ts';
import { isCode, type SourceTree } from './source-tree.ts';

/** Depth-first over imports; every cycle is reported once, at the file that closes it. */
function findCycles(tree: SourceTree): Violation[] {
  const found: Violation[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (file: string): void => {
    state.set(file, 'open');
    path.push(file);
    for (const { specifier, line } of tree.imports(file)) {
      const to = resolveImport(file, specifier);
      if (to === undefined || !tree.has(to) || !isCode(to)) continue;
      if (state.get(to) === 'open') found.push({ file, line, message: `cycle: ${[...path.slice(path.indexOf(to)), to].join(' → ')}` });
      else if (!state.has(to)) visit(to);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of tree.files) if (isCode(file) && !state.has(file)) visit(file);
  return found;
}

export const cycles: Guard = {
  name: 'cycles',
  why: 'Files that import each other in a circle can only be understood, tested and loaded together; the order of initialisation becomes chance.',
  run: findCycles,
};
