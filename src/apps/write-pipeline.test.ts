import { beforeAll, expect, test } from 'vitest';
import { type Caller, demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;
let clerk: Caller;
let controller: Caller;
let entityId: string;
let bank: string;
let fees: string;

beforeAll(async () => {
  world = await demoWorld();
  clerk = await world.as('clerk');
  controller = await world.as('controller');
  entityId = await world.id('legal-entity', 'HH');
  [bank, fees] = [await world.id('account', '1002'), await world.id('account', '6603')];
});

const voucher = (amount = '100', more: object = {}) => ({
  entityId,
  content: {
    voucherDate: '2026-11-19',
    voucherType: 'payment',
    summary: '银行手续费',
    attachmentCount: 1,
    lines: {
      entries: [
        { accountId: fees, debit: amount },
        { accountId: bank, credit: amount },
      ],
    },
    ...more,
  },
});

const path = '/finance/journal-vouchers';
const create = async (amount?: string): Promise<string> => (await clerk.command(path, voucher(amount))).body.document.id;
const audit = async (id: string) =>
  (await world.system.database.owner.query('select * from audit.event where record_id = $1 order by event_id', [id])).rows;

async function approved(amount?: string): Promise<string> {
  const id = await create(amount);
  const asked = await clerk.command(`${path}/${id}/submit`);
  expect(asked.body.status).toBe('awaiting-approval');
  const decided = await controller.send('POST', `/approval/requests/${asked.body.approvalId}/approve`, {});
  expect(decided.body).toEqual({ state: 'carried_out' });
  return id;
}

test('a voucher is written, reviewed and posted; its journal and its number exist once', async () => {
  const id = await approved('326.50');
  const posted = await controller.command(`${path}/${id}/post`);
  expect(posted.status).toBe(200);
  expect(posted.body.document).toMatchObject({ state: 'posted', number: expect.stringMatching(/^JV-202611-\d{4}$/) });
  expect(posted.body.effects.journal.map((l: any) => [l.debit, l.credit])).toEqual([
    ['326.50', ''],
    ['', '326.50'],
  ]);
  expect((await audit(id)).map((e) => e.action)).toEqual(['create', 'request-submit', 'approve-step', 'submit', 'post']);
});

test('without the permission an action is refused, names it, and is written down', async () => {
  const sales = await world.as('sales');
  const refused = await sales.command(path, voucher());
  expect(refused).toMatchObject({ status: 403, body: { code: 'access/not-permitted' } });
  expect(refused.body.refusals[0].text.zh).toContain('finance.journal-voucher.create');
  const { rows } = await world.system.database.owner.query(
    `select reason from audit.event where action = 'denied' and actor_name = '孙悦'`,
  );
  expect(rows.map((r) => r.reason)).toEqual([`access/not-permitted POST /api${path}`]);
});

test('in the wrong state an action is refused and says which state it needs', async () => {
  const id = await create();
  const refused = await controller.command(`${path}/${id}/post`);
  expect(refused).toMatchObject({ status: 409, body: { code: 'document/wrong-state' } });
  expect(refused.body.refusals[0].text.zh).toContain('已批准');
});

test('the same key gives the same answer and writes once', async () => {
  const headers = { 'idempotency-key': 'one-intent-0001' };
  const first = await clerk.send('POST', path, voucher('55'), headers);
  const again = await clerk.send('POST', path, voucher('55'), headers);
  expect(again.body).toEqual({ ...first.body, isReplay: true });
  expect(await audit(first.body.document.id)).toHaveLength(1);
});

test('the same key sent eight times at once writes once', async () => {
  const headers = { 'idempotency-key': 'one-intent-0002' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => clerk.send('POST', path, voucher('56'), headers)));
  expect(new Set(answers.map((a) => a.body.document.id)).size).toBe(1);
  expect(answers.filter((a) => !a.body.isReplay)).toHaveLength(1);
});

test('the same key with other content is refused and names the field that differs', async () => {
  const headers = { 'idempotency-key': 'one-intent-0003' };
  await clerk.send('POST', path, voucher('57'), headers);
  const refused = await clerk.send('POST', path, voucher('58'), headers);
  expect(refused).toMatchObject({ status: 409, body: { code: 'command/idempotency-key-reused' } });
  expect(refused.body.refusals[0].text.en).toContain('content.lines.entries.0.debit');
});

test('a write without a key is refused', async () => {
  expect(await clerk.send('POST', path, voucher())).toMatchObject({ status: 428, body: { code: 'command/idempotency-key-required' } });
});

test('a rehearsal shows the journal and keeps nothing', async () => {
  const id = await approved('77.70');
  const before = (await controller.get(`${path}/${id}`)).body;
  const rehearsed = await controller.send('POST', `${path}/${id}/post?dryRun=true`, {});
  expect(rehearsed.body).toMatchObject({ status: 'rehearsed', document: { state: 'posted' }, effects: { numbers: [expect.any(String)] } });
  expect(rehearsed.body.effects.journal).toHaveLength(2);
  expect((await controller.get(`${path}/${id}`)).body.document).toEqual(before.document);
});

test('whoever wrote a voucher does not post it', async () => {
  const id = await approved();
  await world.system.database.owner.query(
    `update access.role set permissions = permissions || '{finance.journal-voucher.post}' where code = 'finance-clerk'`,
  );
  const refused = await clerk.command(`${path}/${id}/post`);
  expect(refused).toMatchObject({ status: 403, body: { code: 'access/maker-is-checker' } });
  expect((await controller.command(`${path}/${id}/post`)).status).toBe(200);
});

test('a change made on an old version is refused and nothing is lost', async () => {
  const id = await create();
  await clerk.command(`${path}/${id}/amend`, { content: voucher('101').content, expectedVersion: 1 });
  const refused = await clerk.command(`${path}/${id}/amend`, { content: voucher('102').content, expectedVersion: 1 });
  expect(refused).toMatchObject({ status: 409, body: { code: 'document/changed-meanwhile' } });
  expect((await clerk.get(`${path}/${id}`)).body.document).toMatchObject({ version: 2, totalDebit: '101.00' });
});

test('who and when come from the session: a forged creator is refused, and the field says so', async () => {
  const refused = await clerk.command(path, { ...voucher(), content: { ...voucher().content, createdBy: 'usr_someone' } });
  expect(refused).toMatchObject({ status: 422, body: { code: 'command/unknown-field' } });
  const forged = await clerk.command(path, { ...voucher(), createdBy: 'usr_someone', recordedAt: '2001-01-01T00:00:00Z' });
  expect(forged.body.document.createdBy).not.toBe('usr_someone');
});

test('every problem of the content comes back at once, at its line and field', async () => {
  const content = {
    ...voucher().content,
    summary: '',
    lines: {
      entries: [
        { accountId: fees, debit: 'x' },
        { accountId: bank, credit: '1.234' },
      ],
    },
  };
  const refused = await clerk.command(path, { entityId, content });
  expect(refused.status).toBe(422);
  expect(refused.body.refusals.map((r: any) => [r.lines, r.line, r.field])).toEqual([
    [undefined, undefined, 'summary'],
    ['entries', 1, 'debit'],
    ['entries', 2, 'credit'],
  ]);
});

test('an unbalanced voucher may be kept as a draft but not submitted', async () => {
  const content = {
    ...voucher().content,
    lines: {
      entries: [
        { accountId: fees, debit: '10' },
        { accountId: bank, credit: '9' },
      ],
    },
  };
  const made = await clerk.command(path, { entityId, content });
  expect(made.status).toBe(200);
  const refused = await clerk.command(`${path}/${made.body.document.id}/submit`);
  expect(refused).toMatchObject({ status: 422, body: { code: 'finance/voucher-unbalanced' } });
  expect(refused.body.refusals[0]).toMatchObject({ rule: 'R-076', text: { zh: '借方合计 10.00 与贷方合计 9.00 相差 1.00' } });
});

test('a posted voucher is reversed once, as a mirror', async () => {
  const id = await approved('88');
  await controller.command(`${path}/${id}/post`);
  expect(await controller.command(`${path}/${id}/reverse`)).toMatchObject({ status: 422, body: { code: 'command/reason-required' } });
  const reversed = await controller.command(`${path}/${id}/reverse`, { reason: '金额有误' });
  expect(reversed.body.effects.journal.map((l: any) => [l.debit, l.credit])).toEqual([
    ['', '88.00'],
    ['88.00', ''],
  ]);
  expect(await controller.command(`${path}/${id}/reverse`, { reason: '再次' })).toMatchObject({
    status: 409,
    body: { code: 'document/wrong-state' },
  });
});

test('a voucher into a closed period is refused', async () => {
  const made = await clerk.command(path, voucher('5', { voucherDate: '2026-01-15' }));
  const refused = await clerk.command(`${path}/${made.body.document.id}/submit`);
  expect(refused).toMatchObject({ status: 422, body: { code: 'finance/period-not-open' } });
});

test('twenty vouchers posted at once get numbers without gaps', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 20; i += 1) ids.push(await approved(`${i + 1}`));
  const posted = await Promise.all(ids.map((id) => controller.command(`${path}/${id}/post`)));
  const numbers = posted.map((p) => Number(p.body.document.number.slice(-4))).toSorted((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
});

test('a rejected request gives the draft back with the reason; a withdrawn one too', async () => {
  const id = await create();
  const asked = await clerk.command(`${path}/${id}/submit`);
  expect((await clerk.get(`${path}/${id}`)).body.approval.summary.zh).toContain('吴建国');
  const noReason = await controller.send('POST', `/approval/requests/${asked.body.approvalId}/reject`, {});
  expect(noReason).toMatchObject({ status: 422, body: { code: 'approval/comment-required' } });
  await controller.send('POST', `/approval/requests/${asked.body.approvalId}/reject`, { comment: '缺少附件' });
  const back = (await clerk.get(`${path}/${id}`)).body;
  expect(back).toMatchObject({ document: { state: 'draft' }, approval: null });
  expect((await audit(id)).at(-1)).toMatchObject({ action: 'reject-approval', reason: '缺少附件', actor_name: '吴建国' });
  const again = await clerk.command(`${path}/${id}/submit`);
  await clerk.send('POST', `/approval/requests/${again.body.approvalId}/withdraw`, {});
  expect((await clerk.get(`${path}/${id}`)).body.document.state).toBe('draft');
});

test('nobody approves their own request, and a stranger to the step neither', async () => {
  const id = await create();
  const { approvalId } = (await clerk.command(`${path}/${id}/submit`)).body;
  expect(await clerk.send('POST', `/approval/requests/${approvalId}/approve`, {})).toMatchObject({
    status: 403,
    body: { code: 'approval/not-yours' },
  });
  const keeper = await world.as('keeper');
  expect(await keeper.send('POST', `/approval/requests/${approvalId}/approve`, {})).toMatchObject({ status: 403 });
});

test('two approvals at once: one decides, the other hears that it is decided (R-094)', async () => {
  const id = await create();
  const { approvalId } = (await clerk.command(`${path}/${id}/submit`)).body;
  const both = await Promise.all([1, 2].map(() => controller.send('POST', `/approval/requests/${approvalId}/approve`, {})));
  expect(both.map((b) => b.status).toSorted()).toEqual([200, 409]);
});

test('an invented currency and an amount beyond all books are refused when they are written, not at posting', async () => {
  const entries = (more: object) => ({
    ...voucher().content,
    lines: {
      entries: [
        { accountId: fees, debit: '9', ...more },
        { accountId: bank, credit: '9', ...more },
      ],
    },
  });
  expect(await clerk.command(path, { entityId, content: entries({ currency: 'ZZZ', exchangeRate: '1' }) })).toMatchObject({
    status: 422,
    body: { code: 'finance/currency-unknown' },
  });
  expect(
    await clerk.command(path, { entityId, content: entries({ debit: undefined, credit: undefined, currency: 'USD', exchangeRate: '1' }) }),
  ).toMatchObject({ status: 422 });
  const huge = {
    ...voucher().content,
    lines: {
      entries: [
        { accountId: fees, debit: '999999999999', currency: 'USD', exchangeRate: '99999999' },
        { accountId: bank, credit: '999999999999', currency: 'USD', exchangeRate: '99999999' },
      ],
    },
  };
  expect(await clerk.command(path, { entityId, content: huge })).toMatchObject({ status: 422, body: { code: 'command/amount-too-large' } });
});
