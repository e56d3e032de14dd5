import type { Guard } from './guard.ts';
import { findingsOf, runTool } from './tool.ts';

const projects = ['tsconfig.plain.json', 'tsconfig.server.json', 'tsconfig.web.json'];

export const types: Guard = {
  name: 'types',
  why: 'Three projects see three worlds: what compiles in the plain one runs on server, web and tablet alike.',
  isHeavy: true,
  run: async (tree) => {
    const found = [];
    for (const project of projects) {
      const answer = await runTool(tree.root, 'tsc', ['-p', project, '--pretty', 'false']);
      found.push(...findingsOf('tsc', answer, /^(?<file>[^\s(][^(]*)\((?<line>\d+),\d+\): (?<message>.*)$/));
    }
    const seen = new Set<string>();
    return found.filter((v) => {
      const key = `${v.file}:${v.line ?? 0}:${v.message}`;
      return seen.has(key) ? false : seen.add(key);
    });
  },
};
