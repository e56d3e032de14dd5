import { beforeAll, describe, expect, test } from 'vitest';
import { refusalsOfDatabaseError } from '../../command/constraint.server.ts';
import { RefusedError, type Refusal } from '../../command/refusal.ts';
import { systemScope } from '../../db/database.server.ts';
import { sql } from '../../db/sql.server.ts';
import { testDatabase, type TestDatabase } from '../../test/world.server.ts';
import { mirrorPosting, postingDigest } from '../posting.server.ts';
import { brokenInvariants } from '../trial/invariants.server.ts';
import {
  bin,
  customerSide,
  destroyed,
  ENTITY,
  lotOf,
  openLedger,
  OTHER_ENTITY,
  post,
  posting,
  shipped,
  SUPPLIER,
  supplierSide,
} from '../trial/world.server.ts';
import { appendLateCost } from './late-cost.server.ts';
import { movesOfDocument, movesOfLots } from './lot-history.server.ts';
import { lotCosts, onHand, onHandOn } from './on-hand.server.ts';
import type { PostedMove, StockMove } from './move.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await openLedger(database.db, 5);
});

type Moves = readonly Omit<StockMove, 'line'>[];
const receive = (lotNo: string, quantity: string, valueMinor: bigint, to = bin(0)): Moves[number] => ({
  lot: lotOf(lotNo),
  from: supplierSide,
  to,
  quantity,
  valueMinor,
});
const write = (id: string, moves: Moves): Promise<PostedMove[]> => database.db.write(systemScope, (tx) => post(tx, id, moves));
const there = async (lotNo: string) =>
  (await database.db.read(systemScope, (tx) => onHand(tx, { placeKinds: ['storage', 'customer'] })))
    .filter((row) => row.lotNo === lotNo)
    .map((row) => `${row.placeId} ${row.qualityState} ${row.quantity}`);

/** What people are told when the ledger refuses. */
async function refusedBecause(work: Promise<unknown>): Promise<readonly Refusal[]> {
  const error = await work.then(
    () => {
      throw new Error('nothing was refused');
    },
    (e: unknown) => e,
  );
  return error instanceof RefusedError ? error.refusals : refusalsOfDatabaseError(database.db, error);
}

describe('goods move', () => {
  test('a receipt, a put-away and a shipment leave the right balances, values and history', async () => {
    await write('1', [receive('A', '10', 1000n, bin(0, 'awaiting_acceptance'))]);
    await write('2', [{ lot: lotOf('A'), from: bin(0, 'awaiting_acceptance'), to: bin(1), quantity: '10' }]);
    const [out] = await write('3', [{ lot: lotOf('A'), from: bin(1), to: customerSide, quantity: '3' }]);
    expect(out).toMatchObject({ valueMinor: 300n, fromKind: 'storage', toKind: 'customer', quantity: '3', ownerId: customerSide.ownerId });
    expect(await there('A')).toEqual(['place_bin_1 acceptable 7', 'place_customer shipped 3']);
    const history = await database.db.read(systemScope, (tx) => movesOfLots(tx, [out?.lotId ?? '']));
    expect(history.map((m) => [m.documentId, m.quantity, m.occurredOn])).toEqual([
      ['doc_1', '10', '2026-03-02'],
      ['doc_2', '10', '2026-03-02'],
      ['doc_3', '3', '2026-03-02'],
    ]);
    expect(await database.db.read(systemScope, (tx) => movesOfDocument(tx, 'doc_3'))).toHaveLength(1);
  });

  test('a receipt and an onward move of the same goods may stand in one posting', async () => {
    const moves = await write('4', [
      receive('B', '3', 100n),
      { lot: lotOf('B'), from: bin(0), to: shipped, quantity: '1' },
      { lot: lotOf('B'), from: shipped, to: customerSide, quantity: '1' },
    ]);
    expect(moves.map((m) => m.valueMinor)).toEqual([100n, 33n, 33n]);
    expect(await database.db.read(systemScope, (tx) => lotCosts(tx, ENTITY, [moves[0]?.lotId ?? '']))).toEqual([
      { lotId: moves[0]?.lotId, kind: 'storage', quantity: '2', valueMinor: 67n },
    ]);
  });

  test('what was there on an earlier day is the sum of the moves until then', async () => {
    await database.db.write(systemScope, (tx) => post(tx, '5', [receive('C', '5', 0n)]));
    const before = await database.db.read(systemScope, (tx) => onHandOn(tx, '2026-03-01', { placeIds: ['place_bin_0'] }));
    const after = await database.db.read(systemScope, (tx) => onHandOn(tx, '2026-03-02', { placeIds: ['place_bin_0'] }));
    expect([before.length, after.find((row) => row.lotNo === 'C')?.quantity]).toEqual([0, '5']);
  });

  test('a customer return without a stated cost comes back at what the lot cost', async () => {
    await write('6', [receive('D', '4', 401n)]);
    await write('7', [{ lot: lotOf('D'), from: bin(0), to: customerSide, quantity: '4' }]);
    const [back] = await write('8', [{ lot: lotOf('D'), from: customerSide, to: bin(0, 'quarantined'), quantity: '2' }]);
    expect(back?.valueMinor).toBe(201n);
  });
});

describe('goods do not move', () => {
  test('more than is there is refused, every short line at once, by name', async () => {
    await write('10', [receive('E', '2', 0n), receive('F', '2', 0n)]);
    const refusals = await refusedBecause(
      write('11', [
        { lot: lotOf('E'), from: bin(0), to: customerSide, quantity: '3' },
        { lot: lotOf('F'), from: bin(0), to: bin(2), quantity: '2.5' },
      ]),
    );
    expect(refusals.map((r) => [r.code, r.line])).toEqual([
      ['stock/not-enough-on-hand', 1],
      ['stock/not-enough-on-hand', 2],
    ]);
    expect(refusals[0]?.text.en).toContain('A-0 Bin holds 2 of');
    expect(refusals[0]?.text.zh).toContain('批号 E');
    expect(await there('E')).toEqual(['place_bin_0 acceptable 2']);
  });

  test('goods of another owner never satisfy this one (R-042)', async () => {
    await write('12', [{ ...receive('G', '2', 0n), to: { ...bin(0), ownerId: SUPPLIER } }]);
    expect((await refusedBecause(write('13', [{ lot: lotOf('G'), from: bin(0), to: customerSide, quantity: '1' }])))[0]?.code).toBe(
      'stock/not-enough-on-hand',
    );
  });

  test('a lot known with another expiry date is refused, both dates named; saying nothing about it is fine', async () => {
    await write('14', [receive('H', '1', 0n)]);
    const [refusal] = await refusedBecause(write('15', [{ ...receive('H', '1', 0n), lot: lotOf('H', { expiryDate: '2029-01-31' }) }]));
    expect(refusal?.code).toBe('stock/lot-identity-differs');
    expect(refusal?.text.en).toContain('2028-06-30');
    expect(refusal?.text.en).toContain('2029-01-31');
    await write('16', [{ ...receive('H', '1', 0n), lot: lotOf('H', { expiryDate: null, productionDate: null }) }]);
  });

  test('two lines that disagree on one new lot are refused', async () => {
    const moves = [receive('I', '1', 0n), { ...receive('I', '1', 0n), lot: lotOf('I', { expiryDate: '2029-01-31' }) }];
    expect((await refusedBecause(write('17', moves)))[0]?.code).toBe('stock/lot-identity-differs');
  });

  test('a user who does not work for an entity cannot post for it', async () => {
    const scope = { entityIds: [OTHER_ENTITY], userId: 'usr_1' };
    await expect(database.db.write(scope, (tx) => post(tx, '18', [receive('J', '1', 0n)]))).rejects.toThrow('outside the scope');
    expect(await database.db.read(scope, (tx) => onHand(tx, {}))).toEqual([]);
  });

  test('a posting that names an unknown place is a fault, not a silent skip', async () => {
    await expect(write('19', [receive('K', '1', 0n, { ...bin(0), placeId: 'place_nowhere' })])).rejects.toThrow('unknown place');
  });
});

describe('serial numbers', () => {
  const serial = (serialNo: string, lotNo = 'S') => lotOf(lotNo, { serialNo });
  const arrive = (serialNo: string, to = bin(0), lotNo = 'S'): Moves[number] => ({
    lot: serial(serialNo, lotNo),
    from: supplierSide,
    to,
    quantity: '1',
    valueMinor: 50n,
  });

  test('a serial number is with us at most once, under whatever lot number it comes', async () => {
    await write('20', [arrive('SN-1')]);
    const [refusal] = await refusedBecause(write('21', [arrive('SN-1', bin(1), 'S2')]));
    expect([refusal?.code, refusal?.params['serial']]).toEqual(['stock/serial-already-on-hand', 'SN-1']);
    expect(refusal?.text.en).toContain('A-0 Bin');
    expect((await refusedBecause(write('22', [arrive('SN-2'), arrive('SN-2', bin(1))])))[0]?.code).toBe('stock/serial-already-on-hand');
  });

  test('it may move, leave, and come back', async () => {
    await write('23', [{ lot: serial('SN-1'), from: bin(0), to: bin(3), quantity: '1' }]);
    await write('24', [{ lot: serial('SN-1'), from: bin(3), to: customerSide, quantity: '1' }]);
    const [back] = await write('25', [{ lot: serial('SN-1'), from: customerSide, to: bin(0), quantity: '1' }]);
    expect(back?.valueMinor).toBe(50n);
  });

  test('a serial number is one piece (R-039)', async () => {
    const [refusal] = await refusedBecause(write('26', [{ ...arrive('SN-3'), quantity: '2' }]));
    expect([refusal?.code, refusal?.line]).toEqual(['stock/quantity-per-serial', 1]);
  });

  test('destroyed goods never move again, and their serial number never reappears (R-045)', async () => {
    await write('27', [arrive('SN-4')]);
    await write('28', [{ lot: serial('SN-4'), from: bin(0), to: destroyed, quantity: '1' }]);
    expect((await refusedBecause(write('29', [{ lot: serial('SN-4'), from: destroyed, to: bin(0), quantity: '1' }])))[0]?.code).toBe(
      'stock/destroyed-is-final',
    );
    expect((await refusedBecause(write('30', [arrive('SN-4')])))[0]?.code).toBe('stock/serial-already-on-hand');
  });

  test('a thousand serial numbers arrive in one posting', async () => {
    const moves = await write(
      '31',
      Array.from({ length: 1000 }, (_, i) => arrive(`BULK-${i}`)),
    );
    expect(new Set(moves.map((m) => m.lotId)).size).toBe(1000);
    expect(moves.map((m) => m.line)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
  });
});

describe('corrections', () => {
  const mirror = (id: string, of: string) =>
    database.db.write(systemScope, (tx) => mirrorPosting(tx, { ...posting(id), reversesDocumentId: posting(of).documentId }));

  test('a reversal takes goods and value back exactly, once', async () => {
    await write('40', [receive('R', '7', 1000n)]);
    await write('41', [{ lot: lotOf('R'), from: bin(0), to: customerSide, quantity: '3' }]);
    const { moves } = await mirror('42', '41');
    expect(moves.map((m) => [m.fromKind, m.toKind, m.quantity, m.valueMinor])).toEqual([['customer', 'storage', '3', 429n]]);
    expect(await there('R')).toEqual(['place_bin_0 acceptable 7']);
    expect((await refusedBecause(mirror('43', '41')))[0]?.code).toBe('ledger/already-reversed');
  });

  test('two people reversing the same posting at once: one reversal', async () => {
    await write('44', [receive('S0', '7', 1000n)]);
    const both = await Promise.allSettled([mirror('45', '44'), mirror('46', '44')]);
    expect(both.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await there('S0')).toEqual([]);
  });

  test('goods that are gone cannot be taken back, nor value that later issues used', async () => {
    await write('47', [receive('T', '2', 200n)]);
    await write('48', [receive('T', '2', 2000n)]);
    await write('49', [{ lot: lotOf('T'), from: bin(0), to: customerSide, quantity: '2' }]);
    expect((await refusedBecause(mirror('50', '48')))[0]?.code).toBe('stock/value-already-used');
    await write('51', [{ lot: lotOf('T'), from: bin(0), to: customerSide, quantity: '2' }]);
    expect((await refusedBecause(mirror('52', '48')))[0]?.code).toBe('stock/not-enough-on-hand');
  });

  test('late cost raises the value of what is here, tells what belongs to what has left, and is never mirrored', async () => {
    const [received] = await write('53', [receive('U', '4', 400n)]);
    await write('54', [{ lot: lotOf('U'), from: bin(0), to: customerSide, quantity: '1' }]);
    const lotId = received?.lotId ?? '';
    const shared = await database.db.write(systemScope, (tx) =>
      appendLateCost(tx, { ...posting('55'), costs: [{ lotId, valueMinor: 10n }] }),
    );
    expect(shared).toEqual([{ lotId, kind: 'storage', valueMinor: 8n, leftMinor: 2n }]);
    const costs = () => database.db.read(systemScope, (tx) => lotCosts(tx, ENTITY, [lotId]));
    expect((await costs())[0]).toMatchObject({ quantity: '3', valueMinor: 308n });
    expect((await refusedBecause(mirror('56', '55')))[0]?.code).toBe('stock/late-cost-is-not-mirrored');
    const off = database.db.write(systemScope, (tx) => appendLateCost(tx, { ...posting('57'), costs: [{ lotId, valueMinor: -9000n }] }));
    expect((await refusedBecause(off))[0]?.code).toBe('stock/value-already-used');
  });
});

describe('history stands', () => {
  test.each([
    'update ledger.stock_move set quantity = 1',
    'delete from ledger.stock_move',
    'truncate ledger.stock_move',
    'update ledger.stock_balance set quantity = 1',
    "insert into ledger.stock_balance values ('x', 1, 'e', 1, true)",
    'delete from ledger.stock_balance',
    'update ledger.lot_cost set value_minor = 0',
    'update ledger.lot set expiry_date = null',
    'delete from ledger.serial_on_hand',
    "update ledger.position set owner_id = 'x'",
    "update ledger.place set kind = 'loss'",
  ])('the application cannot: %s', async (statement) => {
    await expect(database.db.write(systemScope, (tx) => tx.client.query(statement))).rejects.toThrow(/permission denied/);
  });

  test('not even the owner changes a move in passing, and who takes the trigger away is found by the digest', async () => {
    await expect(database.owner.query('update ledger.stock_move set quantity = 1')).rejects.toThrow('append-only');
    await write('60', [receive('Z', '1', 1n)]);
    const digest = () => database.db.read(systemScope, (tx) => postingDigest(tx, 'pst_60'));
    const before = await digest();
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest()).toBe(before);
    const client = await database.owner.connect();
    await client.query(
      "begin; set local session_replication_role = replica; update ledger.lot set expiry_date = '2031-01-01' where lot_no = 'Z'; commit",
    );
    client.release();
    expect(await digest()).not.toBe(before);
  });

  test('the digest does not depend on the time zone of who computes it', async () => {
    const inZone = (zone: string) =>
      database.db.read(systemScope, async (tx) => {
        await tx.client.query(`set local timezone = '${zone}'`);
        return tx.one(sql`select ledger.posting_digest('pst_1') as d`);
      });
    expect(await inZone('Asia/Shanghai')).toEqual(await inZone('America/Caracas'));
  });

  test('all invariants of the ledgers hold after everything above', async () => {
    expect(await brokenInvariants(database.owner)).toEqual([]);
  });
});
