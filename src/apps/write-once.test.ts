import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { Database } from '#kernel/db/database.server.ts';
import { createApp } from '#kernel/http/app.server.ts';
import { demoPassword } from '#modules/access/index.server.ts';
import { createProduct } from './product.server.ts';
import { type Answer, type Caller, demoWorld, type DemoWorld } from './test/demo-world.server.ts';

let world: DemoWorld;
let clerk: Caller;
let controller: Caller;
let entityId: string;
beforeAll(async () => {
  world = await demoWorld();
  [clerk, controller] = [await world.as('clerk'), await world.as('controller')];
  entityId = await world.id('legal-entity', 'HH');
});

const count = async (what: string, values: unknown[] = []): Promise<number> =>
  Number((await world.system.database.owner.query(`select count(*) as n from ${what}`, values)).rows[0].n);

async function voucher(): Promise<string> {
  const [fees, bank] = [await world.id('account', '6603'), await world.id('account', '1002')];
  const entries = [
    { accountId: fees, debit: '30' },
    { accountId: bank, credit: '30' },
  ];
  const content = { voucherDate: '2026-11-19', voucherType: 'payment', summary: '一次', attachmentCount: 0, lines: { entries } };
  return (await clerk.command('/finance/journal-vouchers', { entityId, content })).body.document.id;
}

const keyed = (caller: Caller, key: string, path: string, body: unknown, more: Record<string, string> = {}): Promise<Answer> =>
  caller.send('POST', path, body, { 'idempotency-key': key, ...more });

describe('a comment', () => {
  const comments = (id: string) => count('documents.comment where record_id = $1', [id]);
  let id: string;
  beforeAll(async () => {
    id = await voucher();
  });
  const say = (key: string, body: string, caller = clerk) =>
    keyed(caller, key, `/documents/records/${id}/comments`, { body, mentions: [] });

  test('sent twice with one key is one comment with one answer', async () => {
    const key = randomUUID();
    const [first, second] = [await say(key, '请核对'), await say(key, '请核对')];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect(await comments(id)).toBe(1);
  });

  test('sent eight times at once is one comment', async () => {
    const [key, before] = [randomUUID(), await comments(id)];
    const answers = await Promise.all(Array.from({ length: 8 }, () => say(key, '同时')));
    expect(answers.map((a) => a.status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(new Set(answers.map((a) => JSON.stringify(Object.entries(a.body).toSorted()))).size).toBe(1);
    expect(await comments(id)).toBe(before + 1);
  });

  test('sent at once to two processes is one comment', async () => {
    const { connection } = world.system.database;
    const system = { ...world.system, db: new Database({ connection, poolMax: 4 }) };
    const other = createApp(createProduct(system), system);
    const cookie = (
      await other.request('/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'clerk', password: demoPassword }),
      })
    ).headers.get('set-cookie');
    const [key, before] = [randomUUID(), await comments(id)];
    const there = () =>
      other.request(`/api/documents/records/${id}/comments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key, cookie: cookie?.split(';')[0] ?? '' },
        body: JSON.stringify({ body: '两台', mentions: [] }),
      });
    const answers = await Promise.all([say(key, '两台'), there(), say(key, '两台'), there()]);
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200]);
    expect(await comments(id)).toBe(before + 1);
    await system.db.close();
  });

  test('with a key used for other content is refused, whatever the other was; of another person it is another key', async () => {
    const [key, before] = [randomUUID(), await comments(id)];
    await say(key, '甲');
    const reused = { status: 409, body: { code: 'command/idempotency-key-reused' } };
    expect(await say(key, '乙')).toMatchObject(reused);
    expect(await keyed(clerk, key, `/finance/journal-vouchers/${id}/submit`, {})).toMatchObject(reused);
    expect((await say(key, '甲', controller)).status).toBe(200);
    expect(await comments(id)).toBe(before + 2);
  });

  test('that was refused may be sent again with its key', async () => {
    const key = randomUUID();
    expect(
      (await keyed(clerk, key, '/documents/records/jv_00000000000000000000000000/comments', { body: '无', mentions: [] })).status,
    ).toBe(404);
    expect((await say(key, '有')).status).toBe(200);
  });

  test('with a key too short to be one is refused', async () => {
    expect(await say('short', '短')).toMatchObject({ status: 428, body: { code: 'command/idempotency-key-required' } });
  });
});

test('an approval repeated with its key hears that it is done, not that it is too late', async () => {
  const { approvalId } = (await clerk.command(`/finance/journal-vouchers/${await voucher()}/submit`)).body;
  const key = randomUUID();
  const approve = () => keyed(controller, key, `/approval/requests/${approvalId}/approve`, {});
  const answers = [await approve(), ...(await Promise.all([approve(), approve()]))];
  expect(answers.map((a) => [a.status, a.body])).toEqual(Array.from({ length: 3 }, () => [200, { state: 'carried_out' }]));
  expect(await count('approval.decision where request_id = $1', [approvalId])).toBe(1);
});

test('an upload is taken once; other bytes with its key are refused', async () => {
  const quality = await world.as('quality');
  const key = randomUUID();
  const upload = (csv: string) =>
    keyed(quality, key, '/documents/import-upload/product?name=a.csv', csv, { 'content-type': 'application/octet-stream' });
  const answers = [await upload('编码,名称\nX,甲\n'), ...(await Promise.all([1, 2].map(() => upload('编码,名称\nX,甲\n'))))];
  expect(new Set(answers.map((a) => a.body.session.id)).size).toBe(1);
  expect(await upload('编码,名称\nY,乙\n')).toMatchObject({ status: 409, body: { code: 'command/idempotency-key-reused' } });
  expect(await count("kernel.import_session where file_name = 'a.csv'")).toBe(1);
});

test('a substitution is named once', async () => {
  const key = randomUUID();
  const named = { substituteLogin: 'buyer', from: '2026-11-20', until: '2026-11-21', reason: '出差' };
  const answers = await Promise.all([1, 2, 3].map(() => keyed(controller, key, '/account/substitutions', named)));
  expect(answers.map((a) => a.status)).toEqual([200, 200, 200]);
  expect(await count('access.substitution where user_id = $1', [await world.id('user', 'controller')])).toBe(1);
});

test('neither passwords nor tokens are kept for a repetition', async () => {
  const admin = await world.as('admin');
  const userId = await world.id('user', 'integrator');
  const key = randomUUID();
  const make = () => keyed(admin, key, '/access/api-keys', { userId, name: 'one', scopes: ['*'], days: 30 });
  const tokens = [(await make()).body.token, (await make()).body.token];
  expect(new Set(tokens).size).toBe(2);
  expect(await count('kernel.command where key = $1', [key])).toBe(0);
  const flagged = world.product.modules.flatMap((m) => m.handlers.map((h) => h.operation)).filter((o) => o.isSecret);
  expect(flagged.map((o) => o.id)).toEqual(expect.arrayContaining(['signIn', 'changePassword', 'createApiKey', 'issuePassword']));
});
