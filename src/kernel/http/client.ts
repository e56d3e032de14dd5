import type * as z from 'zod';
import type { AnyDefinition, ContentOf, DocOf } from '../document/definition.ts';
import type { Locale } from '../i18n/text.ts';
import type { Operation, OperationOutput } from './operation.ts';
import type { ActionStatus, CommandAnswer, CommandBody, DocumentAnswer, FilterItem, ListAnswer, Problem, RefusalWire } from './wire.ts';

/** One request as the client hands it to whoever carries it. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, below the origin. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, or a body the carrier understands (form data, file). */
  readonly body?: unknown;
  /** Has an idempotency key, or only reads: may be sent again. */
  readonly isRepeatable: boolean;
  /** Needs no session: an answer 401 is about the content, not about the session. */
  readonly isPublic: boolean;
}

export interface WireAnswer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly json: () => Promise<unknown>;
  readonly text: () => Promise<string>;
}

/** Carries a request; throws `NoAnswerError` when nothing came back. */
export type Carrier = (request: WireRequest) => Promise<WireAnswer>;

/** The server answered with a problem: an expected refusal or a fault. */
export class ApiError extends Error {
  readonly problem: Problem;
  readonly requestId: string | null;
  constructor(problem: Problem, requestId: string | null) {
    super(problem.title);
    this.name = 'ApiError';
    this.problem = problem;
    this.requestId = requestId;
  }
  get status(): number {
    return this.problem.status;
  }
  get code(): string {
    return this.problem.code;
  }
  get refusals(): readonly RefusalWire[] {
    return this.problem.refusals;
  }
}

/** No answer came back; whether the server did the work is unknown, so only the same key may be sent again. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super('no answer from the server', { cause });
    this.name = 'NoAnswerError';
  }
}

type Part<T extends z.ZodType, Name extends string> = [z.input<T>] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : object extends z.input<T>
    ? { readonly [K in Name]?: z.input<T> }
    : { readonly [K in Name]: z.input<T> };

/** What a caller gives an operation: the parts it declares, as they are before the server's checks normalise them. */
export type CallInput<Op extends Operation> =
  Op extends Operation<infer P, infer Q, infer B, any> ? Part<P, 'params'> & Part<Q, 'query'> & Part<B, 'body'> : never;

export interface CallOptions {
  /** Idempotency key of the intent; the same one for every repetition. */
  readonly key?: string;
  /** A body that is not JSON (upload). */
  readonly rawBody?: unknown;
}

export interface ListRequest {
  readonly q?: string | undefined;
  readonly filter?: readonly FilterItem[] | undefined;
  readonly sort?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly totals?: boolean | undefined;
}

export interface ExportRequest extends Omit<ListRequest, 'cursor' | 'limit' | 'totals'> {
  readonly format?: 'xlsx' | 'csv';
  readonly locale?: Locale;
  readonly columns?: readonly string[];
}

export type Envelope = Omit<CommandBody, 'content' | 'input'>;
export interface CommandOptions {
  /** Everything is checked and worked out, nothing is kept. */
  readonly dryRun?: boolean;
  readonly key?: string;
}

export interface TypedDocumentAnswer<D extends AnyDefinition> extends Omit<DocumentAnswer, 'document'> {
  readonly document: DocOf<D>;
  readonly actions: ActionStatus[];
}

/** One step in the life of a document; the timeline lists the newest first. */
export interface TimelineItem {
  readonly id: string;
  readonly at: string;
  readonly actorName: string;
  readonly action: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly version: number | null;
  readonly reason: string | null;
  readonly occurredOn: string | null;
  readonly changes: readonly unknown[];
  readonly signature: {
    readonly printedName: string;
    readonly meaning: unknown;
    readonly signedAt: string;
    readonly isValid: boolean;
  } | null;
}

export interface DocumentClient<D extends AnyDefinition> {
  readonly list: (query?: ListRequest) => Promise<ListAnswer>;
  readonly get: (id: string) => Promise<TypedDocumentAnswer<D>>;
  readonly create: (content: ContentOf<D>, envelope?: Envelope, options?: CommandOptions) => Promise<CommandAnswer>;
  readonly act: (id: string, action: string, body?: CommandBody, options?: CommandOptions) => Promise<CommandAnswer>;
  readonly timeline: (id: string) => Promise<readonly TimelineItem[]>;
  readonly exportUrl: (query?: ExportRequest) => string;
}

export interface Client {
  readonly call: <Op extends Operation>(operation: Op, input?: CallInput<Op>, options?: CallOptions) => Promise<OperationOutput<Op>>;
  readonly urlOf: <Op extends Operation>(operation: Op, input?: CallInput<Op>) => string;
  readonly documents: <D extends AnyDefinition>(definition: D) => DocumentClient<D>;
  readonly get: <T>(path: string, query?: Readonly<Record<string, unknown>>) => Promise<T>;
  /** JSON to a path whose contract is not at hand; a 401 is about its content. */
  readonly post: <T>(path: string, body: unknown) => Promise<T>;
}

const queryText = (query: Readonly<Record<string, unknown>> | undefined): string => {
  const parts = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => {
      const plain = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
      return `${encodeURIComponent(name)}=${encodeURIComponent(plain)}`;
    });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
};

const pathText = (path: string, params: Readonly<Record<string, unknown>> | undefined): string =>
  path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => {
    const value = params?.[name];
    if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`path ${path} needs ${name}`);
    return encodeURIComponent(String(value));
  });

const listText = (query: ListRequest | undefined): Readonly<Record<string, unknown>> => ({
  ...query,
  filter: query?.filter && query.filter.length > 0 ? JSON.stringify(query.filter) : undefined,
  totals: query?.totals ? 'true' : undefined,
});

/** The server answers a key once, but for what is secret, is no JSON or comes from nobody it knows. */
const isRepeatable = (o: Operation): boolean =>
  ['GET', 'PUT', 'DELETE'].includes(o.method) || !(o.isSecret || o.produces || o.consumes || o.access === 'public');

const fault = (status: number): Problem => ({
  type: 'about:blank',
  title: `HTTP ${status}`,
  status,
  code: 'fault',
  refusals: [],
});

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && Array.isArray((value as { refusals?: unknown }).refusals);

async function answerOf(answer: WireAnswer, wantsText: boolean): Promise<unknown> {
  if (answer.status >= 200 && answer.status < 300) {
    if (answer.status === 204) return undefined;
    return wantsText ? answer.text() : answer.json();
  }
  const body = await answer.json().catch(() => undefined);
  throw new ApiError(isProblem(body) ? body : fault(answer.status), answer.header('x-request-id'));
}

/**
 * The typed client of the HTTP API, used by the web and by programs. `carry` does the transport (fetch), `newKey` gives a fresh
 * idempotency key; `headers` (an API key, say) go with every request. Refusals and faults are thrown as `ApiError`.
 */
export function makeClient(parts: {
  readonly base: string;
  readonly carry: Carrier;
  readonly newKey: () => string;
  readonly headers?: () => Readonly<Record<string, string>>;
}): Client {
  const { base, carry, newKey } = parts;
  const send = async (request: Omit<WireRequest, 'headers'> & { headers?: Readonly<Record<string, string>> }, wantsText = false) => {
    const json: Record<string, string> = typeof request.body === 'string' ? { 'content-type': 'application/json' } : {};
    const headers = { accept: 'application/json', ...json, ...parts.headers?.(), ...request.headers };
    return answerOf(await carry({ ...request, headers }), wantsText);
  };
  const get = <T>(path: string, query?: Readonly<Record<string, unknown>>) =>
    send({ method: 'GET', url: `${base}${path}${queryText(query)}`, isRepeatable: true, isPublic: false }) as Promise<T>;
  const post = <T>(path: string, body: unknown) =>
    send({
      method: 'POST',
      url: `${base}${path}`,
      headers: { 'idempotency-key': newKey() },
      body: JSON.stringify(body),
      isRepeatable: false,
      isPublic: true,
    }) as Promise<T>;
  const command = (url: string, body: CommandBody, options: CommandOptions | undefined) =>
    send({
      method: 'POST',
      url: options?.dryRun ? `${url}?dryRun=true` : url,
      headers: { 'idempotency-key': options?.key ?? newKey() },
      body: JSON.stringify(body),
      isRepeatable: true,
      isPublic: false,
    }) as Promise<CommandAnswer>;
  const urlOf = (operation: Operation, input?: CallInput<Operation>) => {
    const given = input as { params?: Record<string, unknown>; query?: Record<string, unknown> } | undefined;
    return `${base}${pathText(operation.path, given?.params)}${queryText(given?.query)}`;
  };
  return {
    get,
    post,
    urlOf: (operation, input) => urlOf(operation, input as CallInput<Operation>),
    call: (operation, input, options) => {
      const body = (input as { body?: unknown } | undefined)?.body;
      const payload = options?.rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
      const keyed: Record<string, string> = operation.method === 'GET' ? {} : { 'idempotency-key': options?.key ?? newKey() };
      return send(
        {
          method: operation.method,
          url: urlOf(operation, input as CallInput<Operation>),
          headers: keyed,
          ...(payload === undefined ? {} : { body: payload }),
          isRepeatable: isRepeatable(operation),
          isPublic: operation.access === 'public',
        },
        operation.produces !== undefined,
      ) as Promise<OperationOutput<typeof operation>>;
    },
    documents: <D extends AnyDefinition>(definition: D): DocumentClient<D> => {
      const home = `/${definition.module}/${definition.plural}`;
      return {
        list: (query) => get<ListAnswer>(home, listText(query)),
        get: (id) => get<TypedDocumentAnswer<D>>(`${home}/${id}`),
        create: (content, envelope, options) => command(`${base}${home}`, { ...envelope, content }, options),
        act: (id, action, body, options) => command(`${base}${home}/${id}/${action}`, body ?? {}, options),
        timeline: (id) => get(`${home}/${id}/timeline`),
        exportUrl: (query) => `${base}${home}/export${queryText({ ...listText(query), columns: query?.columns?.join(',') })}`,
      };
    },
  };
}
