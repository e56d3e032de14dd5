import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleManifest } from '../../src/kernel/module.ts';
import type { Guard, GuardOptions, Violation } from './guard.ts';
import { loadManifests } from './manifests.ts';
import type { SourceTree } from './source-tree.ts';
import { isIdentifier, literalText, walk } from './syntax.ts';

/** The three proofs every action owes. */
export const proofs = ['scenario', 'refusal-test', 'permission-test'] as const;
export type Proof = (typeof proofs)[number];

export const listFile = (proof: Proof): string => `docs/coverage/actions-without-${proof}.txt`;

interface Told {
  readonly title: string;
  readonly body: string;
}

const refusing = /refus|cannot|can't|may not|must|never|only|denied|not |no longer|without|wrong|twice|already|拒|不能|不可|不得|只能/i;
const permitting = /permission|permitted|may not|not allowed|without the right|role|权限|无权/i;

/** The tests of a file: what each one says and does. */
function testsOf(tree: SourceTree, file: string): Told[] {
  const source = tree.read(file);
  const found: Told[] = [];
  walk(tree.parse(file).program, (node) => {
    if (node.type !== 'CallExpression') return;
    const callee = node['callee'] as { type: string; object?: unknown; callee?: { object?: unknown } };
    const isTest = ['test', 'it'].some(
      (n) => isIdentifier(callee, n) || isIdentifier(callee.object, n) || isIdentifier(callee.callee?.object, n),
    );
    const title = literalText((node['arguments'] as unknown[])[0]);
    if (isTest && title !== undefined) found.push({ title, body: source.slice(node.start, node.end) });
  });
  return found;
}

const camel = (kebab: string): string => kebab.replace(/-(\w)/g, (_, c: string) => c.toUpperCase());

/** Whether a test does this action: by its name as a word of its own, as an argument, a method or a title. */
function does(test: Told, kind: string, action: string): boolean {
  return new RegExp(`['"\`]${action}['"\`]|\\.${action}\\(|\\b${kind}\\.${action}\\b|/${action}['"\`?]`).test(test.body);
}

function proofsIn(tests: readonly Told[], kind: string, action: string): Set<Proof> {
  const acting = tests.filter((t) => does(t, kind, action));
  const found = new Set<Proof>();
  if (acting.some((t) => !refusing.test(t.title))) found.add('scenario');
  if (acting.some((t) => refusing.test(t.title))) found.add('refusal-test');
  if (acting.some((t) => permitting.test(t.title))) found.add('permission-test');
  return found;
}

/** A test that walks all definitions gives a proof to every action at once; it says so in its first lines. */
function provenForAll(tree: SourceTree, files: readonly string[]): Set<Proof> {
  const said = files.flatMap((f) =>
    [
      ...tree
        .read(f)
        .slice(0, 2000)
        .matchAll(/proves for every action: ([a-z, -]+)/g),
    ].flatMap((m) => (m[1] as string).split(/, */)),
  );
  return new Set(proofs.filter((p) => said.some((s) => s.trim() === p)));
}

/** For each proof the actions that lack it, as `<kind>.<action>`. */
export function missingProofs(tree: SourceTree, manifests: readonly ModuleManifest[]): Record<Proof, string[]> {
  const files = tree.files.filter((f) => /\.test\.ts$/.test(f));
  const everywhere = provenForAll(tree, files);
  const missing: Record<Proof, string[]> = { scenario: [], 'refusal-test': [], 'permission-test': [] };
  for (const d of manifests.flatMap((m) => m.definitions)) {
    const name = new RegExp(`['"\`]${d.kind}['"\`.]|\\b${camel(d.kind)}\\b|/${d.plural}\\b`);
    const tests = files.filter((f) => name.test(tree.read(f))).flatMap((f) => testsOf(tree, f));
    for (const action of Object.keys(d.actions)) {
      const found = proofsIn(tests, d.kind, action);
      for (const proof of proofs) if (!found.has(proof) && !everywhere.has(proof)) missing[proof].push(`${d.kind}.${action}`);
    }
  }
  for (const proof of proofs) missing[proof].sort();
  return missing;
}

const readList = (tree: SourceTree, file: string): string[] =>
  tree.has(file)
    ? tree
        .read(file)
        .split('\n')
        .filter((l) => l !== '' && !l.startsWith('#'))
    : [];

const heading = (proof: Proof): string =>
  `# Actions without ${proof.replace('-', ' ')}. Lines may only go; a new action brings its proof with it.\n`;

function compare(tree: SourceTree, proof: Proof, missing: readonly string[], options: GuardOptions): Violation[] {
  const file = listFile(proof);
  const kept = readList(tree, file);
  const isFirst = !tree.has(file);
  if (options.isWriting) {
    // Only ever shorter, except when the list is made.
    const left = isFirst ? missing : kept.filter((k) => missing.includes(k));
    writeFileSync(join(tree.root, file), heading(proof) + left.map((l) => `${l}\n`).join(''));
  }
  const fresh = isFirst && options.isWriting ? [] : missing.filter((m) => !kept.includes(m));
  const done = options.isWriting ? [] : kept.filter((k) => !missing.includes(k));
  return [
    ...fresh.map((name) => ({ file, message: `${name} has no ${proof.replace('-', ' ')}: write one, the list may not grow` })),
    ...done.map((name) => ({ file, message: `${name} is proven now (or gone): take it off the list (--write does)` })),
  ];
}

export const coverage: Guard = {
  name: 'coverage',
  why: 'An action that no test refuses will be allowed to the wrong person in the wrong state; what is unproven today may only become less.',
  run: async (tree, options) => {
    const missing = missingProofs(tree, await loadManifests(tree));
    return proofs.flatMap((proof) => compare(tree, proof, missing[proof], options));
  },
};
