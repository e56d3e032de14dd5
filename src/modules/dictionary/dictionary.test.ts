import { expect, test } from 'vitest';
import { openSpreadsheet } from '#kernel/http/spreadsheet.server.ts';
import { openApiFaults } from '#kernel/http/openapi-faults.ts';
import { defineRefusal } from '#kernel/command/refusal.ts';
import { defineDocument } from '#kernel/document/define-document.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';
import { implementModule, type ModuleServer } from '#kernel/module.server.ts';
import { dictionaryServer } from './module.server.ts';
import { dictionaryAnswer, type Dictionary } from './operations.ts';

const loan = defineDocument()({
  kind: 'loan-out',
  module: 'lending',
  plural: 'loans-out',
  idPrefix: 'lo',
  label: text('借出单', 'Loan'),
  pluralLabel: text('借出单', 'Loans'),
  table: 'lending.loan_out',
  occurredOnField: 'lentOn',
  header: {
    lentOn: field.date({ label: text('借出日期', 'Lent on'), help: text('实际借出的日子', 'The day it left') }),
    price: field.money({ label: text('押金', 'Deposit'), optional: true, sensitivity: 'deposit' }),
    way: field.choice({ road: text('公路', 'Road') }, { label: text('运输方式', 'Way') }),
  },
  states: { draft: { label: text('草稿', 'Draft'), tone: 'draft' }, lent: { label: text('已借出', 'Lent'), tone: 'good' } },
  actions: {
    lend: { label: text('借出', 'Lend'), from: ['draft'], to: 'lent', notBy: ['create'], signature: { meaning: text('同意', 'I agree') } },
  },
  numbering: { pattern: 'LO-{seq:4}', isGapless: true, restarts: 'year', takenBy: 'lend' },
  list: { columns: ['number'], search: ['number'], sort: { field: 'number', descending: true } },
  title: () => text('借出单', 'Loan'),
});
const lending = defineModule({
  name: 'lending',
  label: text('借出', 'Lending'),
  icon: 'swap',
  definitions: [loan],
  sensitivities: [{ name: 'deposit', label: text('押金', 'Deposit') }],
  refusals: [
    defineRefusal({ code: 'lending/nothing-left', rule: 'R-999', text: text('没有库存', 'Nothing left'), wayOut: text('补货', 'Restock') }),
  ],
});
const lendingServer = implementModule(lending, {
  jobs: [{ name: 'lending.remind', cron: '0 6 * * *', run: async () => undefined }],
  gates: [{ name: 'deposit-paid', on: 'loan-out.lend', order: 1, check: async () => ({ refusals: [], facts: null, ruleVersion: '1' }) }],
});
const servers: ModuleServer[] = [lendingServer];
const server = dictionaryServer(() => servers);
servers.push(server);

const ask = async (id: string, query: object = {}): Promise<unknown> => {
  const found = server.handlers.find((h) => h.operation.id === id);
  return found?.handle({} as never, { query }, {} as never);
};

test('the dictionary shows every kind with its fields, states, actions, permissions and gates', async () => {
  const read = dictionaryAnswer.parse(await ask('dictionaryRead')) as Dictionary;
  const kind = read.kinds[0];
  expect(kind?.fields.map((f) => [f.name, f.kind, f.isOptional, f.sensitivity])).toEqual([
    ['lentOn', 'date', false, null],
    ['price', 'money', true, 'deposit'],
    ['way', 'choice', false, null],
  ]);
  expect(kind?.actions.at(-1)).toMatchObject({
    name: 'lend',
    permission: 'lending.loan-out.lend',
    notBy: ['create'],
    gates: ['deposit-paid'],
  });
  expect(read.permissions.map((p) => p.name)).toEqual(expect.arrayContaining(['lending.loan-out.view', 'sensitive.deposit.masked']));
  expect(read.refusals.find((r) => r.code === 'lending/nothing-left')).toMatchObject({ rule: 'R-999', status: 422 });
  expect(read.refusals.find((r) => r.code === 'document/wrong-state')?.module).toBe('kernel');
  expect(read.jobs).toEqual([{ name: 'lending.remind', module: 'lending', cron: '0 6 * * *' }]);
  expect(read.operations.map((o) => o.id)).toEqual(expect.arrayContaining(['loanOutLend', 'dictionaryRead', 'search']));
});

test('the dictionary opens in a spreadsheet, with one row per thing', async () => {
  const answer = (await ask('dictionaryExport', { locale: 'en', format: 'xlsx' })) as Response;
  expect(answer.headers.get('content-disposition')).toContain('.xlsx');
  const sheet = await openSpreadsheet(new Uint8Array(await answer.arrayBuffer()));
  const rows: (readonly string[])[] = [];
  for await (const row of sheet.rows()) rows.push(row.cells);
  expect(rows[0]).toEqual(['Sort', 'Module', 'Belongs to', 'Name', 'Chinese', 'English', 'Type', 'Details']);
  expect(rows.find((cells) => cells[3] === 'lentOn')).toEqual([
    'Field',
    'lending',
    'loan-out',
    'lentOn',
    '借出日期',
    'Lent on',
    'date',
    'required; The day it left',
  ]);
});

test('the served description of the API is valid and knows the operations of the dictionary itself', async () => {
  const api = JSON.parse(JSON.stringify(await ask('openApi'))) as Record<string, any>;
  expect(openApiFaults(api)).toEqual([]);
  expect(Object.keys(api['paths'])).toEqual(expect.arrayContaining(['/dictionary', '/openapi.json', '/lending/loans-out/{id}/lend']));
});
