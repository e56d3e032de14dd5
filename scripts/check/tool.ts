import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Violation } from './guard.ts';

export interface ToolAnswer {
  readonly code: number;
  readonly output: string;
}

/** Runs one of the installed command line tools; its words come back, colours off. */
export function runTool(root: string, tool: string, args: readonly string[]): Promise<ToolAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules', '.bin', tool), args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * The findings in a tool's words: one per line that matches `file:line…` or `file(line…`. A tool that failed without a finding we can
 * read is a finding itself, so that a broken tool never looks like a clean tree.
 */
export function findingsOf(tool: string, answer: ToolAnswer, pattern: RegExp): Violation[] {
  const found = answer.output.split('\n').flatMap((line) => {
    const hit = pattern.exec(line)?.groups;
    return hit
      ? [{ file: hit['file'] ?? tool, line: hit['line'] === undefined ? undefined : Number(hit['line']), message: hit['message'] ?? line }]
      : [];
  });
  if (found.length > 0 || answer.code === 0) return found;
  return [{ file: tool, message: answer.output.trim().slice(-2000) || `ended with ${answer.code}` }];
}
