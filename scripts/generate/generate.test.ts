import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../check/migrations.ts';
import { sourceTree, type SourceTree } from '../check/source-tree.ts';
import { walls } from '../check/walls.ts';
import { temporaryCopy } from './copy.ts';
import { addImport, addToConstant, addToProperty } from './edit-source.ts';
import { addField, makeSample, proof, sample } from './field-cost.ts';
import { Project } from './project.ts';

const root = join(import.meta.dirname, '../..');
let copy: ReturnType<typeof temporaryCopy>;
let project: Project;
let made: string[];

const run = (tool: string, ...args: string[]) => {
  const env = { ...process.env };
  // The inner run is a run of its own, not a worker of this one.
  for (const name of Object.keys(env)) if (name.startsWith('VITEST')) delete env[name];
  return spawnSync(join(root, 'node_modules/.bin', tool), args, { cwd: copy.root, encoding: 'utf8', env });
};
const tree = (): SourceTree => {
  const files = readdirSync(copy.root, { recursive: true, encoding: 'utf8' }).filter((f) => /^(src|scripts)\/.*\.(tsx?|sql)$/.test(f));
  return sourceTree('', files, (path) => project.read(path));
};

beforeAll(() => {
  copy = temporaryCopy(root);
  project = new Project(copy.root);
  makeSample(project);
  made = [...project.written];
});
afterAll(() => copy.remove());

test('a generated document kind is one folder of four files, known to its module and to the application', () => {
  expect(readdirSync(join(copy.root, sample.folder)).toSorted()).toEqual([
    'goods-loan-refusals.ts',
    'goods-loan.server.ts',
    'goods-loan.test.ts',
    'goods-loan.ts',
  ]);
  expect(project.read('src/modules/lending/module.ts')).toContain('definitions: [goodsLoan]');
  expect(project.read('src/apps/modules.ts')).toMatch(/lendingModule,?\s*\]/);
  expect(project.read('scripts/check/levels.ts')).toContain("'lending'");
});

test('what is generated stands inside the walls, with migration numbers nobody has', async () => {
  const found = [...(await walls.run(tree(), { isWriting: false })), ...(await migrations.run(tree(), { isWriting: false }))];
  // The levels this process knows are the ones of the original; that the copy has the new one is proven above.
  expect(found.filter((v) => v.file.includes('lending') && !v.message.includes('stands on no level'))).toEqual([]);
});

test('making the same again is refused, nothing is overwritten', () => {
  expect(() => makeSample(project)).toThrow('exists already');
});

test('what is generated compiles, its scenarios pass, and a field costs two files', { timeout: 180_000 }, () => {
  const touched = addField(project);
  expect(touched).toHaveLength(2);
  writeFileSync(join(copy.root, sample.folder, 'carrier.test.ts'), proof);
  const types = run('tsc', '-p', 'tsconfig.server.json', '--pretty', 'false')
    .stdout.split('\n')
    .filter((l) => l.includes('lending'));
  expect(types).toEqual([]);
  const tests = run('vitest', 'run', sample.folder, '--reporter=verbose');
  expect(tests.status, `${tests.stdout}\n${tests.stderr}`).toBe(0);
  expect(made).toContain(`${sample.folder}/goods-loan.test.ts`);
});

test('a list is found and lengthened wherever it is written', () => {
  expect(addToConstant('const all: X[] = [a];', (name) => name === 'all', 'b')).toBe('const all: X[] = [a, b];');
  expect(addToConstant('const all = 1;', (name) => name === 'all', 'b')).toBeUndefined();
  const call = { callee: 'make', argument: 0 };
  expect(addToProperty('make({ a: [x, y] });', call, 'a', 'z')).toBe('make({ a: [x, y, z] });');
  expect(addToProperty('make({ a: xs });', call, 'a', 'z')).toBe('make({ a: [...xs, z] });');
  expect(addToProperty('make({ b: 1 });', call, 'a', 'z')).toBe('make({ b: 1,\n  a: [z] });');
  expect(addToProperty('make(m);', { callee: 'make', argument: 1 }, 'a', 'z')).toBe('make(m, {\n  a: [z],\n});');
  expect(addImport("import a from 'a';\nconst x = 1;", "import b from 'b';")).toBe("import a from 'a';\nimport b from 'b';\nconst x = 1;");
});
