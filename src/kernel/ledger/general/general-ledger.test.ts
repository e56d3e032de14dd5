import { beforeAll, describe, expect, test } from 'vitest';
import { refusalsOfDatabaseError } from '../../command/constraint.server.ts';
import type { Refusal } from '../../command/refusal.ts';
import { systemScope } from '../../db/database.server.ts';
import { testDatabase, type TestDatabase } from '../../test/world.server.ts';
import { mirrorPosting, postingDigest } from '../posting.server.ts';
import { brokenInvariants } from '../trial/invariants.server.ts';
import { ENTITY, journalOf, openLedger, OTHER_ENTITY, posting, type Posting } from '../trial/world.server.ts';
import { appendJournal } from './append.server.ts';
import { accountBalances, entriesOfDocument } from './balance.server.ts';
import type { JournalEntry, JournalLine } from './entry.ts';
import { periodsOf, setPeriodState } from './period.server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await openLedger(database.db, 1);
});

const book = (id: string, entries: readonly JournalEntry[], more: Partial<Posting> = {}) =>
  database.db.write(systemScope, (tx) => appendJournal(tx, { ...posting(id, more), functionalCurrency: 'CNY', entries }));
const mirror = (id: string, of: string, more: Partial<Posting> = {}) =>
  database.db.write(systemScope, (tx) => mirrorPosting(tx, { ...posting(id, more), reversesDocumentId: posting(of).documentId }));

async function refusedBecause(work: Promise<unknown>): Promise<readonly Refusal[]> {
  const error = await work.then(
    () => {
      throw new Error('nothing was refused');
    },
    (e: unknown) => e as Error & { refusals?: Refusal[] },
  );
  return error.refusals ?? refusalsOfDatabaseError(database.db, error);
}

const balance = async (accountId: string, from = '2026-01', to = '2026-12') => {
  const rows = await database.db.read(systemScope, (tx) =>
    accountBalances(tx, { entityId: ENTITY, book: 'local', from, to, accountIds: [accountId] }),
  );
  return rows.map((r) => [r.currency, r.openingMinor, r.debitMinor, r.creditMinor, r.closingMinor, r.functionalClosingMinor]);
};

const line = (n: number, accountId: string, amountMinor: bigint, more: Partial<JournalLine> = {}): JournalLine => ({
  line: n,
  accountId,
  counterpartyId: null,
  currency: 'CNY',
  amountMinor,
  functionalMinor: amountMinor,
  summary: null,
  dimensions: {},
  ...more,
});
const entry = (...lines: JournalLine[]): JournalEntry => ({ book: 'local', summary: 'trial', lines });

describe('entries', () => {
  test('a balanced entry is posted and shows in the balances of its month', async () => {
    const [posted] = await book('1', [journalOf(['1405', '2202'], 12_345n)]);
    expect(posted).toMatchObject({ book: 'local', period: '2026-03' });
    expect(await balance('1405')).toEqual([['CNY', 0n, 12_345n, 0n, 12_345n, 12_345n]]);
    expect(await balance('2202', '2026-04')).toEqual([['CNY', -12_345n, 0n, 0n, -12_345n, -12_345n]]);
  });

  test('several entries of one posting keep their order, lines, dimensions and counterparties', async () => {
    const rich = entry(
      line(1, '1122', 700n, { counterpartyId: 'pty_1', dimensions: { department: 'north "1"', lot: '批号' }, summary: '销售' }),
      line(2, '6001', -600n),
      line(3, '2221', -100n),
    );
    await book('2', [rich, journalOf(['6401', '1405'], 5n)]);
    const [first, second] = await database.db.read(systemScope, (tx) => entriesOfDocument(tx, 'doc_2'));
    expect(first?.lines).toEqual(rich.lines);
    expect(second?.lines[0]?.accountId).toBe('6401');
  });

  test('lines that do not sum to zero are refused with currency and difference (R-076)', async () => {
    const [refusal] = await refusedBecause(book('3', [entry(line(1, '1405', 100n), line(2, '2202', -99n))]));
    expect(refusal).toMatchObject({ code: 'ledger/journal-does-not-balance', rule: 'R-076' });
    expect(JSON.stringify(refusal?.text)).toContain('0.01 CNY');
  });

  test('each currency must balance by itself, and functional currency too', async () => {
    const usd = { currency: 'USD', functionalMinor: 700n };
    const mixed = entry(line(1, '1002', 100n, usd), line(2, '2202', -700n));
    expect((await refusedBecause(book('4', [mixed]))).map((r) => r.code)).toEqual([
      'ledger/journal-does-not-balance',
      'ledger/journal-does-not-balance',
    ]);
    const functional = entry(line(1, '1002', 100n, usd), line(2, '2202', -100n, { currency: 'USD', functionalMinor: -699n }));
    const [refusal] = await refusedBecause(book('5', [functional]));
    expect(refusal?.text.en).toContain('functional currency');
    await book('6', [
      entry(
        line(1, '1002', 100n, usd),
        line(2, '2202', -100n, { currency: 'USD', functionalMinor: -701n }),
        line(3, '6603', 0n, { functionalMinor: 1n }),
      ),
    ]);
    expect(await balance('6603')).toEqual([['CNY', 0n, 0n, 0n, 0n, 1n]]);
  });

  test('an entry has at least two lines; a head without any cannot be committed', async () => {
    expect((await refusedBecause(book('7', [entry(line(1, '1405', 0n))])))[0]?.code).toBe('ledger/journal-entry-is-whole');
    expect((await refusedBecause(book('8', [entry()])))[0]?.code).toBe('ledger/journal-entry-is-whole');
  });

  test('no line can be added to an entry later, not even balanced ones', async () => {
    const [posted] = await book('9', [journalOf(['1405', '2202'], 1n)]);
    const later = database.db.write(systemScope, (tx) =>
      tx.client.query(
        `insert into ledger.journal_line (entry_id, line_no, entity_id, book, period, occurred_on, account_id, currency, amount_minor, functional_minor)
       values ($1, 8, $2, 'local', '2026-03', '2026-03-02', '1405', 'CNY', 1, 1), ($1, 9, $2, 'local', '2026-03', '2026-03-02', '2202',
         'CNY', -1, -1)`,
        [posted?.entryId, ENTITY],
      ),
    );
    expect((await refusedBecause(later))[0]?.code).toBe('ledger/journal-entry-is-whole');
  });
});

describe('periods', () => {
  test('nothing is posted into a period that is locked, closed or was never opened', async () => {
    const set = (state: 'open' | 'locked' | 'closed') =>
      database.db.write(systemScope, (tx) => setPeriodState(tx, ENTITY, 'local', '2026-07', state));
    const tryJuly = () => book('20', [journalOf(['1405', '2202'], 1n)], { occurredOn: '2026-07-31' });
    for (const state of ['locked', 'closed'] as const) {
      await set(state);
      expect((await refusedBecause(tryJuly()))[0]).toMatchObject({ code: 'ledger/period-not-open', params: { period: '2026-07' } });
    }
    await set('open');
    await tryJuly();
    const never = book('21', [journalOf(['1405', '2202'], 1n)], { occurredOn: '2031-01-01' });
    expect((await refusedBecause(never))[0]?.text.zh).toContain('尚未打开');
    expect((await database.db.read(systemScope, (tx) => periodsOf(tx, ENTITY))).length).toBe(12);
  });

  test('closing waits for a posting under way, and a posting that began before the close is refused after it', async () => {
    const steps: string[] = [];
    let closing: Promise<void> | undefined;
    await database.db.write(systemScope, async (tx) => {
      await appendJournal(tx, {
        ...posting('22', { occurredOn: '2026-08-01' }),
        functionalCurrency: 'CNY',
        entries: [journalOf(['1405', '2202'], 1n)],
      });
      closing = database.db
        .write(systemScope, (other) => setPeriodState(other, ENTITY, 'local', '2026-08', 'closed'))
        .then(() => {
          steps.push('closed');
        });
      await new Promise((resolve) => setTimeout(resolve, 100));
      steps.push('posted');
    });
    await closing;
    expect(steps).toEqual(['posted', 'closed']);
    const late = book('23', [journalOf(['1405', '2202'], 1n)], { occurredOn: '2026-08-01' });
    expect((await refusedBecause(late))[0]?.code).toBe('ledger/period-not-open');
  });

  test('a user of one entity cannot open periods of another or post into it', async () => {
    const scope = { entityIds: [OTHER_ENTITY], userId: 'usr_1' };
    await expect(database.db.write(scope, (tx) => setPeriodState(tx, ENTITY, 'local', '2026-09', 'closed'))).rejects.toThrow(
      'outside the scope',
    );
    const foreign = database.db.write(scope, (tx) =>
      appendJournal(tx, { ...posting('24'), functionalCurrency: 'CNY', entries: [journalOf(['1405', '2202'], 1n)] }),
    );
    await expect(foreign).rejects.toThrow('row-level security');
  });
});

describe('reversal', () => {
  test('a reversal books red letters on the same side: turnover as if nothing had been', async () => {
    const before = await balance('1002');
    await book('30', [journalOf(['1002', '2202'], 500n), journalOf(['2202', '1002'], 20n)]);
    const { entries } = await mirror('31', '30');
    expect(entries.map((e) => e.lines.map((l) => l.amountMinor))).toEqual([
      [-500n, 500n],
      [-20n, 20n],
    ]);
    expect((await balance('1002')).filter(([currency]) => currency === 'CNY')).toEqual([['CNY', 0n, 0n, 0n, 0n, 0n]]);
    expect(before.filter(([currency]) => currency === 'CNY')).toEqual([]);
    expect((await refusedBecause(mirror('32', '30')))[0]?.code).toBe('ledger/already-reversed');
    expect(await mirror('33', 'never-posted')).toEqual({ moves: [], entries: [] });
  });

  test('a reversal into a closed period is refused as any posting is', async () => {
    await book('34', [journalOf(['1405', '2202'], 500n)]);
    expect((await refusedBecause(mirror('35', '34', { occurredOn: '2031-01-01' })))[0]?.code).toBe('ledger/period-not-open');
  });
});

describe('history stands', () => {
  test.each([
    'update ledger.journal_line set amount_minor = 1',
    'delete from ledger.journal_line',
    'truncate ledger.journal_line',
    "update ledger.journal_entry set summary = 'x'",
    'delete from ledger.journal_entry',
    'update ledger.account_balance set debit_minor = 0',
    "insert into ledger.period values ('e', 'local', '2026-03', 'open')",
    "update ledger.period set state = 'open'",
  ])('the application cannot: %s', async (statement) => {
    await expect(database.db.write(systemScope, (tx) => tx.client.query(statement))).rejects.toThrow(/permission denied/);
  });

  test('a line changed past every wall changes the digest of its posting', async () => {
    const digest = () => database.db.read(systemScope, (tx) => postingDigest(tx, 'pst_1'));
    const before = await digest();
    const client = await database.owner.connect();
    const tamper = (account: string) =>
      client.query(`begin; set local session_replication_role = replica;
      update ledger.journal_line set account_id = '${account}' where entry_id = (select min(entry_id) from ledger.journal_entry)
        and line_no = 1; commit`);
    await tamper('1406');
    expect(await digest()).not.toBe(before);
    expect((await brokenInvariants(database.owner)).map((b) => b.split(':')[0])).toEqual(['account-balances-are-sums-of-lines.sql']);
    await tamper('1405');
    client.release();
    expect(await digest()).toBe(before);
  });

  test('all invariants of the ledgers hold after everything above', async () => {
    expect(await brokenInvariants(database.owner)).toEqual([]);
  });
});
