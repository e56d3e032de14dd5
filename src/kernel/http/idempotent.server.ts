import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { storableJson } from '../audit/storable-json.ts';
import { firstDifference } from '../command/idempotency.server.ts';
import { refuse } from '../command/refusal.ts';
import { commandRefusals } from '../command/refusals.ts';
import { systemScope, type Database } from '../db/database.server.ts';
import { newId } from '../db/id.server.ts';
import { sql } from '../db/sql.server.ts';
import { canonicalJson, sha256 } from '../document/hash.server.ts';
import type { Context, OperationExtras, OperationHandler } from './context.server.ts';

/** How long a repetition waits for the first request, which another process is still answering. */
const WAIT_SECONDS_MAX = 30;
const PAUSE_MS_MAX = 200;

/** The locks of one process: all on one connection, taken from the pool while there are any, so that waiting ones never use it up. */
interface LockSession {
  readonly client: Promise<PoolClient>;
  /** The last statement sent: a connection does one at a time. */
  last: Promise<unknown>;
  holders: number;
  isBroken: boolean;
}

const sessions = new WeakMap<Database, LockSession>();
const queues = new WeakMap<Database, Map<string, Promise<void>>>();

async function say(session: LockSession, fn: 'pg_try_advisory_lock' | 'pg_advisory_unlock', name: string): Promise<boolean> {
  const answer = session.last.then(async () => {
    const client = await session.client;
    const { rows } = await client.query<{ ok: boolean }>(`select ${fn}(hashtextextended($1, 8)) as ok`, [name]);
    return rows[0]?.ok ?? false;
  });
  session.last = answer.catch(() => undefined);
  return answer;
}

async function leave(db: Database, session: LockSession, isBroken: boolean): Promise<void> {
  session.holders -= 1;
  session.isBroken ||= isBroken;
  if (session.holders > 0 && !session.isBroken) return;
  // Whoever comes next begins a new one; who is still in this one ends it.
  if (sessions.get(db) === session) sessions.delete(db);
  if (session.holders === 0) await session.client.then((client) => client.release(session.isBroken)).catch(() => undefined);
}

/** Holds a lock that other processes respect while `work` runs. Refuses where another process holds it for too long. */
async function acrossProcesses<T>(db: Database, name: string, work: () => Promise<T>): Promise<T> {
  const session = sessions.get(db) ?? { client: db.pool.connect(), last: Promise.resolve(), holders: 0, isBroken: false };
  sessions.set(db, session);
  session.holders += 1;
  let isBroken = true;
  try {
    const until = performance.now() + WAIT_SECONDS_MAX * 1000;
    for (let pause = 10; !(await say(session, 'pg_try_advisory_lock', name)); pause = Math.min(pause * 2, PAUSE_MS_MAX)) {
      isBroken = false;
      if (performance.now() > until) refuse(commandRefusals.busy({}));
      await sleep(pause);
      isBroken = true;
    }
    try {
      return await work();
    } finally {
      isBroken = !(await say(session, 'pg_advisory_unlock', name).catch(() => false));
    }
  } finally {
    await leave(db, session, isBroken);
  }
}

/** One after the other within this process, without a connection for those who wait; then across processes. */
async function inTurn<T>(db: Database, name: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(db) ?? new Map<string, Promise<void>>();
  queues.set(db, queue);
  const before = queue.get(name) ?? Promise.resolve();
  const turn = before.then(() => acrossProcesses(db, name, work));
  const end = turn.then(
    () => undefined,
    () => undefined,
  );
  queue.set(name, end);
  try {
    return await turn;
  } finally {
    if (queue.get(name) === end) queue.delete(name);
  }
}

/** The same request with a body that is hashed while the handler reads it; `digest` is undefined where it was not read to its end. */
function hashedWhileRead(request: Request): { request: Request; digest: () => string | undefined } {
  const hash = createHash('sha256');
  let isWhole = request.body === null;
  const body = request.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        hash.update(chunk);
        controller.enqueue(chunk);
      },
      flush: () => {
        isWhole = true;
      },
    }),
  );
  const { url, method, headers, signal } = request;
  const copy = body ? new Request(url, { method, headers, signal, body, duplex: 'half' } as RequestInit) : request;
  return { request: copy, digest: () => (isWhole ? hash.copy().digest('hex') : undefined) };
}

async function digestOf(request: Request): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of request.body ?? []) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

interface Kept {
  readonly request_hash: string;
  readonly request: unknown;
  readonly answer: unknown;
}

const keptUnder = (context: Context, key: string): Promise<Kept | undefined> =>
  context.system.db.read(systemScope, (tx) =>
    tx.maybe<Kept>(sql`select request_hash, request, answer from kernel.command where actor_id = ${context.actor.id} and key = ${key}`),
  );

const keep = (context: Context, key: string, hash: string, asked: object, answer: unknown): Promise<unknown> =>
  context.system.db.write(systemScope, (tx) =>
    tx.query(sql`
      insert into kernel.command (command_id, actor_id, key, request_hash, request, answer, recorded_at)
      values (${newId('cmd')}, ${context.actor.id}, ${key}, ${hash}, ${storableJson(asked)}::jsonb, ${storableJson(answer ?? {})}::jsonb,
        ${context.system.clock.now().toISOString()}::timestamptz)
      on conflict (actor_id, key) do nothing`),
  );

/** The first answer, where the key was used for this very request; refuses it for another one. */
function replay(kept: Kept, hash: string, asked: object): unknown {
  if (kept.request_hash === hash) return kept.answer;
  return refuse(commandRefusals.keyReused({ difference: firstDifference(kept.request, asked) ?? 'body' }));
}

async function answerInTurn(
  handler: OperationHandler,
  key: string,
  context: Context,
  input: any,
  extras: OperationExtras,
): Promise<unknown> {
  const { pathname, search } = new URL(extras.request.url);
  // What a person typed is in the hash alone; the row says only what was asked for, so that a refusal can name the difference.
  const asked = { method: extras.request.method, path: `${pathname}${search}` };
  const hashOf = (body: unknown): string => sha256(canonicalJson({ ...asked, body: body ?? null }));
  const isRaw = handler.operation.consumes !== undefined;
  const kept = await keptUnder(context, key);
  if (kept) {
    const answer = replay(kept, hashOf(isRaw ? await digestOf(extras.request) : input.body), asked);
    extras.headers.set('idempotent-replayed', 'true');
    return answer;
  }
  const read = isRaw ? hashedWhileRead(extras.request) : { request: extras.request, digest: () => input.body as unknown };
  const answer = await handler.handle(context, input, { ...extras, request: read.request });
  const body = read.digest();
  if (answer instanceof Response || (isRaw && body === undefined)) return answer;
  await keep(context, key, hashOf(body), asked, answer).catch((error: unknown) =>
    // The work is done and said so; only its repetition would not be recognised.
    context.system.log.error({ err: error, requestId: context.requestId }, 'answer could not be kept under its idempotency key'),
  );
  return answer;
}

/**
 * Makes a write that is no command of a document answer the same `Idempotency-Key` of the same caller once: a repetition, even one that
 * comes while the first is still at work, gets the first answer (`Idempotent-Replayed: true`); the key with other content is refused.
 * What was refused is not kept and may be tried again. Documents do this themselves inside their transaction. Here the answer is kept
 * after the handler has committed: a server that dies exactly between the two leaves work that a repetition does once more; this is the
 * only gap. Answers with secrets (`isSecret`) and those that are not JSON are never kept; without the header nothing changes.
 */
export function answeredOnce(handler: OperationHandler): OperationHandler {
  const { operation } = handler;
  if (operation.method === 'GET' || operation.isSecret || operation.produces) return handler;
  return {
    operation,
    handle: async (context, input, extras) => {
      const key = extras.request.headers.get('idempotency-key');
      // Strangers share one name; their keys are not theirs alone.
      if (!key || context.actor.kind === 'system') return handler.handle(context, input, extras);
      if (key.length < 8 || key.length > 200) return refuse(commandRefusals.keyRequired({}));
      return inTurn(context.system.db, `${context.actor.id} ${key}`, () => answerInTurn(handler, key, context, input, extras));
    },
  };
}
