import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDocument } from './document.ts';
import { newModule } from './module.ts';
import type { Project } from './project.ts';

/** The document the proof is made on. */
export const sample = { module: 'lending', kind: 'goods-loan', folder: 'src/modules/lending/goods-loan' } as const;

/** A module with one document, as the generators make them. */
export function makeSample(project: Project): void {
  newModule(project, { name: sample.module, zh: '借用', en: 'Lending', level: 3, dependsOn: ['organisation'], icon: 'file' });
  newDocument(project, { module: sample.module, kind: sample.kind, zh: '借用单', en: 'Goods loan' });
}

/** Adds the field `carrier`: one line in the definition, one statement in a new migration. Returns the two files. */
export function addField(project: Project): string[] {
  const definition = `${sample.folder}/${sample.kind}.ts`;
  const path = join(project.root, definition);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(
    /(\n\s*)(note: field\.longText\(.*\n)/,
    "$1$2    carrier: field.text({ label: text('承运人', 'Carrier'), optional: true }),\n",
  );
  if (after === before) throw new Error(`${definition} has no place for a field`);
  writeFileSync(path, after);
  const migration = `src/modules/${sample.module}/db/${project.nextMigration()}-goods-loan-carrier.sql`;
  writeFileSync(join(project.root, migration), '-- Who carries the goods.\nalter table lending.goods_loan add column carrier text;\n');
  return [definition, migration];
}

/** What has to be true of a field that exists; every sentence is about code nobody wrote for it. */
export const proof = `import { beforeAll, expect, test } from 'vitest';
import { parseContent } from '#kernel/document/content.ts';
import { exportList } from '#kernel/document/export.server.ts';
import { readList, requireView } from '#kernel/document/reader.server.ts';
import { openApiDocument } from '#kernel/http/openapi.ts';
import { openSpreadsheet } from '#kernel/http/spreadsheet.server.ts';
import { everythingWith, stage, type Stage, type StagePerson } from '#kernel/test/stage.server.ts';
import { dictionaryServer } from '#modules/dictionary/module.server.ts';
import { fieldsOf } from '#ui/document/form-content.ts';
import { listColumns } from '#ui/list/list-columns.ts';
import { lendingModuleServer } from '../module.server.ts';
import { goodsLoan } from './goods-loan.ts';

let world: Stage;
let keeper: StagePerson;
const content = { documentDate: '2026-03-02', carrier: '顺丰', lines: { items: [{ description: '支架', quantity: '1' }] } };
beforeAll(async () => {
  world = await stage([lendingModuleServer]);
  keeper = world.person(...everythingWith(goodsLoan));
  await keeper.create(goodsLoan, content);
});

test('the form shows it', () => {
  expect(fieldsOf(goodsLoan).map(([name]) => name)).toContain('carrier');
});
test('the API takes it and checks it', () => {
  expect(parseContent(goodsLoan, content).refusals).toEqual([]);
  expect(parseContent(goodsLoan, { ...content, carrier: 'x'.repeat(201) }).refusals).toMatchObject([{ field: 'carrier' }]);
});
test('the description of the API names it', () => {
  const { components } = openApiDocument({ modules: [lendingModuleServer.manifest], version: '1' });
  expect(components.schemas['GoodsLoanContent']).toMatchObject({ properties: { carrier: { title: 'Carrier', 'x-title-zh': '承运人' } } });
});
test('the list stores, shows, filters and sorts by it', async () => {
  expect(listColumns(goodsLoan).map((c) => c.name)).toContain('carrier');
  const query = { filter: [{ field: 'carrier', op: 'eq', value: '顺丰' }], sort: 'carrier', limit: 10, totals: 'false' } as const;
  const answer = await world.system.db.read({ entityIds: '*', userId: null }, (tx) =>
    readList(tx, keeper.context, goodsLoan, query as never, requireView(keeper.context, goodsLoan)));
  expect(answer.rows).toMatchObject([{ carrier: '顺丰' }]);
});
test('the export to Excel has its column', async () => {
  const file = await exportList(keeper.context, goodsLoan, { format: 'xlsx', locale: 'zh-CN', columns: 'number,carrier' });
  const sheet = await openSpreadsheet(new Uint8Array(await file.arrayBuffer()));
  const rows: (readonly string[])[] = [];
  for await (const row of sheet.rows()) rows.push(row.cells);
  expect(rows.map((cells) => cells[1])).toEqual(['承运人', '顺丰']);
});
test('the data dictionary explains it', async () => {
  const read = dictionaryServer(() => [lendingModuleServer]).handlers.find((h) => h.operation.id === 'dictionaryRead');
  const answer = (await read?.handle({} as never, {}, {} as never)) as { kinds: { fields: { name: string }[] }[] };
  expect(answer.kinds[0]?.fields.map((f) => f.name)).toContain('carrier');
});
`;
