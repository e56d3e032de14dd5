import type { Guard } from './guard.ts';
import { findingsOf, runTool } from './tool.ts';

export const format: Guard = {
  name: 'format',
  why: 'A change should show what changed, not who indents how. `npm run format` writes it.',
  run: async (tree) => {
    const answer = await runTool(tree.root, 'oxfmt', ['--list-different', '.']);
    return findingsOf('oxfmt', answer, /^(?<file>\S+\.\w+)$/).map((v) => ({ ...v, message: 'is not formatted' }));
  },
};
