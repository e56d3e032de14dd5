import { addImport, addToProperty } from './edit-source.ts';
import { camel, idPrefix, isKebab, plural, quoted, snake } from './names.ts';
import type { Project } from './project.ts';

export interface NewDocument {
  readonly module: string;
  /** Singular, kebab-case. */
  readonly kind: string;
  readonly zh: string;
  readonly en: string;
}

const definition = (d: NewDocument): string => `import Big from 'big.js';
import { commonStates, defineDocument, standardActions } from '#kernel/document/define-document.ts';
import { lineSet } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { ${camel(d.kind)}Refusals as refusals } from './${d.kind}-refusals.ts';

const itemFields = {
  description: field.text({ label: text('摘要', 'Description') }),
  quantity: field.quantity({ label: text('数量', 'Quantity') }),
};

/** ${d.en}. */
export const ${camel(d.kind)} = defineDocument()({
  kind: ${quoted(d.kind)},
  module: ${quoted(d.module)},
  plural: ${quoted(plural(d.kind))},
  idPrefix: ${quoted(idPrefix(d.kind))},
  label: text(${quoted(d.zh)}, ${quoted(d.en)}),
  pluralLabel: text(${quoted(d.zh)}, ${quoted(`${d.en}s`)}),
  table: ${quoted(`${snake(d.module)}.${snake(d.kind)}`)},
  header: {
    documentDate: field.date({ label: text('单据日期', 'Document date') }),
    note: field.longText({ label: text('备注', 'Note'), optional: true }),
  },
  lines: { items: lineSet(text('明细', 'Items'), itemFields, { min: 1 }) },
  states: {
    draft: commonStates.draft,
    posted: commonStates.posted,
    cancelled: commonStates.cancelled,
  },
  numbering: { pattern: ${quoted(`${idPrefix(d.kind).toUpperCase()}-{yyyy}-{seq:5}`)}, isGapless: false, restarts: 'year', takenBy: 'create' },
  occurredOnField: 'documentDate',
  list: { columns: ['number', 'documentDate', 'note', 'state', 'createdBy'], search: ['note'], sort: { field: 'createdAt', descending: true } },
  title: (doc) => text(doc.number ?? ${quoted(d.zh)}, doc.number ?? ${quoted(d.en)}),
  actions: {
    confirm: {
      label: text('确认', 'Confirm'),
      from: ['draft'],
      to: 'posted',
      isPrimary: true,
      refuse: (doc) =>
        doc.lines.items
          .filter((line) => !Big(line.quantity).gt(0))
          .map((line) => refusals.nothingOnLine({ line: line.lineNo }, { lines: 'items', line: line.lineNo, field: 'quantity' })),
    },
    cancel: { ...standardActions.cancel, from: ['draft'] },
  },
});
`;

const refusalFile = (d: NewDocument): string => `import { defineRefusal } from '#kernel/command/refusal.ts';
import { text } from '#kernel/i18n/text.ts';

export const ${camel(d.kind)}Refusals = {
  nothingOnLine: defineRefusal<{ line: number }>({
    code: ${quoted(`${d.module}/${d.kind}-line-has-no-quantity`)},
    text: text('第 {line} 行的数量为零', 'Line {line} has no quantity'),
    wayOut: text('填写数量，或删除该行。', 'Enter a quantity, or remove the line.'),
  }),
};
`;

const server = (d: NewDocument): string => `import { implementDefinition } from '#kernel/module.server.ts';
import { ${camel(d.kind)} } from './${d.kind}.ts';

export const ${camel(d.kind)}Server = implementDefinition(${camel(d.kind)});
`;

const scenario = (d: NewDocument, serverName: string): string => `import { beforeAll, expect, test } from 'vitest';
import { everythingWith, refusalCodes, stage, type Stage, type StagePerson } from '#kernel/test/stage.server.ts';
import { ${serverName} } from '../module.server.ts';
import { ${camel(d.kind)} } from './${d.kind}.ts';

let world: Stage;
let keeper: StagePerson;
beforeAll(async () => {
  world = await stage([${serverName}]);
  keeper = world.person(...everythingWith(${camel(d.kind)}));
});

const content = (quantity = '5') => ({ documentDate: '2026-03-02', lines: { items: [{ description: '心脏支架', quantity }] } });
const draft = async (quantity?: string) => (await keeper.create(${camel(d.kind)}, content(quantity))).document['id'];

test('a draft gets a number and is confirmed', async () => {
  const made = await keeper.create(${camel(d.kind)}, content());
  expect(made.document).toMatchObject({ state: 'draft', number: expect.stringMatching(/^${idPrefix(d.kind).toUpperCase()}-2026-\\d{5}$/) });
  const confirmed = await keeper.act(${camel(d.kind)}, made.document['id'], 'confirm');
  expect(confirmed.document).toMatchObject({ state: 'posted', version: 2 });
});

test('a line without quantity cannot be confirmed', async () => {
  const id = await draft('0');
  expect(await refusalCodes(keeper.act(${camel(d.kind)}, id, 'confirm'))).toEqual([${quoted(`${d.module}/${d.kind}-line-has-no-quantity`)}]);
});

test('what is confirmed cannot be confirmed, amended or cancelled again', async () => {
  const id = await draft();
  await keeper.act(${camel(d.kind)}, id, 'confirm');
  for (const action of ['confirm', 'amend', 'cancel']) {
    const command = action === 'amend' ? keeper.amend(${camel(d.kind)}, id, content()) : keeper.act(${camel(d.kind)}, id, action, { reason: '重复' });
    expect(await refusalCodes(command)).toEqual(['document/wrong-state']);
  }
});

test('a draft is cancelled with a reason, not without', async () => {
  const id = await draft();
  expect(await refusalCodes(keeper.act(${camel(d.kind)}, id, 'cancel'))).toEqual(['command/reason-required']);
  expect((await keeper.act(${camel(d.kind)}, id, 'cancel', { reason: '录错' })).document).toMatchObject({ state: 'cancelled' });
});

test('the same key answers the same and makes nothing twice', async () => {
  const once = await keeper.create(${camel(d.kind)}, content(), { idempotencyKey: 'one-intent' });
  const again = await keeper.create(${camel(d.kind)}, content(), { idempotencyKey: 'one-intent' });
  expect(again).toMatchObject({ isReplay: true, document: { id: once.document['id'] } });
});

test('nobody may create, amend, confirm or cancel without the permission', async () => {
  const reader = world.person(${quoted(`${d.module}.${d.kind}.view`)});
  const id = await draft();
  expect(await refusalCodes(reader.create(${camel(d.kind)}, content()))).toEqual(['access/not-permitted']);
  expect(await refusalCodes(reader.amend(${camel(d.kind)}, id, content()))).toEqual(['access/not-permitted']);
  for (const action of ['confirm', 'cancel']) {
    expect(await refusalCodes(reader.act(${camel(d.kind)}, id, action, { reason: '试试' }))).toEqual(['access/not-permitted']);
  }
});
`;

const migration = (d: NewDocument): string => {
  const [schema, table] = [snake(d.module), snake(d.kind)];
  return `-- ${d.en}: header and items.

create table ${schema}.${table} (
  id            text primary key,
  entity_id     text not null references organisation.legal_entity (id),
  number        text,
  state         text not null,
  version       integer not null,
  created_by    text not null,
  created_at    timestamptz not null default clock_timestamp(),
  updated_at    timestamptz not null default clock_timestamp(),
  document_date date not null,
  note          text,
  constraint ${table}_number_is_used_once unique (entity_id, number)
);
create index ${table}_created_at on ${schema}.${table} (created_at, id);
create index ${table}_number on ${schema}.${table} (number, id);
create index ${table}_date on ${schema}.${table} (document_date, id);
create index ${table}_state on ${schema}.${table} (state, created_at, id);
grant select, insert, update on ${schema}.${table} to medtrade_app;
call kernel.guard_rows('${schema}.${table}');

create table ${schema}.${table}_items (
  document_id text not null references ${schema}.${table} (id),
  line_no     integer not null,
  description text not null,
  quantity    numeric not null,
  primary key (document_id, line_no)
);
grant select, insert, update, delete on ${schema}.${table}_items to medtrade_app;
`;
};

/** The constant a module's server side is exported as. */
function exportedServer(source: string, module: string): string {
  const name = /export const (\w+) = implementModule\(/.exec(source)?.[1];
  if (name === undefined) throw new Error(`src/modules/${module}/module.server.ts exports no implementModule(…)`);
  return name;
}

/** Makes a document kind: definition, refusals, server side, scenario and migration, known to its module. */
export function newDocument(project: Project, d: NewDocument): void {
  if (!isKebab(d.kind)) throw new Error(`“${d.kind}” is not a kind: lower case, words joined by hyphens`);
  const module = `src/modules/${d.module}`;
  if (!project.has(`${module}/module.ts`)) throw new Error(`there is no module ${d.module}; make it with npm run new-module`);
  const serverName = exportedServer(project.read(`${module}/module.server.ts`), d.module);
  const folder = `${module}/${d.kind}`;
  project.make(`${folder}/${d.kind}.ts`, definition(d));
  project.make(`${folder}/${d.kind}-refusals.ts`, refusalFile(d));
  project.make(`${folder}/${d.kind}.server.ts`, server(d));
  project.make(`${folder}/${d.kind}.test.ts`, scenario(d, serverName));
  project.make(`${module}/db/${project.nextMigration()}-${d.kind}.sql`, migration(d));
  project.edit(`${module}/module.ts`, (source) => {
    const call = { callee: 'defineModule', argument: 0 };
    const listed = addToProperty(source, call, 'definitions', camel(d.kind));
    const refusing = addToProperty(listed, call, 'refusals', `...Object.values(${camel(d.kind)}Refusals)`);
    const shown = addToProperty(refusing, call, 'menu', `{ label: ${camel(d.kind)}.pluralLabel, kind: ${quoted(d.kind)} }`);
    const imported = addImport(shown, `import { ${camel(d.kind)} } from './${d.kind}/${d.kind}.ts';`);
    return addImport(imported, `import { ${camel(d.kind)}Refusals } from './${d.kind}/${d.kind}-refusals.ts';`);
  });
  project.edit(`${module}/module.server.ts`, (source) =>
    addImport(
      addToProperty(source, { callee: 'implementModule', argument: 1 }, 'definitions', `${camel(d.kind)}Server`),
      `import { ${camel(d.kind)}Server } from './${d.kind}/${d.kind}.server.ts';`,
    ),
  );
}
