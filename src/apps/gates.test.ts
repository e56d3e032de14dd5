import { beforeAll, expect, test } from 'vitest';
import { defineRefusal } from '#kernel/command/refusal.ts';
import { text } from '#kernel/i18n/text.ts';
import { implementModule } from '#kernel/module.server.ts';
import { defineModule } from '#kernel/module.ts';
import { demoWorld, type DemoWorld } from './test/demo-world.server.ts';

const tooRound = defineRefusal<{ amount: string }>({
  code: 'trial/amount-too-round',
  rule: 'R-TRIAL',
  text: text('金额 {amount} 过于整齐', 'The amount {amount} is suspiciously round'),
  wayOut: text('附上说明。', 'Give an explanation.'),
});

const asked: string[] = [];
const gate = (name: string, order: number) => ({
  name,
  on: 'journal-voucher.post',
  order,
  check: async (_tx: unknown, doc: any) => {
    asked.push(name);
    const refusals = name === 'trial.round' && doc.totalDebit === '1000.00' ? [tooRound({ amount: doc.totalDebit })] : [];
    return { refusals, facts: { amount: doc.totalDebit }, ruleVersion: 'trial-1' };
  },
});

const trial = implementModule(
  defineModule({ name: 'trial', label: text('试用', 'Trial'), icon: 'safety', dependsOn: ['finance'], refusals: [tooRound] }),
  {
    gates: [gate('trial.second', 20), gate('trial.round', 10)],
    contributions: [
      {
        name: 'trial.freight',
        order: 200,
        // A higher module adds its own balanced lines to what goods movements post: here a freight accrual per posting.
        journalOfMoves: async (_tx, { moves, currency }) => {
          if (moves.length === 0) return [];
          const line = (accountId: string, minor: bigint) => ({
            accountId,
            counterpartyId: null,
            currency,
            amountMinor: minor,
            functionalMinor: minor,
            summary: '运费预提',
            dimensions: {},
          });
          return [line(accounts['6601']!, 500n), line(accounts['1002']!, -500n)];
        },
      },
    ],
  },
);

let world: DemoWorld;
const accounts: Record<string, string> = {};

beforeAll(async () => {
  world = await demoWorld([trial]);
  for (const code of ['1002', '6601', '6603']) accounts[code] = await world.id('account', code);
});

async function approved(amount: string): Promise<string> {
  const clerk = await world.as('clerk');
  const lines = {
    entries: [
      { accountId: accounts['6603'], debit: amount },
      { accountId: accounts['1002'], credit: amount },
    ],
  };
  const content = { voucherDate: '2026-11-19', voucherType: 'payment', summary: '闸口', attachmentCount: 0, lines };
  const made = await clerk.command('/finance/journal-vouchers', { entityId: await world.id('legal-entity', 'HH'), content });
  const { id } = made.body.document;
  const { approvalId } = (await clerk.command(`/finance/journal-vouchers/${id}/submit`)).body;
  await (await world.as('controller')).send('POST', `/approval/requests/${approvalId}/approve`, {});
  return id;
}

const verdicts = async (id: string) =>
  (
    await world.system.database.owner.query(
      'select gate, is_passed, rule_version, facts from kernel.gate_verdict where document_id = $1 order by verdict_id',
      [id],
    )
  ).rows;

test('gates of a higher module stand before the action in their order; passed verdicts are kept with facts and rule version', async () => {
  const id = await approved('999.50');
  asked.length = 0;
  const posted = await (await world.as('controller')).command(`/finance/journal-vouchers/${id}/post`);
  expect(posted.status).toBe(200);
  expect(asked).toEqual(['trial.round', 'trial.second']);
  expect(posted.body.effects.gates.map((g: any) => [g.gate, g.isPassed])).toEqual([
    ['trial.round', true],
    ['trial.second', true],
  ]);
  expect(await verdicts(id)).toEqual([
    { gate: 'trial.round', is_passed: true, rule_version: 'trial-1', facts: { amount: '999.50' } },
    { gate: 'trial.second', is_passed: true, rule_version: 'trial-1', facts: { amount: '999.50' } },
  ]);
});

test('a gate that refuses stops the action with its rule, and its verdict is kept although nothing was posted', async () => {
  const id = await approved('1000.00');
  const refused = await (await world.as('controller')).command(`/finance/journal-vouchers/${id}/post`);
  expect(refused).toMatchObject({ status: 422, body: { code: 'trial/amount-too-round', refusals: [{ rule: 'R-TRIAL' }] } });
  expect((await verdicts(id)).map((v) => [v.gate, v.is_passed])).toEqual([
    ['trial.round', false],
    ['trial.second', true],
  ]);
  const { rows } = await world.system.database.owner.query('select 1 from ledger.journal_entry where document_id = $1', [id]);
  expect(rows).toEqual([]);
});

test('journal lines that modules contribute to goods movements are in the same posting, in order, and balance', async () => {
  const clerk = await world.as('clerk');
  const item = {
    productId: await world.id('product', 'CL1-TRY-05'),
    placeId: await world.id('storage-place', 'WH1-B02'),
    quantity: '2',
    unitCost: '46',
    qualityState: 'acceptable',
  };
  const content = { stockDate: '2026-11-01', warehouseId: await world.id('warehouse', 'WH1'), lines: { items: [item] } };
  const { id } = (await clerk.command('/warehouse/opening-stocks', { entityId: await world.id('legal-entity', 'HH'), content })).body
    .document;
  const { approvalId } = (await clerk.command(`/warehouse/opening-stocks/${id}/submit`)).body;
  await (await world.as('controller')).send('POST', `/approval/requests/${approvalId}/approve`, {});
  expect((await (await world.as('keeper2')).command(`/warehouse/opening-stocks/${id}/post`)).status).toBe(200);
  const { rows } = await world.system.database.owner.query(
    'select count(distinct posting_id)::int postings, array_agg(amount_minor::text order by line_no) amounts from ledger.journal_line join ledger.journal_entry using (entry_id) where document_id = $1',
    [id],
  );
  expect(rows).toEqual([{ postings: 1, amounts: ['9200', '-9200', '500', '-500'] }]);
});
