import { compareGolden } from './golden.ts';
import type { Guard, Violation } from './guard.ts';
import type { SourceTree } from './source-tree.ts';

const INDEX = 'docs/decisions/README.md';
const record = /^docs\/decisions\/(\d{4})-[a-z0-9-]+\.md$/;
const sections = ['## Context', '## Decision', '## Consequence'];

function inRecord(tree: SourceTree, file: string): Violation[] {
  const content = tree.read(file);
  const missing = sections.filter((s) => !content.includes(s));
  const isListed = tree.has(INDEX) && tree.read(INDEX).includes(`(${file.replace('docs/decisions/', '')})`);
  return [
    ...missing.map((s) => ({ file, message: `has no “${s}”` })),
    ...(/^(Date: )?\d{4}-\d{2}-\d{2}\b/m.test(content) ? [] : [{ file, message: 'has no line “Date: YYYY-MM-DD”' }]),
    ...(isListed ? [] : [{ file, message: `is not listed in ${INDEX}` }]),
  ];
}

/** The list with every record in it, by number, under the title it gives itself. */
function withAll(tree: SourceTree, records: readonly string[]): string {
  const head = tree
    .read(INDEX)
    .split('\n')
    .filter((l) => !l.startsWith('- '))
    .join('\n')
    .trimEnd();
  const lines = records.map((f) => `- [${/^# (.*)$/m.exec(tree.read(f))?.[1] ?? f}](${f.replace('docs/decisions/', '')})`);
  return `${head}\n\n${lines.join('\n')}\n`;
}

function twice(files: readonly string[]): Violation[] {
  const seen = new Map<string, string>();
  return files.flatMap((file) => {
    const number = record.exec(file)?.[1] ?? '';
    const first = seen.get(number);
    seen.set(number, file);
    return first === undefined ? [] : [{ file, message: `number ${number} is already taken by ${first}` }];
  });
}

export const decisions: Guard = {
  name: 'decisions',
  why: 'A decision nobody can find is made again, differently.',
  run: (tree, options) => {
    const files = tree.files.filter((f) => f.startsWith('docs/decisions/') && f !== INDEX);
    const misnamed = files
      .filter((f) => !record.test(f))
      .map((file) => ({ file, message: 'a decision is called NNNN-what-was-decided.md' }));
    const records = files.filter((f) => record.test(f));
    if (options.isWriting) compareGolden(tree, INDEX, withAll(tree, records), options);
    return [...misnamed, ...twice(records), ...records.flatMap((f) => inRecord(tree, f))];
  },
};
