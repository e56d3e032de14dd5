import type * as z from 'zod';
import type { LocalText } from '../i18n/text.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call: `public` (no session), `session` (any signed-in user), or one permission. `withinScope` operations check the
 * permission in the entity of the thing itself.
 */
export type OperationAccess = 'public' | 'session' | { readonly permission: string };

export interface OperationDeclaration<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType> {
  /** Unique, camelCase; the OpenAPI operationId and the client's function name. */
  readonly id: string;
  readonly method: Method;
  /** Hono path below `/api`, e.g. `/access/sessions/:sessionId`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: LocalText;
  readonly access: OperationAccess;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly output?: O;
  /** Not JSON: the handler answers with a Response of this media type. */
  readonly produces?: string;
  /** Not JSON: the handler reads the raw request itself. */
  readonly consumes?: string;
  /** Takes or gives a password, code or token: neither is kept for a repetition with the same idempotency key. */
  readonly isSecret?: true;
}

/** One operation of the HTTP API: contract only, shared by server, typed client and OpenAPI. */
export type Operation<
  P extends z.ZodType = any,
  Q extends z.ZodType = any,
  B extends z.ZodType = any,
  O extends z.ZodType = any,
> = OperationDeclaration<P, Q, B, O>;

export interface OperationInput<Op extends Operation> {
  readonly params: Op extends Operation<infer P, any, any, any> ? z.output<P> : never;
  readonly query: Op extends Operation<any, infer Q, any, any> ? z.output<Q> : never;
  readonly body: Op extends Operation<any, any, infer B, any> ? z.output<B> : never;
}
export type OperationOutput<Op extends Operation> = Op extends Operation<any, any, any, infer O> ? z.output<O> : never;

export const defineOperation = <
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  O extends z.ZodType = z.ZodUndefined,
>(
  o: OperationDeclaration<P, Q, B, O>,
): Operation<P, Q, B, O> => o;
