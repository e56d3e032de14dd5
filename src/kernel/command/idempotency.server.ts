import { sql } from '../db/sql.server.ts';
import { systemScope, type Tx } from '../db/database.server.ts';
import { canonicalJson, sha256 } from '../document/hash.server.ts';
import type { Context } from '../http/context.server.ts';
import type { CommandAnswer } from '../http/wire.ts';
import { refuse } from './refusal.ts';
import { commandRefusals } from './refusals.ts';
import type { CommandRequest } from './command.server.ts';

/** What makes two requests the same: everything but the key, the signature's secrets and the rehearsal flag. */
export function requestContent(request: CommandRequest): Record<string, unknown> {
  const { envelope } = request;
  return {
    kind: request.definition.kind,
    action: request.action,
    id: request.id ?? null,
    content: request.content ?? null,
    input: request.input ?? null,
    entityId: envelope.entityId ?? null,
    occurredOn: envelope.occurredOn ?? null,
    reason: envelope.reason ?? null,
  };
}

/** The first place where two contents differ, as a path like `content.lines.entries.0.debit`. */
export function firstDifference(a: any, b: any, path = ''): string | undefined {
  if (canonicalJson(a) === canonicalJson(b)) return undefined;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return path || 'request';
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[key] ?? null, b[key] ?? null, path ? `${path}.${key}` : key);
    if (found) return found;
  }
  return path || 'request';
}

/** Holds a key of an actor until the transaction ends: whoever sends the same command at the same time waits for its answer. */
export async function lockKey(tx: Tx, actorId: string, key: string): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`${actorId} ${key}`}, 7))`);
}

/**
 * The first answer where this key was used for the same request; refuses the key for other content. Holds a lock on the key until
 * the transaction ends, so that a command sent twice at once runs once.
 */
export async function answeredBefore(tx: Tx, actorId: string, request: CommandRequest): Promise<CommandAnswer | undefined> {
  await lockKey(tx, actorId, request.envelope.idempotencyKey);
  return answerUnder(tx, actorId, request);
}

/** The first answer of a repeated command, looked up before its transaction. */
export const knownAnswer = (context: Context, request: CommandRequest): Promise<CommandAnswer | undefined> =>
  context.system.db.read(systemScope, (tx) => answerUnder(tx, context.actor.id, request));

async function answerUnder(tx: Tx, actorId: string, request: CommandRequest): Promise<CommandAnswer | undefined> {
  const { idempotencyKey } = request.envelope;
  const known = await tx.maybe(
    sql`select request_hash, request, answer from kernel.command where actor_id = ${actorId} and key = ${idempotencyKey}`,
  );
  if (!known) return undefined;
  const content = requestContent(request);
  if (known.request_hash === sha256(canonicalJson(content))) return { ...known.answer, isReplay: true };
  const sent = JSON.parse(canonicalJson(content)) as unknown;
  return refuse(commandRefusals.keyReused({ difference: firstDifference(known.request, sent) ?? 'request' }));
}

/** Keeps the answer under its key, in the same transaction. */
export async function keepAnswer(
  tx: Tx,
  commandId: string,
  actorId: string,
  request: CommandRequest,
  answer: CommandAnswer,
  at: string,
): Promise<void> {
  const content = canonicalJson(requestContent(request));
  await tx.query(sql`
    insert into kernel.command (command_id, actor_id, key, request_hash, request, answer, recorded_at)
    values (${commandId}, ${actorId}, ${request.envelope.idempotencyKey}, ${sha256(content)}, ${content}::jsonb, ${JSON.stringify(answer)}::jsonb, ${at}::timestamptz)`);
}
