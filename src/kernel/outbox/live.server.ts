import type { AnyDefinition } from '../document/definition.ts';
import { systemScope } from '../db/database.server.ts';
import type { Context } from '../http/context.server.ts';
import { outboxOf, type Outbox } from './outbox.server.ts';
import { eventsAfter, type DeliveredEvent, type LogPlace } from './read.server.ts';
import { maySee } from './visibility.ts';

const HEARTBEAT_MS = 15_000;
/** A stream ends after this long and the browser opens another, with the grants its person has then. */
const STREAM_MS_MAX = 10 * 60_000;
const STREAMS_PER_USER_MAX = 20;
/** A client that was away for more events than this reads its page anew. */
const REPLAY_MAX = 1_000;
/** Bytes a slow reader may be behind before it is cut off; it comes back with its last event id. */
const BACKLOG_BYTES_MAX = 256 * 1024;

const streams = new WeakMap<Outbox, Map<string, number>>();

const placeOf = (lastEventId: string | null): LogPlace | undefined => {
  const parts = /^(\d{1,20})-(\d{1,19})$/.exec(lastEventId ?? '');
  return parts ? { xid: parts[1]!, eventId: parts[2]! } : undefined;
};

/** Only what tells that something changed: content is read through the routes that check and mask it. */
const frameOf = (e: DeliveredEvent): string =>
  `id: ${e.xid}-${e.eventId}\nevent: change\ndata: ${JSON.stringify({
    kind: e.kind,
    id: e.recordId,
    version: e.version,
    state: e.payload['state'] ?? null,
    action: e.payload['action'] ?? e.name,
    actorId: e.payload['actorId'] ?? null,
    actorName: e.payload['actorName'] ?? null,
    at: e.recordedAt,
  })}\n\n`;

/** Events that end streams: a session was revoked, or what a person may see changed. */
const ends = (e: DeliveredEvent, context: Context): boolean =>
  (e.name === 'session.revoked' && e.recordId === context.actor.sessionId) ||
  (e.name === 'user.grants-changed' && e.recordId === context.actor.id);

class Stream {
  private readonly encoder = new TextEncoder();
  private readonly context: Context;
  private readonly definition: (kind: string) => AnyDefinition | undefined;
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private readonly endings: (() => void)[] = [];

  constructor(context: Context, definition: (kind: string) => AnyDefinition | undefined) {
    this.context = context;
    this.definition = definition;
  }

  response(outbox: Outbox, lastEventId: string | null, signal: AbortSignal): Response {
    const body = new ReadableStream<Uint8Array>(
      { start: (controller) => this.open(controller, outbox, lastEventId, signal), cancel: () => this.close() },
      { highWaterMark: BACKLOG_BYTES_MAX, size: (chunk) => chunk?.byteLength ?? 0 },
    );
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    });
  }

  private async open(
    controller: ReadableStreamDefaultController<Uint8Array>,
    outbox: Outbox,
    lastEventId: string | null,
    signal: AbortSignal,
  ) {
    this.controller = controller;
    this.send('retry: 2000\n\n');
    // Subscribed before the replay is read: an event between the two comes twice rather than never.
    this.endings.push(
      outbox.subscribe(
        (events) => this.deliver(events),
        () => this.close(),
      ),
    );
    const heartbeat = setInterval(() => this.send(': \n\n'), HEARTBEAT_MS).unref();
    const end = setTimeout(() => this.close(), STREAM_MS_MAX).unref();
    const onAbort = (): void => this.close();
    signal.addEventListener('abort', onAbort, { once: true });
    this.endings.push(
      () => clearInterval(heartbeat),
      () => clearTimeout(end),
      () => signal.removeEventListener('abort', onAbort),
    );
    if (signal.aborted) return this.close();
    const place = placeOf(lastEventId);
    if (place) await this.replay(place);
  }

  onClose(work: () => void): void {
    this.endings.push(work);
  }

  private async replay(place: LogPlace): Promise<void> {
    const missed = await this.context.system.db.read(systemScope, (tx) => eventsAfter(tx, place, REPLAY_MAX + 1));
    if (missed.length > REPLAY_MAX) this.send('event: reset\ndata: {}\n\n');
    else this.deliver(missed);
  }

  private deliver(events: readonly DeliveredEvent[]): void {
    const frames = events.filter((e) => maySee(this.context.actor, e, this.definition(e.kind))).map(frameOf);
    if (frames.length > 0) this.send(frames.join(''));
    if (events.some((e) => ends(e, this.context))) this.close();
  }

  private send(frame: string): void {
    if (!this.controller) return;
    if ((this.controller.desiredSize ?? 0) < 0) return this.close();
    this.controller.enqueue(this.encoder.encode(frame));
  }

  private close(): void {
    const controller = this.controller;
    this.controller = undefined;
    for (const end of this.endings.splice(0)) end();
    try {
      controller?.close();
    } catch {
      // the reader has gone already
    }
  }
}

/**
 * The stream of changes an actor may know of, as server-sent events; `lastEventId` continues a broken one. Undefined where this process
 * does not follow the outbox, `'too-many'` where the person has too many streams open.
 */
export function liveEvents(
  context: Context,
  definition: (kind: string) => AnyDefinition | undefined,
  lastEventId: string | null,
  signal: AbortSignal,
): Response | 'too-many' | undefined {
  const outbox = outboxOf(context.system.db);
  if (!outbox) return undefined;
  const open = streams.get(outbox) ?? new Map<string, number>();
  streams.set(outbox, open);
  const key = context.actor.id;
  const count = open.get(key) ?? 0;
  if (count >= STREAMS_PER_USER_MAX) return 'too-many';
  open.set(key, count + 1);
  const stream = new Stream(context, definition);
  stream.onClose(() => {
    const left = (open.get(key) ?? 1) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  });
  return stream.response(outbox, lastEventId, signal);
}
