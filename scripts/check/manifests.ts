import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModuleManifest } from '../../src/kernel/module.ts';
import type { SourceTree } from './source-tree.ts';

/** The manifests of every module, loaded when a guard asks: a tree that does not load must not silence the other guards. */
export async function loadManifests(tree: SourceTree): Promise<readonly ModuleManifest[]> {
  const loaded = (await import(pathToFileURL(join(tree.root, 'src/apps/modules.ts')).href)) as { modules: readonly ModuleManifest[] };
  return loaded.modules;
}
