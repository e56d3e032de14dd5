import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Project } from './project.ts';

/** Formats what was written and says what it was and what comes next. */
export function finish(project: Project, next: readonly string[]): void {
  const code = project.written.filter((f) => f.endsWith('.ts'));
  spawnSync(join(project.root, 'node_modules/.bin/oxfmt'), code, { cwd: project.root, stdio: 'ignore' });
  console.log(`written:\n${project.written.map((f) => `  ${f}`).join('\n')}\nnext:\n${next.map((n) => `  ${n}`).join('\n')}`);
}
