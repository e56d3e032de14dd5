import type { Guard } from './guard.ts';
import { findingsOf, runTool } from './tool.ts';

export const lint: Guard = {
  name: 'lint',
  why: 'A promise nobody waits for loses its error, and with it a posting or a message; the type-aware rules see that where an eye does not.',
  isHeavy: true,
  run: async (tree) => {
    const answer = await runTool(tree.root, 'oxlint', ['--type-aware', '--quiet', '--format=unix']);
    return findingsOf('oxlint', answer, /^(?<file>[^\s:]+):(?<line>\d+):\d+: (?<message>.*)$/);
  },
};
