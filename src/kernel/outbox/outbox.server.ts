import { sql, systemScope, type Database } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';
import { eventsAfter, isMoreComing, outboxTail, type DeliveredEvent, type LogPlace } from './read.server.ts';

const BATCH_MAX = 500;
const POLL_MS = 1_000;
/** Between looks while a transaction that started earlier keeps events back. */
const HELD_BACK_POLL_MS = 50;
const BATCHES_PER_ROUND_MAX = 40;

/** Something that follows the outbox with a cursor of its own: gets every event at least once, in order, in batches. */
export interface EventConsumer {
  readonly name: string;
  /** A new consumer starts with the first event kept (default) or with what comes from now on. */
  readonly startsAt?: 'first' | 'now';
  /** May see a batch again after a crash; ids tell. Throwing delivers the same batch later. */
  readonly handle: (system: System, events: readonly DeliveredEvent[]) => Promise<void>;
}

type Listener = (events: readonly DeliveredEvent[]) => void;

async function placeOf(db: Database, consumer: EventConsumer): Promise<void> {
  await db.write(systemScope, async (tx) => {
    const start = consumer.startsAt === 'now' ? await outboxTail(tx) : { xid: '0', eventId: '0' };
    await tx.query(sql`
      insert into outbox.cursor (consumer, xid, event_id) values (${consumer.name}, ${start.xid}::text::xid8, ${start.eventId})
      on conflict do nothing`);
  });
}

/**
 * Delivers one batch to a durable consumer; true where another may follow. One process delivers at a time. The lock is an advisory
 * one: a row lock would give this transaction an id and hold back every reader of the log while the consumer works.
 */
export async function deliverBatch(system: System, consumer: EventConsumer): Promise<boolean> {
  return system.db.write(systemScope, async (tx) => {
    const { isMine } = await tx.one<{ isMine: boolean }>(
      sql`select pg_try_advisory_xact_lock(7240002, hashtext(${consumer.name})) as "isMine"`,
    );
    if (!isMine) return false;
    const place = await tx.one<LogPlace>(sql`select xid::text, event_id as "eventId" from outbox.cursor where consumer = ${consumer.name}`);
    const events = await eventsAfter(tx, place, BATCH_MAX);
    const last = events.at(-1);
    if (!last) return false;
    await consumer.handle(system, events);
    await tx.query(sql`
      update outbox.cursor set xid = ${last.xid}::text::xid8, event_id = ${last.eventId}, updated_at = clock_timestamp()
      where consumer = ${consumer.name}`);
    return events.length === BATCH_MAX;
  });
}

const running = new WeakMap<Database, Outbox>();

/** Follows the outbox in this process: feeds listeners (live screens) and delivers to durable consumers. */
export class Outbox {
  private readonly system: System;
  private readonly consumers: readonly EventConsumer[];
  private readonly listeners = new Map<Listener, () => void>();
  private live: LogPlace = { xid: '0', eventId: '0' };
  private isStopped = false;
  private isAwake = false;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(system: System, consumers: readonly EventConsumer[]) {
    this.system = system;
    this.consumers = consumers;
  }

  async start(): Promise<void> {
    this.live = await this.system.db.read(systemScope, outboxTail);
    for (const consumer of this.consumers) await placeOf(this.system.db, consumer);
    this.wake();
  }

  /** Looks now instead of at the next second; call after a commit that wrote events. Cheap and safe to call at any time. */
  wake(): void {
    if (this.isStopped) return;
    this.isAwake = true;
    clearTimeout(this.timer);
    this.running ??= this.round().finally(() => {
      this.running = undefined;
      if (this.isAwake) this.wake();
    });
  }

  /** Gets every event from now on, as they become final; `onStop` is called when no more will come. */
  subscribe(listener: Listener, onStop: () => void = () => undefined): () => void {
    this.listeners.set(listener, onStop);
    return () => this.listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    if (running.get(this.system.db) === this) running.delete(this.system.db);
    for (const onStop of this.listeners.values()) onStop();
    this.listeners.clear();
    await this.running;
  }

  private async round(): Promise<void> {
    this.isAwake = false;
    let pause = POLL_MS;
    try {
      await this.feedListeners();
      for (const consumer of this.consumers) await this.deliver(consumer);
      if (await this.system.db.read(systemScope, isMoreComing)) pause = HELD_BACK_POLL_MS;
    } catch (error) {
      this.system.log.error({ error }, 'the outbox could not be read, trying again');
    }
    if (!this.isStopped && !this.isAwake) this.timer = setTimeout(() => this.wake(), pause).unref();
  }

  private async feedListeners(): Promise<void> {
    for (let batch = 0; batch < BATCHES_PER_ROUND_MAX; batch += 1) {
      const events = await this.system.db.read(systemScope, (tx) => eventsAfter(tx, this.live, BATCH_MAX));
      const last = events.at(-1);
      if (!last) return;
      this.live = last;
      for (const listener of this.listeners.keys()) listener(events);
    }
  }

  /** A consumer that fails is logged and gets its batch again later; the others go on. */
  private async deliver(consumer: EventConsumer): Promise<void> {
    try {
      for (let batch = 0; batch < BATCHES_PER_ROUND_MAX && (await deliverBatch(this.system, consumer)); batch += 1);
    } catch (error) {
      this.system.log.error({ error, consumer: consumer.name }, 'an event consumer failed, its batch will come again');
    }
  }
}

/** Starts following the outbox of a running system, once per process. Wake it through `wakeOutbox`, stop it at shutdown. */
export async function startOutbox(system: System, consumers: readonly EventConsumer[] = []): Promise<Outbox> {
  const outbox = new Outbox(system, consumers);
  await outbox.start();
  running.set(system.db, outbox);
  return outbox;
}

/** The outbox this process follows on a database, if it was started. */
export const outboxOf = (db: Database): Outbox | undefined => running.get(db);

/** To be called after a commit that wrote events, so that others see the change at once. */
export const wakeOutbox = (db: Database): void => running.get(db)?.wake();
