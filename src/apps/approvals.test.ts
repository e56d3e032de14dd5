import { beforeEach, expect, test } from 'vitest';
import { type Caller, demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;
let entityId: string;

beforeEach(async () => {
  world = await demoWorld();
  entityId = await world.id('legal-entity', 'HH');
});

const sql = (text: string, values: unknown[] = []) => world.system.database.owner.query(text, values);

async function policy(code: string, steps: object[], more: object = {}): Promise<void> {
  const admin = await world.as('admin');
  const content = {
    code,
    nameZh: code,
    nameEn: code,
    documentKind: 'journal-voucher',
    documentAction: 'submit',
    ...more,
    lines: { steps },
  };
  const made = await admin.command('/approval/approval-policies', { content });
  expect(made.status).toBe(200);
}

async function ask(amount: string): Promise<{ id: string; approvalId: string | null }> {
  const clerk = await world.as('clerk');
  const [fees, bank] = [await world.id('account', '6603'), await world.id('account', '1002')];
  const lines = {
    entries: [
      { accountId: fees, debit: amount },
      { accountId: bank, credit: amount },
    ],
  };
  const content = { voucherDate: '2026-11-19', voucherType: 'payment', summary: '审批', attachmentCount: 0, lines };
  const { id } = (await clerk.command('/finance/journal-vouchers', { entityId, content })).body.document;
  return { id, approvalId: (await clerk.command(`/finance/journal-vouchers/${id}/submit`)).body.approvalId };
}

const approve = (caller: Caller, approvalId: string | null) => caller.send('POST', `/approval/requests/${approvalId}/approve`, {});
const stateOf = async (id: string) => (await (await world.as('clerk')).get(`/finance/journal-vouchers/${id}`)).body.document.state;
const role = (code: string) => world.id('role', code);

test('from an amount on, a second step follows the first; below it one step is enough', async () => {
  const [controller, quality] = [await role('controller'), await role('quality-head')];
  await policy(
    'JV-BIG',
    [
      { nameZh: '财务主管', nameEn: 'Controller', roleId: controller, mode: 'any' },
      { nameZh: '负责人', nameEn: 'Head', roleId: quality, mode: 'any' },
    ],
    { amountFrom: '10000' },
  );
  const small = await ask('9999.99');
  expect((await approve(await world.as('controller'), small.approvalId)).body).toEqual({ state: 'carried_out' });
  const big = await ask('10000');
  expect(await approve(await world.as('quality'), big.approvalId)).toMatchObject({ status: 403, body: { code: 'approval/not-yours' } });
  expect((await approve(await world.as('controller'), big.approvalId)).body).toEqual({ state: 'open' });
  expect(await stateOf(big.id)).toBe('submitted');
  expect((await approve(await world.as('quality'), big.approvalId)).body).toEqual({ state: 'carried_out' });
  expect(await stateOf(big.id)).toBe('approved');
});

test('all of a step have to agree, side by side; nobody counts twice', async () => {
  await policy('JV-ALL2', [{ nameZh: '会签', nameEn: 'Jointly', roleId: await role('warehouse-keeper'), mode: 'all' }], {
    amountFrom: '1',
  });
  const { id, approvalId } = await ask('50');
  expect((await approve(await world.as('keeper'), approvalId)).body).toEqual({ state: 'open' });
  expect(await approve(await world.as('keeper'), approvalId)).toMatchObject({ status: 409, body: { code: 'approval/already-decided' } });
  expect((await approve(await world.as('keeper2'), approvalId)).body).toEqual({ state: 'carried_out' });
  expect(await stateOf(id)).toBe('approved');
});

test('a quorum is enough, and one refusal gives the draft back', async () => {
  await policy('JV-QUO', [{ nameZh: '二选一', nameEn: 'One of two', roleId: await role('warehouse-keeper'), mode: 'quorum', quorum: 1 }], {
    amountFrom: '1',
  });
  const first = await ask('60');
  expect((await approve(await world.as('keeper2'), first.approvalId)).body).toEqual({ state: 'carried_out' });
  const second = await ask('61');
  await (await world.as('keeper')).send('POST', `/approval/requests/${second.approvalId}/reject`, { comment: '用途不明' });
  expect(await stateOf(second.id)).toBe('draft');
});

test('a substitute decides while the substitution lasts, and it is written down for whom', async () => {
  const { approvalId } = await ask('70');
  const buyer = await world.as('buyer');
  expect((await approve(buyer, approvalId)).status).toBe(403);
  const named = await (
    await world.as('controller')
  ).send('POST', '/account/substitutions', {
    substituteLogin: 'buyer',
    from: '2026-11-20',
    until: '2026-11-21',
    reason: '出差',
  });
  expect(named.status).toBe(200);
  expect((await approve(buyer, approvalId)).body).toEqual({ state: 'carried_out' });
  const { rows } = await sql('select decided_name, on_behalf_of from approval.decision where request_id = $1', [approvalId]);
  expect(rows).toEqual([{ decided_name: '陈立', on_behalf_of: await world.id('user', 'controller') }]);
});

const waiting = async (caller: Caller): Promise<string[]> =>
  (await caller.get('/approval/requests?box=waiting')).body.items.map((item: { id: string }) => item.id);

/** Gives somebody the clerk's role besides their own, so that one may ask for what another made. */
async function secondClerk(login: string): Promise<void> {
  await sql(
    `insert into access.user_account_grants select (jsonb_populate_record(g, jsonb_build_object('document_id', u.id, 'line_no', 99))).*
     from access.user_account_grants g join access.user_account c on c.id = g.document_id and c.login = 'clerk', access.user_account u
     where u.login = $1`,
    [login],
  );
}

test('a substitute who made or amended the document may not decide on it, though another person asked', async () => {
  await secondClerk('buyer');
  await secondClerk('sales');
  const [clerk, buyer, sales] = [await world.as('clerk'), await world.as('buyer'), await world.as('sales')];
  const [fees, bank] = [await world.id('account', '6603'), await world.id('account', '1002')];
  const entries = [
    { accountId: fees, debit: '75' },
    { accountId: bank, credit: '75' },
  ];
  const content = { voucherDate: '2026-11-19', voucherType: 'payment', summary: '代理', attachmentCount: 0, lines: { entries } };
  const path = '/finance/journal-vouchers';
  const { id } = (await buyer.command(path, { entityId, content })).body.document;
  expect((await sales.command(`${path}/${id}/amend`, { content: { ...content, summary: '修改' } })).status).toBe(200);
  const { approvalId } = (await clerk.command(`${path}/${id}/submit`)).body;
  const controller = await world.as('controller');
  for (const substituteLogin of ['buyer', 'sales', 'keeper']) {
    const named = { substituteLogin, from: '2026-11-20', until: '2026-11-21', reason: '出差' };
    expect((await controller.send('POST', '/account/substitutions', named)).status).toBe(200);
  }
  for (const maker of [buyer, sales]) {
    expect(await approve(maker, approvalId)).toMatchObject({ status: 403, body: { code: 'approval/maker-may-not-decide' } });
    expect(await waiting(maker)).not.toContain(approvalId);
  }
  expect(await stateOf(id)).toBe('submitted');
  const keeper = await world.as('keeper');
  expect(await waiting(keeper)).toContain(approvalId);
  expect((await approve(keeper, approvalId)).body).toEqual({ state: 'carried_out' });
});

test('an approver who amended the draft is not among those asked', async () => {
  await policy('JV-AMENDED', [{ nameZh: '仓库', nameEn: 'Warehouse', roleId: await role('warehouse-keeper'), mode: 'all' }], {
    amountFrom: '1',
  });
  await secondClerk('keeper');
  const [clerk, keeper] = [await world.as('clerk'), await world.as('keeper')];
  const [fees, bank] = [await world.id('account', '6603'), await world.id('account', '1002')];
  const entries = [
    { accountId: fees, debit: '76' },
    { accountId: bank, credit: '76' },
  ];
  const content = { voucherDate: '2026-11-19', voucherType: 'payment', summary: '制单', attachmentCount: 0, lines: { entries } };
  const { id } = (await clerk.command('/finance/journal-vouchers', { entityId, content })).body.document;
  await keeper.command(`/finance/journal-vouchers/${id}/amend`, { content: { ...content, summary: '仓库修改' } });
  const { approvalId } = (await clerk.command(`/finance/journal-vouchers/${id}/submit`)).body;
  expect((await approve(keeper, approvalId)).status).toBe(403);
  expect((await approve(await world.as('keeper2'), approvalId)).body).toEqual({ state: 'carried_out' });
});

test('who may no longer do it does not get it done by an old request', async () => {
  const { id, approvalId } = await ask('80');
  await sql(
    `update access.role set permissions = array_remove(permissions, 'finance.journal-voucher.submit') where code = 'finance-clerk'`,
  );
  const refused = await approve(await world.as('controller'), approvalId);
  expect(refused).toMatchObject({ status: 409, body: { code: 'approval/requester-lost-right' } });
  expect(await stateOf(id)).toBe('submitted');
});

test('gates and refusals are asked again when the last approver agrees', async () => {
  const { id, approvalId } = await ask('90');
  const controller = await world.as('controller');
  const period = await world.id('accounting-period', '2026-11');
  await controller.command(`/finance/accounting-periods/${period}/lock`);
  const refused = await approve(controller, approvalId);
  expect(refused).toMatchObject({ status: 422, body: { code: 'finance/period-not-open' } });
  await controller.command(`/finance/accounting-periods/${period}/unlock`, { reason: '补录' });
  expect((await approve(controller, approvalId)).body).toEqual({ state: 'carried_out' });
  expect(await stateOf(id)).toBe('approved');
});

test('a step nobody could decide is refused when it is asked, not found out later', async () => {
  await policy('JV-NOBODY', [{ nameZh: '空岗', nameEn: 'Vacant', roleId: await role('integrator'), mode: 'any' }], { amountFrom: '1' });
  const clerk = await world.as('clerk');
  const [fees, bank] = [await world.id('account', '6603'), await world.id('account', '1002')];
  const lines = {
    entries: [
      { accountId: fees, debit: '5' },
      { accountId: bank, credit: '5' },
    ],
  };
  const content = { voucherDate: '2026-11-19', voucherType: 'payment', summary: '空岗', attachmentCount: 0, lines };
  const { id } = (await clerk.command('/finance/journal-vouchers', { entityId, content })).body.document;
  expect(await clerk.command(`/finance/journal-vouchers/${id}/submit`)).toMatchObject({
    status: 422,
    body: { code: 'approval/no-approver' },
  });
});
