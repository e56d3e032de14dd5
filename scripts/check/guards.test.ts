import { expect, test } from 'vitest';
import { field } from '../../src/kernel/document/field.ts';
import { defineDocument } from '../../src/kernel/document/define-document.ts';
import { text } from '../../src/kernel/i18n/text.ts';
import { defineModule } from '../../src/kernel/module.ts';
import { missingProofs } from './coverage.ts';
import { cycles } from './cycles.ts';
import { decisions } from './decisions.ts';
import { glossaryFaults, withWords, wordsOf } from './glossary.ts';
import type { Guard } from './guard.ts';
import { judgeText, languages } from './languages.ts';
import { isAllowed, licences } from './licences.ts';
import { drawMap } from './map.ts';
import { changedAfterRelease, migrations } from './migrations.ts';
import { publishable } from './publishable.ts';
import { treeInMemory } from './source-tree.ts';
import { tidy } from './tidy.ts';
import { findingsOf } from './tool.ts';
import { walls } from './walls.ts';
import { words } from './words.ts';

const found = async (guard: Guard, files: Record<string, string>): Promise<string[]> =>
  (await guard.run(treeInMemory(files), { isWriting: false })).map((v) => `${v.file}: ${v.message}`);

const manifest = (name: string, ...dependsOn: string[]): Record<string, string> => ({
  [`src/modules/${name}/module.ts`]: `export const m = { dependsOn: [${dependsOn.map((d) => `'${d}'`).join(', ')}] };`,
});

test('a module that enters another one past its door is found', async () => {
  const files = {
    ...manifest('party'),
    ...manifest('sales', 'party'),
    'src/modules/party/customer/customer.ts': 'export const customer = 1;',
    'src/modules/party/index.ts': "export { customer } from './customer/customer.ts';",
    'src/modules/sales/good.ts': "import { customer } from '#modules/party/index.ts'; export const a = customer;",
  };
  expect(await found(walls, files)).toEqual([]);
  const bad = {
    ...files,
    'src/modules/sales/bad.ts': "import { customer } from '#modules/party/customer/customer.ts'; export const b = customer;",
  };
  expect(await found(walls, bad)).toEqual([expect.stringContaining('sales may enter party by its door')]);
});

test('an undeclared use, a use of a higher level and an unknown level are found', async () => {
  const door = { 'src/modules/party/index.ts': 'export const p = 1;' };
  const use = { 'src/modules/sales/use.ts': "import { p } from '#modules/party/index.ts'; export const q = p;" };
  expect(await found(walls, { ...manifest('party'), ...manifest('sales'), ...door, ...use })).toEqual([
    expect.stringContaining('without declaring it'),
  ]);
  expect(await found(walls, { ...manifest('party', 'sales'), ...manifest('sales') })).toEqual([
    expect.stringContaining('only lower levels'),
  ]);
  expect(await found(walls, manifest('lottery'))).toEqual([expect.stringContaining('stands on no level')]);
});

test('kernel and design system that know a module are found', async () => {
  const files = {
    ...manifest('party'),
    'src/modules/party/index.ts': 'export const p = 1;',
    'src/kernel/a.ts': "import { p } from '#modules/party/index.ts'; export const a = p;",
    'src/ui/b.ts': "import { p } from '#modules/party/index.ts'; export const b = p;",
    'src/ui/c.web.tsx': "import { x } from '../kernel/i18n/text.ts'; export const c = x;",
  };
  expect(await found(walls, files)).toEqual([
    expect.stringContaining('the kernel knows no module'),
    expect.stringContaining('the design system knows no module'),
    expect.stringContaining('across trees write #kernel/…'),
  ]);
});

test('a plain file that reaches for Node, the server or the web is found, dynamic imports too', async () => {
  const files = {
    'src/kernel/a.ts': "import { readFileSync } from 'node:fs'; export const a = readFileSync;",
    'src/kernel/b.ts': "import type { T } from './t.server.ts'; export type B = T;",
    'src/kernel/c.ts': "export const c = () => import('./d.web.tsx');",
    'src/kernel/e.web.tsx': "import { t } from './t.server.ts'; export const e = t;",
    'src/kernel/t.server.ts': 'export type T = 1; export const t = 1;',
    'src/kernel/d.web.tsx': 'export const d = 1;',
    'src/kernel/index.ts': "export * from './pure.ts';",
    'src/kernel/pure.ts': "import * as z from 'zod'; export const p = z;",
  };
  expect(await found(walls, files)).toEqual([
    expect.stringContaining('no barrels'),
    expect.stringContaining('may not import node:fs'),
    expect.stringContaining('may not import the server file'),
    expect.stringContaining('may not import the web file'),
    expect.stringContaining('web code may not import the server file'),
  ]);
});

test('a cycle of imports is found, at whatever length', async () => {
  const files = {
    'src/kernel/a.ts': "import './b.ts';",
    'src/kernel/b.ts': "import './c.ts';",
    'src/kernel/c.ts': "import './a.ts';",
    'src/kernel/d.ts': "import './a.ts';",
  };
  expect(await found(cycles, files)).toEqual([
    'src/kernel/c.ts: cycle: src/kernel/a.ts → src/kernel/b.ts → src/kernel/c.ts → src/kernel/a.ts',
  ]);
});

test('long functions, files and lines, vague names and hidden clocks are found', async () => {
  const long = `export function f() {\n${'  g();\n'.repeat(70)}}\n`;
  expect(await found(tidy, { 'src/kernel/long.ts': long })).toEqual([expect.stringContaining('function of 72 lines')]);
  expect(await found(tidy, { 'src/kernel/big.ts': 'a();\n'.repeat(401) })).toEqual([expect.stringContaining('401 lines')]);
  expect(await found(tidy, { 'src/kernel/wide.ts': `const a = ${'1 + '.repeat(40)}1;\n` })).toEqual([
    expect.stringContaining('characters'),
  ]);
  expect(await found(tidy, { 'src/kernel/date-utils.ts': '', 'src/kernel/helpers.server.ts': '' })).toHaveLength(2);
  const clocks = 'export const a = [new Date(), Date.now(), Math.random(), new Date(5)];';
  expect(await found(tidy, { 'src/kernel/clock.ts': clocks })).toHaveLength(3);
  expect(await found(tidy, { 'src/kernel/clock.server.ts': clocks, 'src/kernel/clock.test.ts': clocks })).toEqual([]);
});

test('promises instead of work and talk about the making are found', async () => {
  const note = (words: string) => ({ 'src/kernel/a.ts': `// ${words}\n` });
  for (const bad of [`${'TO'}DO later`, 'see issue 12', 'fixed (#17)', 'as in the previous session', 'good enough for now']) {
    expect(await found(words, note(bad)), bad).toHaveLength(1);
  }
  for (const good of ['the session cookie ends', 'colour #1b2430', 'every other session of the user ends', 'an issue of goods']) {
    expect(await found(words, note(good)), good).toEqual([]);
  }
});

test('secrets, machine paths and foreign registries are found', async () => {
  const key = `-----BEGIN ${'PRIVATE'} KEY-----`;
  const files = {
    'src/a.ts': `const k = '${key}';\nconst u = 'postgres://me:secret@db.internal/x';\nconst p = '/${'home'}/someone/x';`,
    '.npmrc': 'registry=https://mirror.example.org/npm',
    'package-lock.json': JSON.stringify({ packages: { 'node_modules/x': { resolved: 'https://mirror.example.org/x.tgz' } } }),
    'src/fine.ts': "const u = 'postgres://u:p@localhost/x'; const home = '/home';",
  };
  expect((await found(publishable, files)).map((f) => f.split(':')[0])).toEqual([
    '.npmrc',
    'package-lock.json',
    'src/a.ts',
    'src/a.ts',
    'src/a.ts',
  ]);
});

test('a sentence in one language only, or with unequal places, is found', async () => {
  expect(judgeText('批号 {lot} 已过期', 'Lot {lot} has expired')).toBeUndefined();
  expect(judgeText('UDI', 'UDI')).toBeUndefined();
  expect(judgeText('', 'Lot')).toContain('empty');
  expect(judgeText('Lot', 'Batch')).toContain('not Chinese');
  expect(judgeText('批号', '批号')).toContain('Chinese characters');
  expect(judgeText('批号 {lot}', 'Lot')).toContain('places');
  const files = {
    'src/ui/page.web.tsx': 'export const P = () => <p title="Close window">Nothing found</p>;',
    'src/kernel/a.ts': "export const a = [text('批号', ''), { zh: '数量', en: '数量' }];",
  };
  expect(await found(languages, files)).toEqual([
    expect.stringContaining('empty'),
    expect.stringContaining('Chinese characters'),
    expect.stringContaining('Close window'),
    expect.stringContaining('Nothing found'),
  ]);
});

test('a migration with a taken number or a wrong name is found, and one that changes what was released', async () => {
  const db = 'src/modules/party/db/';
  expect(await found(migrations, { [`${db}0007-a.sql`]: '', [`${db}0007-b.sql`]: '', [`${db}8-c.sql`]: '' })).toEqual([
    expect.stringContaining('is called NNNN'),
    expect.stringContaining('number 7 is already taken'),
  ]);
  const now = treeInMemory({ [`${db}0001-a.sql`]: 'changed', [`${db}0002-late.sql`]: '' });
  const before = new Map([
    [`${db}0001-a.sql`, 'first'],
    [`${db}0003-c.sql`, ''],
  ]);
  expect(changedAfterRelease(now, before).map((v) => v.message)).toEqual([
    expect.stringContaining('was changed'),
    expect.stringContaining('was removed'),
    expect.stringContaining('comes before the released 3'),
  ]);
});

test('a production dependency under another licence is found, a development one is not', async () => {
  expect(isAllowed('(MIT OR GPL-3.0)') && isAllowed('MIT AND ISC') && !isAllowed('AGPL-3.0') && !isAllowed('MIT AND GPL-2.0')).toBe(true);
  const packages = {
    '': {},
    'node_modules/good': { license: 'MIT' },
    'node_modules/bad': { license: 'GPL-3.0' },
    'node_modules/silent': {},
    'node_modules/tool': { license: 'GPL-3.0', dev: true },
  };
  expect(await found(licences, { 'package-lock.json': JSON.stringify({ packages }) })).toEqual([
    'package-lock.json: bad is under GPL-3.0',
    'package-lock.json: silent is under no stated licence',
  ]);
});

test('a decision without its parts or its place in the list is found', async () => {
  const good = 'Date: 2026-01-01\n## Context\n## Decision\n## Consequence\n';
  expect(await found(decisions, { 'docs/decisions/README.md': '(0001-a.md)', 'docs/decisions/0001-a.md': good })).toEqual([]);
  expect(
    await found(decisions, {
      'docs/decisions/README.md': '',
      'docs/decisions/0001-a.md': good,
      'docs/decisions/0001-b.md': '',
      'docs/decisions/x.md': '',
    }),
  ).toHaveLength(8);
});

const loan = defineDocument()({
  kind: 'goods-loan',
  module: 'party',
  plural: 'goods-loans',
  idPrefix: 'gl',
  label: text('借用单', 'Goods loan'),
  pluralLabel: text('借用单', 'Goods loans'),
  table: 'party.goods_loan',
  occurredOnField: 'lentOn',
  header: { lentOn: field.date({ label: text('借出日期', 'Lent on') }) },
  states: { draft: { label: text('草稿', 'Draft'), tone: 'draft' } },
  actions: { lend: { label: text('借出', 'Lend'), from: ['draft'], to: 'draft' } },
  numbering: { pattern: 'GL-{seq:4}', isGapless: false, restarts: 'never', takenBy: 'create' },
  list: { columns: [], search: [], sort: { field: 'number', descending: true } },
  title: () => text('借用单', 'Goods loan'),
});
const party = defineModule({ name: 'party', label: text('往来单位', 'Party'), icon: 'x', definitions: [loan] });

test('an action is proven by a test that does it, refused by one that says so', () => {
  const told = [
    "test('goods are lent', () => lending.act(goodsLoan, id, 'lend'));",
    "test('a loan cannot be made without permission', () => reader.create(goodsLoan));",
  ].join('\n');
  const missing = missingProofs(treeInMemory({ 'src/modules/party/loan.test.ts': told }), [party]);
  expect(missing).toEqual({
    scenario: ['goods-loan.amend', 'goods-loan.create'],
    'refusal-test': ['goods-loan.amend', 'goods-loan.lend'],
    'permission-test': ['goods-loan.amend', 'goods-loan.lend'],
  });
  const all = '// proves for every action: permission-test, refusal-test\n';
  expect(missingProofs(treeInMemory({ 'src/all.test.ts': all }), [party])['permission-test']).toEqual([]);
  expect(missingProofs(treeInMemory({ 'src/all.test.ts': all }), [party]).scenario).toHaveLength(3);
});

test('a word that is used but not explained is found, and explained twice or not at all', () => {
  expect(wordsOf([party]).map((w) => w.identifier)).toEqual(['goods-loan', 'draft', 'lentOn']);
  const known = '| 借用单 | Goods loan | `goods-loan` | A loan. |\n| 草稿 | Draft | `draft` | |\n| 草稿 | Draft | `draft` | Not final. |\n';
  const { faults, missing } = glossaryFaults(known, [party]);
  expect(missing.map((w) => w.identifier)).toEqual(['lentOn']);
  expect(faults.map((f) => f.message)).toEqual([expect.stringContaining('explained twice'), expect.stringContaining('has no meaning')]);
  expect(withWords('# Words\n\n| a | b | `z` | last |\n', missing)).toBe(
    '# Words\n\n| 借出日期 | Lent on | `lentOn` | Field of goods loan. |\n| a | b | `z` | last |\n',
  );
});

test('the map shows every module on its level with the arrows it declares', () => {
  const sales = defineModule({ name: 'sales', label: text('销售', 'Sales'), icon: 'x', dependsOn: ['party'] });
  const drawn = drawMap([party, sales]);
  expect(drawn.match(/<rect x=/g)).toHaveLength(3);
  expect(drawn.match(/marker-end/g)).toHaveLength(1);
  expect(drawn).toContain('往来单位');
});

test('a tool that breaks is a finding, never a clean tree', () => {
  const pattern = /^(?<file>\S+):(?<line>\d+): (?<message>.*)$/;
  expect(findingsOf('lint', { code: 0, output: 'fine' }, pattern)).toEqual([]);
  expect(findingsOf('lint', { code: 1, output: 'a.ts:3: bad' }, pattern)).toEqual([{ file: 'a.ts', line: 3, message: 'bad' }]);
  expect(findingsOf('lint', { code: 2, output: 'panicked' }, pattern)).toEqual([{ file: 'lint', message: 'panicked' }]);
});
