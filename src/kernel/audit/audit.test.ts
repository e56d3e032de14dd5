import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql, systemScope, type Tx } from '../db/database.server.ts';
import { projectRoot } from '../db/project-root.server.ts';
import { appendJournal } from '../ledger/general/append.server.ts';
import { postingDigest } from '../ledger/posting.server.ts';
import { appendMoves } from '../ledger/stock/append.server.ts';
import { testSystem, type TestSystem } from '../test/world.server.ts';
import { anchorAudit } from './anchor.server.ts';
import { appendAudit } from './append.server.ts';
import type { AuditEvent } from './event.ts';
import { exportAudit } from './export.server.ts';
import { auditHead, sealAudit, startSealer } from './seal.server.ts';
import { auditHealth, verifyAudit } from './verify.server.ts';

let system: TestSystem;
const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => system.db.write(systemScope, work);
const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  entityId: 'ent_a',
  actorId: 'usr_1',
  actorName: '王敏',
  kind: 'product',
  recordId: 'prd_1',
  action: 'change',
  ...more,
});

/** A posted document: two moves, one journal entry of two lines, its audit row with the digest. */
async function post(postingId: string): Promise<void> {
  await write(async (tx) => {
    const position = (placeId: string) => ({ placeId, ownerId: 'ent_a', qualityState: 'acceptable' as const });
    const move = (line: number) => ({
      line,
      lot: { productId: 'prd_1', lotNo: `L${line}`, serialNo: null, expiryDate: null, productionDate: null, registrationNo: null },
      from: position('plc_open'),
      to: position('plc_main'),
      quantity: '5',
      valueMinor: 100n,
    });
    const common = { postingId, documentId: `doc_${postingId}`, entityId: 'ent_a', occurredOn: '2026-03-02' };
    await appendMoves(tx, { ...common, moves: [move(1), move(2)] });
    const line = (no: number, amountMinor: bigint) => ({
      line: no,
      accountId: `acc_${no}`,
      counterpartyId: null,
      currency: 'CNY',
      amountMinor,
      functionalMinor: amountMinor,
      summary: null,
      dimensions: {},
    });
    await appendJournal(tx, {
      ...common,
      functionalCurrency: 'CNY',
      entries: [{ book: 'local', summary: '期初', lines: [line(1, 200n), line(2, -200n)] }],
    });
    await appendAudit(tx, [
      event({
        commandId: postingId,
        kind: 'opening-stock',
        recordId: common.documentId,
        number: 'OS-1',
        action: 'post',
        postingDigest: await postingDigest(tx, postingId),
      }),
    ]);
  });
}

beforeAll(async () => {
  system = await testSystem();
  await write(async (tx) => {
    await tx.query(sql`
      insert into ledger.place (place_id, entity_id, kind, name_zh, name_en, may_go_negative)
      values ('plc_open', 'ent_a', 'opening', '期初', 'Opening', true), ('plc_main', 'ent_a', 'storage', '主仓', 'Main', false)`);
    await tx.query(sql`select ledger.set_period_state('ent_a', 'local', '2026-03', 'open')`);
    await appendAudit(tx, [event(), event({ action: 'create', changes: [{ field: 'name', old: null, new: '导管' }] })]);
  });
  await sealAudit(system.db);
  await post('cmd_1');
  await post('cmd_2');
  await write((tx) => appendAudit(tx, [event({ reason: '更正' })]));
  await sealAudit(system.db);
});

/** What the database's own check and the stand-alone script on an export say. */
async function findings(): Promise<{ inside: string[]; outside: string; code: number }> {
  const found = await verifyAudit(system, { startedBy: 'usr_1' });
  const folder = await mkdtemp(join(tmpdir(), 'medtrade-files-'));
  const file = join(folder, 'export.jsonl');
  let text = '';
  for await (const line of exportAudit(system)) text += line;
  await writeFile(file, text);
  const { out, code } = await new Promise<{ out: string; code: number }>((resolve) =>
    execFile(process.execPath, [join(projectRoot, 'scripts/verify-audit.mjs'), file], (error, stdout, stderr) =>
      resolve({ out: stdout + stderr, code: error ? Number(error.code) : 0 }),
    ),
  );
  return { inside: [...new Set(found.problems.map((p) => p.problem))].toSorted(), outside: out, code };
}

/** As superuser: past grants and triggers, the way an intruder would. Undone afterwards. */
async function tampered<T>(statements: string, look: () => Promise<T>): Promise<T> {
  const tables = ['audit.event', 'audit.block', 'ledger.stock_move', 'ledger.journal_line', 'ledger.lot'];
  const owner = system.database.owner;
  const copies = tables.map((t) => `create table public.copy_${t.replace('.', '_')} as select * from ${t}`);
  await owner.query(`set session_replication_role = replica; ${copies.join(';')}; ${statements}; reset session_replication_role`);
  try {
    return await look();
  } finally {
    const back = tables.map((t) => {
      const copy = `public.copy_${t.replace('.', '_')}`;
      return `delete from ${t}; insert into ${t} ${t === 'audit.event' || t === 'ledger.stock_move' ? 'overriding system value' : ''} select * from ${copy}; drop table ${copy}`;
    });
    await owner.query(
      `set session_replication_role = replica; ${back.join(';')}; delete from audit.verification; reset session_replication_role`,
    );
  }
}

describe('the audit ledger', () => {
  test('refuses change, removal and forged times to the application', async () => {
    await expect(write((tx) => tx.query(sql`update audit.event set actor_name = 'x'`))).rejects.toThrow(/permission denied/);
    await expect(write((tx) => tx.query(sql`delete from audit.event`))).rejects.toThrow(/permission denied/);
    await expect(
      write((tx) =>
        tx.query(sql`
      insert into audit.event (actor_id, actor_name, kind, action, recorded_at) values ('u', 'u', 'k', 'a', now() - interval '1 day')`),
      ),
    ).rejects.toThrow(/permission denied/);
    await expect(write((tx) => tx.query(sql`insert into audit.block select * from audit.block`))).rejects.toThrow(/permission denied/);
    await expect(system.database.owner.query('update audit.event set actor_name = $1', ['x'])).rejects.toThrow(/append-only/);
    await expect(system.database.owner.query('truncate audit.block')).rejects.toThrow(/append-only/);
  });

  test('goes with its transaction: what rolls back leaves no row', async () => {
    await expect(
      write(async (tx) => {
        await appendAudit(tx, [event({ recordId: 'prd_gone' })]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await write((tx) => tx.query(sql`select from audit.event where record_id = 'prd_gone'`))).toEqual([]);
  });

  test('keeps names that no text column could hold, and shows rows only within the scope', async () => {
    await write((tx) => appendAudit(tx, [event({ kind: 'odd', actorName: 'a\u0000b\ud800' })]));
    const odd = (entityIds: '*' | string[]) =>
      system.db.read({ entityIds, userId: null }, (tx) => tx.query(sql`select actor_name from audit.event where kind = 'odd'`));
    expect(await odd('*')).toEqual([{ actor_name: 'a\uFFFDb\uFFFD' }]);
    expect(await odd(['ent_a'])).toHaveLength(1);
    expect(await odd(['ent_b'])).toEqual([]);
  });

  test('finds the fields changed, in header, lines and whole lines', async () => {
    await write((tx) =>
      appendAudit(tx, [
        event({
          kind: 'fielded',
          changes: [
            { field: 'price', old: '1', new: '2' },
            { field: 'quantity', lines: 'lines', line: 3, old: '1', new: '2' },
            { field: '*', lines: 'lines', line: 4, old: null, new: { lotNo: 'A', note: 'x' } },
          ],
        }),
      ]),
    );
    expect(await write((tx) => tx.query(sql`select fields from audit.event where kind = 'fielded'`))).toEqual([
      { fields: ['price', 'quantity', 'lotNo', 'note'] },
    ]);
  });
});

describe('sealing', () => {
  test('waits for transactions that began earlier, and misses none of them', async () => {
    await sealAudit(system.db);
    let finish!: () => void;
    const late = write(async (tx) => {
      await appendAudit(tx, [event({ kind: 'late' })]);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    await expect.poll(() => finish !== undefined).toBe(true);
    await write((tx) => appendAudit(tx, [event({ kind: 'early' })]));
    expect(await sealAudit(system.db)).toBe(0);
    finish();
    await late;
    expect(await sealAudit(system.db)).toBe(2);
    expect((await findings()).inside).toEqual([]);
  });

  test('by two at once makes one chain', async () => {
    await write((tx) =>
      appendAudit(
        tx,
        Array.from({ length: 20 }, () => event()),
      ),
    );
    const sealed = await Promise.all([sealAudit(system.db), sealAudit(system.db), sealAudit(system.db)]);
    expect(sealed.reduce((a, b) => a + b)).toBe(20);
  });

  test('happens within a second of the commit while the sealer runs', async () => {
    const sealer = startSealer(system);
    await write((tx) => appendAudit(tx, [event({ kind: 'soon' })]));
    await expect.poll(async () => (await auditHealth(system)).waitingSeconds, { timeout: 1000 }).toBe(0);
    await sealer.stop();
  });

  test('leaves the head in a file outside the database', async () => {
    const head = await anchorAudit(system);
    const file = await readFile(join(system.dataDir, 'audit-anchors', '2026.jsonl'), 'utf8');
    expect(JSON.parse(file.trim().split('\n').at(-1)!)).toEqual({ anchoredAt: '2026-03-02T09:00:00.000Z', ...head });
    expect(head).toEqual(await system.db.read(systemScope, auditHead));
  });
});

describe('the verifier, inside and on the export without the application,', () => {
  beforeEach(async () => {
    const green = await findings();
    expect(green.outside).toMatch(/^✓ nothing was changed/);
    expect(green).toMatchObject({ inside: [], code: 0 });
    expect((await auditHealth(system)).isHealthy).toBe(true);
  });

  const cases: [name: string, statements: string, inside: string[], outside: RegExp][] = [
    [
      'a changed audit row',
      `update audit.event set reason = 'nothing happened' where reason = '更正'`,
      ['row-changed'],
      /row changed\n.*change product prd_1/,
    ],
    ['a removed audit row', `delete from audit.event where reason = '更正'`, ['row-missing'], /row missing/],
    [
      'a removed audit row of a posting',
      `delete from audit.event where command_id = 'cmd_1'`,
      ['posting-unknown', 'row-missing'],
      /row missing[\s\S]*posted without an audit row/,
    ],
    [
      'an audit row slipped into the past',
      `insert into audit.event (event_id, xid, actor_id, actor_name, kind, action) overriding system value
         select 999999, xid, 'usr_9', 'Mallory', 'product', 'approve' from audit.event where event_id = 1`,
      ['row-inserted'],
      /row inserted.*\n.*Mallory approve/,
    ],
    ['a row moved to another place', `update audit.event set xid = '9' where event_id = 2`, ['row-changed'], /row changed/],
    [
      'a changed move',
      `update ledger.stock_move set quantity = 4 where posting_id = 'cmd_1' and line_no = 1`,
      ['posting-changed'],
      /moves or journal lines changed or missing\n.*OS-1/,
    ],
    [
      'a removed move',
      `delete from ledger.stock_move where posting_id = 'cmd_1' and line_no = 2`,
      ['posting-changed'],
      /changed or missing/,
    ],
    [
      'a move added to a posting',
      `insert into ledger.stock_move overriding system value select 88888, posting_id, document_id, 3, entity_id, lot_id,
          from_position, to_position, quantity, value_minor, occurred_on, recorded_at, null
          from ledger.stock_move where posting_id = 'cmd_1' and line_no = 1`,
      ['posting-changed'],
      /inserted after posting\n.*\n.*88888/,
    ],
    [
      'a move of a posting nobody made',
      `insert into ledger.stock_move overriding system value select 77777, 'cmd_forged', document_id, 1, entity_id, lot_id,
        from_position, to_position, quantity, value_minor, occurred_on, recorded_at, null
        from ledger.stock_move where posting_id = 'cmd_1' and line_no = 1`,
      ['posting-unknown'],
      /posted without an audit row\n.*cmd_forged/,
    ],
    [
      'a changed journal line',
      `update ledger.journal_line set amount_minor = amount_minor + 1 where line_no = 1`,
      ['posting-changed'],
      /changed or missing/,
    ],
    [
      'a lot relabelled under a posted move',
      `update ledger.lot set lot_no = 'X' where lot_no = 'L1'`,
      ['posting-changed'],
      /changed or missing/,
    ],
    [
      'a changed block',
      `update audit.block set row_count = row_count + 1 where block_no = 1`,
      ['block-changed', 'root-differs'],
      /block changed/,
    ],
    ['a removed block', `delete from audit.block where block_no = 2`, ['block-missing', 'chain-broken'], /block missing\n.*1 and block 3/],
    [
      'a block sealed anew after its rows were changed',
      `update audit.event set actor_name = 'Mallory' where event_id = 1;
       update audit.block b set leaf_hashes[1] = (select audit.leaf_hash(audit.event_text(e)) from audit.event e where event_id = 1)
         where block_no = 1;
       update audit.block b set merkle_root = audit.merkle_root(leaf_hashes) where block_no = 1;
       update audit.block b set block_hash = sha256(convert_to(audit.block_text(b), 'UTF8')) where block_no = 1`,
      ['chain-broken'],
      /chain broken[\s\S]*block 2/,
    ],
  ];
  test.each(cases)('finds %s', async (_name, statements, inside, outside) => {
    const found = await tampered(statements, findings);
    expect(found.inside).toEqual(expect.arrayContaining(inside));
    expect(found.outside).toMatch(outside);
    expect(found.code).toBe(1);
  });

  test('finds a chain that was cut at its end by the heads kept outside', async () => {
    await anchorAudit(system);
    const found = await tampered(
      `delete from audit.event where (xid, event_id) > (select last_xid, last_event_id from audit.block where block_no = 1); delete from audit.block where block_no > 1`,
      findings,
    );
    expect(found.inside).toContain('anchor-differs');
  });
});
