import { posix } from 'node:path';
import type { SourceTree } from './source-tree.ts';

/** Where a file lives: one of the trees, or a module. */
export type Zone =
  | { readonly tree: 'kernel' | 'ui' | 'apps' | 'scripts' | 'other' }
  | { readonly tree: 'modules'; readonly module: string; readonly inside: string };

/** What a file may see, by its suffix. */
export type Tier = 'plain' | 'server' | 'web' | 'test';

export function zoneOf(path: string): Zone {
  const module = /^src\/modules\/([^/]+)\/(.+)$/.exec(path);
  if (module) return { tree: 'modules', module: module[1] as string, inside: module[2] as string };
  const tree = /^(?:src\/)?(kernel|ui|apps|scripts)\//.exec(path)?.[1] as 'kernel' | undefined;
  return { tree: tree ?? 'other' };
}

export function tierOf(path: string): Tier {
  if (/\.test\.tsx?$/.test(path) || /(^|\/)test\//.test(path) || /^src\/modules\/[^/]+\/world(\.server)?\.ts$/.test(path)) return 'test';
  if (/\.web\.tsx?$/.test(path) || /\.tsx$/.test(path)) return 'web';
  if (/\.server\.ts$/.test(path) || !path.startsWith('src/') || /^src\/apps\/(server|worker)\.ts$/.test(path)) return 'server';
  return 'plain';
}

/** The file a specifier means, relative to the root; undefined for packages. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));
  const across = /^#(kernel|ui|modules|apps)\/(.+)$/.exec(specifier);
  return across ? `src/${across[1]}/${across[2]}` : undefined;
}

/** The names of modules that exist as folders. */
export const modulesIn = (tree: SourceTree): string[] =>
  [...new Set(tree.files.flatMap((f) => /^src\/modules\/([^/]+)\//.exec(f)?.[1] ?? []))].sort();

/** What a module's manifest says it may use, read without running it. */
export function declaredDependencies(tree: SourceTree, module: string): readonly string[] {
  const manifest = `src/modules/${module}/module.ts`;
  if (!tree.has(manifest)) return [];
  const list = /dependsOn:\s*\[([^\]]*)\]/.exec(tree.read(manifest))?.[1] ?? '';
  return [...list.matchAll(/['"]([^'"]+)['"]/g)].map((m) => m[1] as string);
}
