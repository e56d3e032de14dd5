import { execFileSync } from 'node:child_process';
import type { Guard, Violation } from './guard.ts';
import type { SourceTree } from './source-tree.ts';

const folder = /^src\/(kernel\/db\/migrations|modules\/[^/]+\/db)\/([^/]+)\.sql$/;
const named = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*$/;

export interface MigrationFile {
  readonly file: string;
  readonly number: number;
}

export const migrationFiles = (tree: SourceTree): MigrationFile[] =>
  tree.files
    .flatMap((file) => {
      const name = folder.exec(file)?.[2];
      const number = name === undefined ? undefined : named.exec(name)?.[1];
      return number === undefined ? [] : [{ file, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number);

function names(tree: SourceTree): Violation[] {
  return tree.files
    .filter((f) => f.endsWith('.sql') && /^src\/.*\/(db|migrations)\//.test(f))
    .filter((f) => !named.test(folder.exec(f)?.[2] ?? ''))
    .map((file) => ({
      file,
      message: 'a migration is called NNNN-what-it-does.sql, in src/kernel/db/migrations or src/modules/<module>/db',
    }));
}

function twice(tree: SourceTree): Violation[] {
  const seen = new Map<number, string>();
  return migrationFiles(tree).flatMap(({ file, number }) => {
    const first = seen.get(number);
    seen.set(number, file);
    return first === undefined ? [] : [{ file, message: `number ${number} is already taken by ${first}` }];
  });
}

/** Migrations that a released version carries, with their content: from the newest tag `v*`. */
function released(tree: SourceTree): Map<string, string> {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: tree.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const tag = git('tag', '--list', 'v*', '--sort=-v:refname').split('\n')[0] ?? '';
  if (tag === '') return new Map();
  const files = git('ls-tree', '-r', '--name-only', tag, 'src')
    .split('\n')
    .filter((f) => folder.test(f));
  return new Map(files.map((f) => [f, git('show', `${tag}:${f}`)]));
}

/** What a released version brought stays as it was; what came after has higher numbers. */
export function changedAfterRelease(tree: SourceTree, before: ReadonlyMap<string, string>): Violation[] {
  const numberOf = (file: string): number => Number(named.exec(folder.exec(file)?.[2] ?? '')?.[1]);
  const highest = Math.max(0, ...[...before.keys()].map(numberOf));
  const changed = [...before].flatMap(([file, content]) => {
    if (!tree.has(file)) return [{ file, message: 'a released migration was removed' }];
    return tree.read(file) === content ? [] : [{ file, message: 'a released migration was changed: write a new one' }];
  });
  const early = migrationFiles(tree).filter((m) => !before.has(m.file) && m.number <= highest);
  return [...changed, ...early.map((m) => ({ file: m.file, message: `number ${m.number} comes before the released ${highest}` }))];
}

export const migrations: Guard = {
  name: 'migrations',
  why: 'Every installation must reach the same schema by the same steps in the same order, or an upgrade destroys data.',
  run: (tree) => [...names(tree), ...twice(tree), ...changedAfterRelease(tree, tree.root === '' ? new Map() : released(tree))],
};
