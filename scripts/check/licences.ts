import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Guard, Violation } from './guard.ts';
import type { SourceTree } from './source-tree.ts';

/** Licences that let everybody run, change and sell the product without giving anything up. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

interface LockEntry {
  readonly dev?: boolean;
  readonly license?: string;
  readonly link?: boolean;
}

/** Whether an SPDX expression is satisfied by the allowed licences. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replace(/[()]/g, ' ').trim();
  if (/ OR /.test(plain)) return plain.split(/ OR /).some(isAllowed);
  return plain.split(/ AND /).every((l) => allowed.has(l.trim()));
}

function licenceOf(tree: SourceTree, path: string, entry: LockEntry): string | undefined {
  if (entry.license !== undefined) return entry.license;
  const manifest = join(tree.root, path, 'package.json');
  if (tree.root === '' || !existsSync(manifest)) return undefined;
  const { license } = JSON.parse(readFileSync(manifest, 'utf8')) as { license?: string | { type: string } };
  return typeof license === 'object' ? license.type : license;
}

function check(tree: SourceTree): Violation[] {
  if (!tree.has('package-lock.json')) return [];
  const { packages } = JSON.parse(tree.read('package-lock.json')) as { packages: Record<string, LockEntry> };
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (path === '' || entry.dev === true || entry.link === true) return [];
    const licence = licenceOf(tree, path, entry);
    if (licence !== undefined && isAllowed(licence)) return [];
    return [{ file: 'package-lock.json', message: `${path.replace(/^.*node_modules\//, '')} is under ${licence ?? 'no stated licence'}` }];
  });
}

export const licences: Guard = {
  name: 'licences',
  why: 'One production dependency under the wrong licence takes from every user the right to run and change the product.',
  run: check,
};
