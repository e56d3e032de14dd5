import { declaredDependencies, modulesIn, resolveImport, tierOf, zoneOf, type Tier, type Zone } from './layout.ts';
import { levelOf, mayUse } from './levels.ts';
import { isCode, type ImportOf, type SourceTree } from './source-tree.ts';
import type { Guard, Violation } from './guard.ts';

const doors = /^index(\.server|\.web)?\.tsx?$/;
const manifests = /^module(\.server|\.web)?\.tsx?$/;
/** Small named fixtures that tests of higher modules stand on. */
const worlds = /^world(\.server)?\.ts$/;
/** Packages without Node, DOM, clock or chance. */
const purePackages = new Set(['zod', 'big.js']);

interface Case {
  readonly from: string;
  readonly to: string;
  readonly fromZone: Zone;
  readonly toZone: Zone;
  readonly fromTier: Tier;
  readonly tree: SourceTree;
}

function moduleWall({ from, fromZone, toZone, fromTier, tree }: Case): string | undefined {
  if (toZone.tree !== 'modules') return undefined;
  const { module, inside } = toZone;
  if (fromZone.tree === 'kernel') return `the kernel knows no module, but imports ${module}`;
  if (fromZone.tree === 'ui') return `the design system knows no module, but imports ${module}`;
  if (fromZone.tree !== 'modules') {
    if (doors.test(inside) || manifests.test(inside) || worlds.test(inside) || fromTier === 'test') return undefined;
    return `only manifests and doors of ${module} may be imported here, not ${inside}`;
  }
  if (fromZone.module === module) return undefined;
  if (!doors.test(inside) && !(fromTier === 'test' && (worlds.test(inside) || manifests.test(inside)))) {
    return `${fromZone.module} may enter ${module} by its door (index.ts, index.server.ts, index.web.tsx), not by ${inside}`;
  }
  if (fromTier === 'test') return undefined;
  if (!declaredDependencies(tree, fromZone.module).includes(module)) {
    return `${fromZone.module} uses ${module} without declaring it: add '${module}' to dependsOn in src/modules/${fromZone.module}/module.ts (${from})`;
  }
  return undefined;
}

function treeWall({ fromZone, toZone, fromTier, to }: Case): string | undefined {
  if (fromTier === 'test') return undefined;
  if (fromZone.tree === 'kernel' && toZone.tree !== 'kernel') return `the kernel stands alone, but imports ${to}`;
  if (fromZone.tree === 'ui' && toZone.tree !== 'ui' && toZone.tree !== 'kernel')
    return `the design system uses the kernel only, but imports ${to}`;
  if (fromZone.tree === 'modules' && (toZone.tree === 'apps' || toZone.tree === 'scripts'))
    return `a module does not know the apps, but imports ${to}`;
  return undefined;
}

function tierWall({ fromTier, to }: Case): string | undefined {
  const toTier = tierOf(to);
  if (toTier === 'test' && fromTier !== 'test') return `only tests may import test code, this imports ${to}`;
  if (fromTier === 'plain' && toTier !== 'plain') return `a plain file runs everywhere and may not import the ${toTier} file ${to}`;
  if (fromTier === 'server' && toTier === 'web') return `server code may not import the web file ${to}`;
  if (fromTier === 'web' && toTier === 'server') return `web code may not import the server file ${to}`;
  return undefined;
}

function packageWall(from: string, specifier: string): string | undefined {
  const tier = tierOf(from);
  if (tier === 'plain' && !purePackages.has(specifier))
    return `a plain file may not import ${specifier}: rename it .server.ts or .web.tsx, or move the work`;
  if (tier === 'web' && specifier.startsWith('node:')) return `web code may not import ${specifier}`;
  return undefined;
}

function judge(tree: SourceTree, from: string, { specifier }: ImportOf): string | undefined {
  const to = resolveImport(from, specifier);
  if (to === undefined) return packageWall(from, specifier);
  const fromZone = zoneOf(from);
  const toZone = zoneOf(to);
  const isSameTree =
    fromZone.tree === toZone.tree && (fromZone.tree !== 'modules' || fromZone.module === (toZone as { module?: string }).module);
  if (specifier.startsWith('.') && !isSameTree && from.startsWith('src/')) return `across trees write #${toZone.tree}/…, not ${specifier}`;
  const asked: Case = { from, to, fromZone, toZone, fromTier: tierOf(from), tree };
  return moduleWall(asked) ?? treeWall(asked) ?? tierWall(asked);
}

function levelOrder(tree: SourceTree): Violation[] {
  const found: Violation[] = [];
  const known = new Set(modulesIn(tree));
  for (const module of known) {
    const file = `src/modules/${module}/module.ts`;
    const level = levelOf(module);
    if (!tree.has(file)) found.push({ file: `src/modules/${module}`, message: 'a module has a manifest, module.ts' });
    if (level === undefined) found.push({ file, message: `${module} stands on no level: add it in scripts/check/levels.ts` });
    for (const lower of declaredDependencies(tree, module)) {
      if (!known.has(lower)) found.push({ file, message: `depends on ${lower}, which does not exist` });
      else if (level !== undefined && !mayUse(module, lower)) {
        found.push({
          file,
          message: `${module} (level ${level}) may not depend on ${lower} (level ${levelOf(lower)}): only lower levels, and on level 0 what is listed before it`,
        });
      }
    }
  }
  return found;
}

/** Barrels other than a module's door hide what depends on what. */
const strayBarrels = (tree: SourceTree): Violation[] =>
  tree.files
    .filter((f) => f.startsWith('src/') && /\/index(\.server|\.web)?\.tsx?$/.test(f) && !/^src\/modules\/[^/]+\/index/.test(f))
    .map((file) => ({ file, message: "no barrels besides a module's door: import the file itself" }));

export const walls: Guard = {
  name: 'walls',
  why: 'A module that reaches into another one cannot be changed alone; a plain file that reaches for Node or the DOM cannot run on the tablet.',
  run: (tree) => {
    const found = [...levelOrder(tree), ...strayBarrels(tree)];
    for (const file of tree.files.filter((f) => isCode(f) && (f.startsWith('src/') || f.startsWith('scripts/')))) {
      for (const i of tree.imports(file)) {
        const message = judge(tree, file, i);
        if (message) found.push({ file, line: i.line, message });
      }
    }
    return found;
  },
};
