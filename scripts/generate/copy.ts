import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const copied = [
  'src',
  'scripts',
  'db',
  'docs',
  'package.json',
  'vitest.config.ts',
  '.oxfmtrc.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.plain.json',
  'tsconfig.server.json',
  'tsconfig.web.json',
];

/** A copy of this checkout in a temporary folder, to try something out without leaving a trace. */
export function temporaryCopy(root: string): { readonly root: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'medtrade-copy-'));
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return { root: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
