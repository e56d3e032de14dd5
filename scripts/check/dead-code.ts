import type { Guard, Violation } from './guard.ts';
import { runTool } from './tool.ts';

interface KnipIssue {
  readonly file: string;
  readonly [kind: string]: unknown;
}

/** Findings from knip's JSON: every list of named things per file. */
function readIssues(json: string): Violation[] {
  const { issues } = JSON.parse(json) as { issues: KnipIssue[] };
  return issues.flatMap((issue) =>
    Object.entries(issue).flatMap(([kind, list]) => {
      if (!Array.isArray(list)) return [];
      return (list as { name?: string; line?: number }[]).map((x) => ({
        file: issue.file,
        line: x.line,
        message: `${kind}: ${x.name ?? issue.file} is not used`,
      }));
    }),
  );
}

export const deadCode: Guard = {
  name: 'dead-code',
  why: 'Code nobody calls is still read, changed and trusted; a package nobody uses is still a door into the product.',
  isHeavy: true,
  run: async (tree) => {
    const answer = await runTool(tree.root, 'knip', ['--reporter', 'json', '--no-progress']);
    const start = answer.output.indexOf('{"');
    if (start === -1) return [{ file: 'knip.json', message: answer.output.trim().slice(-2000) }];
    const lastLine = answer.output.slice(start).split('\n')[0] as string;
    return readIssues(lastLine);
  },
};
