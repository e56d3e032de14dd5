import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/access/actor.ts';
import { appendAudit } from '#kernel/audit/append.server.ts';
import { diffContent } from '#kernel/audit/diff.ts';
import type { AuditEvent } from '#kernel/audit/event.ts';
import { sealAudit } from '#kernel/audit/seal.server.ts';
import { RefusedError } from '#kernel/command/refusal.ts';
import { sql, systemScope, type Tx } from '#kernel/db/database.server.ts';
import { lineSet } from '#kernel/document/definition.ts';
import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import type { Context } from '#kernel/http/context.server.ts';
import type { Operation, OperationInput, OperationOutput } from '#kernel/http/operation.ts';
import { text } from '#kernel/i18n/text.ts';
import { startJob } from '#kernel/jobs/enqueue.server.ts';
import { installJobQueue } from '#kernel/jobs/install.server.ts';
import { startWorker } from '#kernel/jobs/worker.server.ts';
import { queueMail } from '#kernel/outbox/mail.server.ts';
import { testSystem, type TestSystem } from '#kernel/test/world.server.ts';
import { createAuditModule } from './module.server.ts';
import {
  cancelJobRun,
  exportAuditLedger,
  listAuditBlocks,
  listAuditEvents,
  listJobs,
  listMail,
  listVerifications,
  readAuditHead,
  readJob,
  readMail,
  readVerifier,
  resendMail,
  verifyAuditNow,
} from './operations.ts';
import { auditJobs } from './scheduled.server.ts';

const label = (en: string) => text('测试', en);
const priceList = defineRecord()({
  kind: 'price-list',
  module: 'pricing',
  plural: 'price-lists',
  idPrefix: 'prl',
  label: label('Price list'),
  pluralLabel: label('Price lists'),
  table: 'pricing.price_list',
  isEntityScoped: true,
  codeField: 'code',
  title: (d) => label(String(d.code)),
  header: {
    code: field.code({ label: label('Code') }),
    account: field.text({ label: label('Account'), sensitivity: 'bank', optional: true }),
  },
  lines: {
    lines: lineSet(label('Lines'), {
      product: field.text({ label: label('Product') }),
      cost: field.money({ label: label('Cost'), sensitivity: 'cost' }),
    }),
  },
  list: { columns: ['code'], search: ['code'], sort: { field: 'code', descending: false } },
});
const module = createAuditModule({
  product: () => ({ definitions: [priceList], definition: (kind) => (kind === 'price-list' ? priceList : undefined) }),
});

let system: TestSystem;
const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => system.db.write(systemScope, work);
const person = (grants: string[], entityIds: '*' | string[] = '*', id = 'usr_auditor'): Actor => ({
  kind: 'user',
  id,
  name: id,
  sessionId: 'ses_1',
  grants: grants.map((permission) => ({ permission, entityIds, warehouseIds: '*', regions: '*', isOwnOnly: false })),
});
const auditor = person(['audit.event.view', 'sensitive.bank.masked']);

async function ask<Op extends Operation>(op: Op, actor: Actor, input: Partial<OperationInput<Op>> = {}): Promise<OperationOutput<Op>> {
  const handler = module.handlers.find((h) => h.operation === op)!;
  const parsed = {
    params: input.params,
    body: input.body,
    query: op.query?.parse(input.query ?? {}),
  };
  const context: Context = { system, actor, requestId: 'req_1', ip: '10.0.0.1', userAgent: null };
  return (await handler.handle(context, parsed, { request: new Request('http://x/'), headers: new Headers() })) as OperationOutput<Op>;
}
const refusedWith = async (work: Promise<unknown>): Promise<string[]> => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  return error instanceof RefusedError ? error.refusals.map((r) => r.code) : [String(error)];
};
const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  entityId: 'ent_a',
  actorId: 'usr_1',
  actorName: '王敏',
  kind: 'price-list',
  recordId: 'prl_1',
  action: 'change',
  ...more,
});
const before = { code: 'A', account: '6222020200112233', lines: { lines: [{ lineNo: 1, product: 'x', cost: '5.00' }] } };
const after = {
  code: 'B',
  account: null,
  lines: {
    lines: [
      { lineNo: 1, product: 'x', cost: '6.00' },
      { lineNo: 2, product: 'y', cost: '7.00' },
    ],
  },
};

beforeAll(async () => {
  system = await testSystem();
  await installJobQueue(system.database.connection);
  await write((tx) =>
    appendAudit(tx, [
      event({ changes: diffContent(before, after, priceList), reason: '年度调价' }),
      event({ entityId: 'ent_b', recordId: 'prl_2', actorId: 'usr_2', actorName: 'Ana' }),
      event({ entityId: null, kind: 'session', recordId: 'ses_9', action: 'sign-in' }),
      ...Array.from({ length: 7 }, (_, i) => event({ recordId: 'prl_many', version: i })),
    ]),
  );
  await write((tx) =>
    tx.query(sql`
    insert into kernel.directory (id, kind, number, title_zh, title_en, state, search_text, created_by)
    values ('usr_2', 'user', 'ana', '安娜', 'Ana', 'active', 'ana', 'usr_1')`),
  );
  await sealAudit(system.db);
});

describe('the audit page', () => {
  test('shows who changed what from which value to which, with reason, session and block', async () => {
    const { rows } = await ask(listAuditEvents, person(['*']), { query: { recordId: 'prl_1' } as never });
    expect(rows).toMatchObject([
      {
        actorName: '王敏',
        action: 'change',
        reason: '年度调价',
        blockNo: '1',
        changes: [
          { field: 'code', old: 'A', new: 'B' },
          { field: 'account', old: '6222020200112233', new: null },
          { field: 'cost', lines: 'lines', line: 1, old: '5.00', new: '6.00' },
          { field: '*', lines: 'lines', line: 2, old: null, new: { product: 'y', cost: '7.00' } },
        ],
      },
    ]);
  });

  test('hides sensitive values from those who may not see them on the record itself', async () => {
    const { rows } = await ask(listAuditEvents, auditor, { query: { recordId: 'prl_1' } as never });
    expect(rows[0]!.changes).toEqual([
      { field: 'code', old: 'A', new: 'B' },
      { field: 'account', old: '••••2233', new: null, isMasked: true },
      { field: 'cost', lines: 'lines', line: 1, old: null, new: null, isMasked: true },
      { field: '*', lines: 'lines', line: 2, old: null, new: { product: 'y', cost: null }, isMasked: true },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/6\.00|7\.00|62220202/);
  });

  test.each([
    [{ actor: 'usr_2' }, ['prl_2']],
    [{ actor: '安娜' }, ['prl_2']],
    [{ field: 'cost' }, ['prl_1']],
    [{ field: 'nothing' }, []],
    [{ kind: 'session' }, ['ses_9']],
    [{ action: 'sign-in' }, ['ses_9']],
    [{ to: '2020-01-01T00:00:00Z' }, []],
    [{ from: '2999-01-01T00:00:00Z' }, []],
    [{ entityId: 'ent_b' }, ['prl_2']],
  ])('finds by %j', async (query, records) => {
    const { rows } = await ask(listAuditEvents, person(['*']), { query: query as never });
    expect(rows.map((r) => r.recordId)).toEqual(records);
  });

  test('goes through all rows page by page, none twice and none left out', async () => {
    const versions: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: OperationOutput<typeof listAuditEvents> = await ask(listAuditEvents, auditor, {
        query: { recordId: 'prl_many', limit: '3', ...(cursor ? { cursor } : {}) } as never,
      });
      versions.push(...page.rows.map((r) => r.version));
      cursor = page.nextCursor;
    } while (cursor);
    expect(versions).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(await refusedWith(ask(listAuditEvents, auditor, { query: { cursor: "x' or 1=1" } as never }))).toEqual(['audit/cursor-invalid']);
  });

  test('shows only rows of the companies in reach, and administration of the group only to the group', async () => {
    const { rows } = await ask(listAuditEvents, person(['audit.event.view'], ['ent_b']));
    expect(rows.map((r) => r.recordId)).toEqual(['prl_2']);
  });

  test('shows the blocks and the head of the chain', async () => {
    const { rows } = await ask(listAuditBlocks, auditor);
    const { head, isHealthy } = await ask(readAuditHead, auditor);
    expect(isHealthy).toBe(true);
    expect(rows[0]).toMatchObject({ blockNo: head!.blockNo, blockHash: head!.blockHash });
  });
});

describe('the export of the ledger', () => {
  test('needs the whole group and is written into the ledger itself', async () => {
    expect(await refusedWith(ask(exportAuditLedger, person(['*'], ['ent_a'])))).toEqual(['audit/export-needs-whole-group']);
    const answer = (await ask(exportAuditLedger, person(['*'], '*', 'usr_inspector'))) as unknown as Response;
    const lines = (await answer.text())
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l) as { type: string });
    expect(lines.at(0)).toMatchObject({ type: 'header', format: 'medtrade-audit/1' });
    expect(lines.at(-1)).toMatchObject({ type: 'end', blocks: expect.any(Number) as number });
    const { rows } = await ask(listAuditEvents, auditor, { query: { kind: 'audit' } as never });
    expect(rows).toMatchObject([{ action: 'export', actorId: 'usr_inspector', ip: '10.0.0.1', requestId: 'req_1' }]);
  });

  test('comes with the program that verifies it', async () => {
    expect(await ((await ask(readVerifier, person(['*']))) as unknown as Response).text()).toContain('verify-audit.mjs');
  });
});

describe('verify now', () => {
  test('runs as a job, once at a time, and keeps its result', async () => {
    const first = await ask(verifyAuditNow, person(['*']), { body: {} as never });
    const second = await ask(verifyAuditNow, person(['*'], '*', 'usr_2'), { body: {} as never });
    expect(second).toEqual(first);
    expect((await ask(listVerifications, auditor)).running).toMatchObject({ id: first.jobId });
    const worker = await startWorker(auditJobs, system);
    await expect
      .poll(async () => (await ask(readJob, person(['*']), { params: first as never })).state, { timeout: 8000 })
      .toBe('done')
      .finally(() => worker.stop());
    const { rows, running } = await ask(listVerifications, auditor);
    expect(running).toBeNull();
    expect(rows).toMatchObject([{ problemCount: 0, startedBy: 'usr_auditor', fromBlock: '1' }]);
  });
});

describe('my jobs', () => {
  test('are mine to see and cancel, other people’s need the permission', async () => {
    const id = await write((tx) => startJob(tx, { name: 'import', payload: {}, startedBy: 'usr_1' }));
    const [owner, other] = [person([], '*', 'usr_1'), person([], '*', 'usr_2')];
    expect((await ask(listJobs, owner)).rows.map((r) => r.id)).toEqual([id]);
    expect((await ask(listJobs, other)).rows).toEqual([]);
    expect(await refusedWith(ask(listJobs, other, { query: { of: 'all' } as never }))).toEqual(['access/not-permitted']);
    expect(await refusedWith(ask(readJob, other, { params: { jobId: id } as never }))).toEqual(['audit/no-such-job']);
    expect(await refusedWith(ask(cancelJobRun, other, { params: { jobId: id } as never }))).toEqual(['audit/no-such-job']);
    expect(await ask(cancelJobRun, owner, { params: { jobId: id } as never })).toMatchObject({ state: 'cancelled' });
    expect(await refusedWith(ask(cancelJobRun, owner, { params: { jobId: id } as never }))).toEqual(['audit/job-has-ended']);
    const noted = await ask(listAuditEvents, auditor, { query: { kind: 'job', recordId: id } as never });
    expect(noted.rows).toMatchObject([{ action: 'cancel', actorId: 'usr_1', toState: 'cancelled' }]);
  });
});

describe('the mail outbox', () => {
  test('shows mail of the companies in reach; reading one is written down, a sent one is not sent again', async () => {
    const mail = { to: 'a@example.com', subject: 's', text: 'secret link', createdBy: 'system' };
    const [mine, group] = [
      await write((tx) => queueMail(tx, { ...mail, entityId: 'ent_a' })),
      await write((tx) => queueMail(tx, { ...mail, entityId: 'ent_b' })),
    ];
    const keeper = person(['audit.mail.*'], ['ent_a']);
    expect((await ask(listMail, keeper)).rows.map((r) => r.messageId)).toEqual([mine]);
    expect(await refusedWith(ask(readMail, keeper, { params: { messageId: group } as never }))).toEqual(['audit/no-such-mail']);
    expect(await ask(readMail, keeper, { params: { messageId: mine } as never })).toMatchObject({ text: 'secret link' });
    await write((tx) => tx.query(sql`update mail.message set state = 'failed' where message_id = ${mine}`));
    expect(await ask(resendMail, keeper, { params: { messageId: mine } as never })).toMatchObject({ state: 'queued' });
    await write((tx) => tx.query(sql`update mail.message set state = 'sent' where message_id = ${mine}`));
    expect(await refusedWith(ask(resendMail, keeper, { params: { messageId: mine } as never }))).toEqual(['audit/mail-was-sent']);
    const { rows } = await ask(listAuditEvents, auditor, { query: { kind: 'mail' } as never });
    expect(rows.map((r) => r.action)).toEqual(['resend', 'read']);
  });
});
