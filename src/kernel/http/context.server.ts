import type { Logger } from 'pino';
import type { Actor } from '../access/actor.ts';
import type { Clock } from '../clock/clock.server.ts';
import type { Database } from '../db/database.server.ts';
import type { Operation, OperationInput, OperationOutput } from './operation.ts';

/** What the running product shares: made once at start. */
export interface System {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** Folder of everything the product stores outside PostgreSQL. */
  readonly dataDir: string;
  readonly isDemo: boolean;
  /** The address users see, e.g. `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** A proxy of ours stands in front: its `X-Forwarded-For` is believed. */
  readonly isBehindProxy?: boolean | undefined;
  /** Told of every answered request, for metrics. */
  readonly onRequest?: ((request: { method: string; path: string; status: number; ms: number }) => void) | undefined;
}

/** One request, or one job acting as the system. */
export interface Context {
  readonly system: System;
  readonly actor: Actor;
  readonly requestId: string;
  /** Address of the caller, for audit and rate limits. */
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export interface OperationExtras {
  /** The raw request, for uploads and streams. */
  readonly request: Request;
  /** Headers to add to the answer (cookies, caching). */
  readonly headers: Headers;
}

export interface OperationHandler {
  readonly operation: Operation;
  readonly handle: (context: Context, input: any, extras: OperationExtras) => Promise<unknown>;
}

/** Binds a contract to its server code. The handler returns the output value, or a Response where `produces` is set. */
export const handle = <Op extends Operation>(
  operation: Op,
  work: (context: Context, input: OperationInput<Op>, extras: OperationExtras) => Promise<OperationOutput<Op> | Response>,
): OperationHandler => ({ operation, handle: work });
