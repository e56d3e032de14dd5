import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../access/actor.ts';
import { raiseLogBase } from '../audit/log-base.server.ts';
import { systemScope, sql, type Tx } from '../db/database.server.ts';
import type { AnyDefinition } from '../document/definition.ts';
import type { Context } from '../http/context.server.ts';
import { testSystem, type TestSystem } from '../test/world.server.ts';
import { appendEvents, type OutboxEvent } from './append.server.ts';
import { liveEvents } from './live.server.ts';
import { deliverBatch, Outbox, startOutbox, wakeOutbox, type EventConsumer } from './outbox.server.ts';
import type { DeliveredEvent } from './read.server.ts';

let system: TestSystem;
let outbox: Outbox;
const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => system.db.write(systemScope, work);
const event = (recordId: string, more: Partial<OutboxEvent> = {}): OutboxEvent => ({
  name: 'voucher.post',
  kind: 'voucher',
  recordId,
  entityId: 'ent_a',
  version: 2,
  payload: { state: 'posted', action: 'post', actorName: '王敏', number: 'JV-1', secret: 'not for others' },
  ...more,
});
const tell = async (...events: OutboxEvent[]): Promise<void> => {
  await write((tx) => appendEvents(tx, events));
  wakeOutbox(system.db);
};
const collector = (name: string, more: Partial<EventConsumer> = {}) => {
  const seen: DeliveredEvent[] = [];
  const consumer: EventConsumer = { name, startsAt: 'now', handle: async (_s, events) => void seen.push(...events), ...more };
  return { consumer, seen, ids: () => seen.map((e) => e.recordId) };
};
const registered = async (consumer: EventConsumer): Promise<void> => {
  const once = new Outbox(system, [{ ...consumer, handle: async () => undefined }]);
  await once.start();
  await once.stop();
};

beforeAll(async () => {
  system = await testSystem();
  outbox = await startOutbox(system);
});
afterAll(() => outbox.stop());

describe('the outbox', () => {
  test('delivers what was committed, in order, and nothing that rolled back', async () => {
    const { consumer, ids } = collector('ordered');
    await registered(consumer);
    await write((tx) => appendEvents(tx, [event('a'), event('b')]));
    await expect(
      write(async (tx) => {
        await appendEvents(tx, [event('never')]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await write((tx) => appendEvents(tx, [event('c')]));
    await deliverBatch(system, consumer);
    expect(ids()).toEqual(['a', 'b', 'c']);
  });

  test('skips no event of a transaction that began earlier and commits later', async () => {
    const { consumer, ids } = collector('gapless');
    await registered(consumer);
    let finish!: () => void;
    const slow = write(async (tx) => {
      await appendEvents(tx, [event('slow')]);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    await expect.poll(() => finish !== undefined).toBe(true);
    await write((tx) => appendEvents(tx, [event('fast')]));
    await deliverBatch(system, consumer);
    expect(ids()).toEqual([]);
    finish();
    await slow;
    await deliverBatch(system, consumer);
    expect(ids()).toEqual(['slow', 'fast']);
  });

  test('delivers a batch again to a consumer that failed on it', async () => {
    let attempts = 0;
    const { consumer, seen } = collector('failing');
    const failing: EventConsumer = {
      ...consumer,
      handle: async (s, events) => {
        attempts += 1;
        if (attempts === 1) throw new Error('away');
        await consumer.handle(s, events);
      },
    };
    await registered(failing);
    await write((tx) => appendEvents(tx, [event('again')]));
    await expect(deliverBatch(system, failing)).rejects.toThrow('away');
    await deliverBatch(system, failing);
    expect(seen.map((e) => e.recordId)).toEqual(['again']);
    expect(await deliverBatch(system, failing)).toBe(false);
    expect(attempts).toBe(2);
  });

  test('wakes at once after a commit instead of at the next second', async () => {
    const heard: (string | null)[] = [];
    const stop = outbox.subscribe((events) => heard.push(...events.map((e) => e.recordId)));
    await new Promise((r) => setTimeout(r, 100));
    const start = performance.now();
    await tell(event('quick'));
    await expect.poll(() => heard, { interval: 5 }).toContain('quick');
    expect(performance.now() - start).toBeLessThan(700);
    stop();
  });

  test('forgets old events only after every consumer has had them', async () => {
    const { consumer } = collector('slowpoke');
    await registered(consumer);
    await write((tx) => appendEvents(tx, [event('old')]));
    const forget = () => write((tx) => tx.query(sql`select outbox.forget(clock_timestamp())`));
    const kept = () => write((tx) => tx.query(sql`select record_id from outbox.event where record_id = 'old'`));
    await forget();
    expect(await kept()).toHaveLength(1);
    await write((tx) => tx.query(sql`delete from outbox.cursor where consumer <> 'slowpoke'`));
    await deliverBatch(system, consumer);
    await forget();
    expect(await kept()).toHaveLength(0);
  });
});

describe('after a restore into a cluster with lower transaction ids', () => {
  test('new events stand behind all old ones', async () => {
    const restored = await testSystem();
    const { owner } = restored.database;
    const say = (id: string) => restored.db.write(systemScope, (tx) => appendEvents(tx, [event(id)]));
    const { consumer, ids } = collector('restored', { startsAt: 'first' });
    await owner.query('update kernel.log_base set base = 1000000');
    await say('before');
    await owner.query('update kernel.log_base set base = 0');
    expect(await raiseLogBase(restored.database.connection)).not.toBe('0');
    expect(await raiseLogBase(restored.database.connection)).toBe('0');
    await say('after');
    const follower = new Outbox(restored, [consumer]);
    await follower.start();
    await expect.poll(ids).toEqual(['before', 'after']);
    await follower.stop();
  });
});

const voucher = { kind: 'voucher', module: 'finance' } as unknown as AnyDefinition;
const definition = (kind: string) => (kind === 'voucher' ? voucher : undefined);
const actor = (grants: { permission: string; entityIds: '*' | string[]; isOwnOnly?: boolean }[], id = 'usr_1'): Actor => ({
  kind: 'user',
  id,
  name: id,
  sessionId: `ses_${id}`,
  grants: grants.map((g) => ({ warehouseIds: '*', regions: '*', isOwnOnly: false, ...g })),
});

/** Opens a stream and collects what comes. */
function listen(who: Actor, lastEventId: string | null = null) {
  const abort = new AbortController();
  const context = { system, actor: who, requestId: 'req', ip: null, userAgent: null } as Context;
  const response = liveEvents(context, definition, lastEventId, abort.signal);
  if (!(response instanceof Response)) return { response, abort, text: () => '', ended: Promise.resolve() };
  let text = '';
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) text += decoder.decode(chunk);
  })();
  return { response, abort, text: () => text, ended };
}
const viewer = actor([{ permission: 'finance.voucher.view', entityIds: ['ent_a'] }]);

describe('live events', () => {
  test('tell who may view the kind in the entity that something changed, and never its content', async () => {
    const client = listen(viewer);
    await tell(event('v1'));
    await expect.poll(client.text).toContain('"id":"v1"');
    const data = JSON.parse(/data: (.*)/.exec(client.text())![1]!) as object;
    expect(data).toEqual({
      kind: 'voucher',
      id: 'v1',
      version: 2,
      state: 'posted',
      action: 'post',
      actorId: null,
      actorName: '王敏',
      at: expect.any(String) as string,
    });
    client.abort.abort();
    await client.ended;
  });

  test('of other entities, other kinds, other people’s own documents and unknown kinds are not told', async () => {
    const other = listen(actor([{ permission: 'finance.voucher.view', entityIds: ['ent_b'] }], 'usr_2'));
    const noKind = listen(actor([{ permission: 'sales.order.view', entityIds: '*' }], 'usr_3'));
    const own = listen(actor([{ permission: 'finance.voucher.view', entityIds: '*', isOwnOnly: true }], 'usr_4'));
    const all = listen(actor([{ permission: '*', entityIds: '*' }], 'usr_5'));
    await tell(
      event('v2'),
      event('x1', { kind: 'undeclared' }),
      event('v3', { payload: { createdBy: 'usr_4' } }),
      event('t1', { kind: 'task', payload: { audience: ['usr_3'] } }),
    );
    await expect.poll(all.text).toContain('"id":"v3"');
    await expect.poll(noKind.text).toContain('"id":"t1"');
    await expect.poll(own.text).toContain('"id":"v3"');
    expect(own.text()).not.toContain('"id":"v2"');
    expect(all.text()).not.toMatch(/x1|t1/);
    expect(noKind.text()).not.toMatch(/v2|v3/);
    expect(other.text()).not.toContain('data:');
    for (const client of [other, noKind, own, all]) client.abort.abort();
  });

  test('missed while away come when the browser returns with the last id it had', async () => {
    const first = listen(viewer);
    await tell(event('r1'));
    await expect.poll(first.text).toContain('"id":"r1"');
    const lastId = [...first.text().matchAll(/id: (\d+-\d+)/g)].at(-1)![1]!;
    first.abort.abort();
    await tell(event('r2'), event('r3'));
    const second = listen(viewer, lastId);
    await expect.poll(second.text).toMatch(/"id":"r2"[\s\S]*"id":"r3"/);
    expect(second.text()).not.toContain('"id":"r1"');
    second.abort.abort();
  });

  test('end when the log-in they belong to is revoked or the grants change, and for nobody else', async () => {
    const [mine, theirs, promoted] = [listen(viewer), listen(actor([], 'usr_7')), listen(actor([], 'usr_8'))];
    await tell(
      { name: 'session.revoked', kind: 'session', recordId: 'ses_usr_1', entityId: null },
      { name: 'user.grants-changed', kind: 'user', recordId: 'usr_8', entityId: null },
    );
    await mine.ended;
    await promoted.ended;
    expect(await Promise.race([theirs.ended.then(() => 'ended'), new Promise((r) => setTimeout(r, 100, 'open'))])).toBe('open');
    theirs.abort.abort();
  });

  test('are limited per person, and a closed stream frees its place', async () => {
    const many = Array.from({ length: 20 }, () => listen(actor([], 'usr_many')));
    expect(listen(actor([], 'usr_many')).response).toBe('too-many');
    many[0]!.abort.abort();
    await many[0]!.ended;
    const again = listen(actor([], 'usr_many'));
    expect(again.response).toBeInstanceOf(Response);
    for (const client of [...many, again]) client.abort.abort();
  });

  test('end when the server stops', async () => {
    const own = await startOutbox(system);
    const client = listen(viewer);
    await own.stop();
    await client.ended;
  });
});
