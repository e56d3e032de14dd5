import { randomUUID } from 'node:crypto';
import { Hono, type Context as HonoContext } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type * as z from 'zod';
import { can } from '../access/actor.ts';
import { cookieValue, SESSION_COOKIE } from '../access/cookie.server.ts';
import { auditApart } from '../audit/append.server.ts';
import { commandRefusals } from '../command/refusals.ts';
import { refuse, RefusedError, type Refusal } from '../command/refusal.ts';
import { refusalsOfDatabaseError } from '../command/constraint.server.ts';
import type { Locale } from '../i18n/text.ts';
import type { Product } from '../product.server.ts';
import type { Context, OperationHandler, System } from './context.server.ts';
import { documentHandlers } from './document-routes.server.ts';
import type { Operation } from './operation.ts';
import { answeredOnce } from './idempotent.server.ts';
import { problemOf } from './problem.ts';
import { httpRefusals } from './refusals.ts';
import { requestLimits } from './rate-limit.server.ts';
import { workspaceHandlers } from './workspace.server.ts';

/** JSON bodies are at most this long; uploads have limits of their own. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;

type Env = { Variables: { context: Context } };

const localeOf = (c: HonoContext): Locale => (/^en/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'zh-CN');

function answerRefusals(c: HonoContext, refusals: readonly Refusal[]): Response {
  const problem = problemOf(refusals, c.req.path, localeOf(c));
  return c.body(JSON.stringify(problem), problem.status as 400, { 'content-type': 'application/problem+json; charset=utf-8' });
}

/** The address users see, or the host they called, by the same scheme; an origin that is no address (`null`) is foreign. */
function isOwnOrigin(origin: string, host: string | undefined, system: System): boolean {
  if (origin === system.origin) return true;
  if (!URL.canParse(origin)) return false;
  const { host: from, protocol } = new URL(origin);
  return from === host && protocol === new URL(system.origin).protocol;
}

/** A cookie travels by itself, so a write that uses it must come from our own pages (CSRF). */
function requireOwnOrigin(c: HonoContext, system: System): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return;
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  const isOwn =
    origin === undefined
      ? site === undefined || site === 'same-origin' || site === 'none'
      : isOwnOrigin(origin, c.req.header('host'), system);
  if (!isOwn) refuse(httpRefusals.foreignOrigin({}));
}

function parsePart(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const refusals = parsed.error.issues
    .slice(0, 50)
    .map((issue) =>
      httpRefusals.malformed(
        { where: [where, ...issue.path].join('.'), problem: issue.message },
        issue.path[0] === undefined ? {} : { field: String(issue.path.at(-1)) },
      ),
    );
  return refuse(...refusals);
}

async function jsonBody(c: HonoContext): Promise<unknown> {
  const raw = await c.req.text();
  if (raw === '') return {};
  // A form of another site can send text/plain without asking; JSON it cannot.
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    refuse(httpRefusals.malformed({ where: 'content-type', problem: 'application/json' }));
  }
  try {
    return storable(JSON.parse(raw) as unknown, raw);
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    return refuse(httpRefusals.malformed({ where: 'body', problem: 'JSON' }));
  }
}

/** Refuses what no text column can keep: NUL, and halves of a character without the other half. */
function storable(value: unknown, raw: string): unknown {
  const isSuspect = /\\u0000|\\u[dD][89a-fA-F]/.test(raw) || !raw.isWellFormed();
  if (isSuspect) requireStorable(value);
  return value;
}

function requireStorable(value: unknown): void {
  if (typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed())) {
    refuse(httpRefusals.malformed({ where: 'body', problem: 'Unicode' }));
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    requireStorable(name);
    requireStorable(inner);
  }
}

/** The caller's address; behind a proxy only where the settings say that it is to be trusted. */
function clientAddress(c: HonoContext, system: System): string | null {
  const forwarded = system.isBehindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  const socket = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket;
  return forwarded ?? socket?.remoteAddress ?? null;
}

async function actorContext(c: HonoContext, product: Product, system: System, operation: Operation): Promise<Context> {
  const isPublic = operation.access === 'public';
  const isBackground = operation.produces === 'text/event-stream';
  const header = c.req.header('authorization');
  const bearer = header?.startsWith('Bearer ') ? header.slice(7) : undefined;
  const cookieToken = cookieValue(c.req.header('cookie'), SESSION_COOKIE);
  const ip = clientAddress(c, system);
  const userAgent = c.req.header('user-agent')?.slice(0, 300) ?? null;
  const actor =
    bearer || cookieToken
      ? await product.ports.authentication.authenticate({ bearer, cookieToken, ip, userAgent, isBackground })
      : undefined;
  if (actor && !bearer) requireOwnOrigin(c, system);
  if (!actor && !isPublic) refuse(httpRefusals.signInFirst({}));
  if (!actor) requireOwnOrigin(c, system);
  return {
    system,
    ip,
    userAgent,
    actor: actor ?? { kind: 'system', id: 'anonymous', name: 'anonymous', sessionId: null, grants: [] },
    requestId: c.get('requestId') as string,
  };
}

function mount(app: Hono<Env>, product: Product, system: System, { operation, handle }: OperationHandler): void {
  const { access } = operation;
  app.on(operation.method, `/api${operation.path}`, async (c) => {
    if (c.req.url.includes('%00')) refuse(httpRefusals.malformed({ where: 'address', problem: 'NUL' }));
    const context = await actorContext(c, product, system, operation);
    c.set('context', context);
    await requestLimits.spend(context, operation.method);
    if (typeof access === 'object' && !can(context.actor, access.permission)) {
      refuse(commandRefusals.notPermitted({ action: operation.summary, permission: access.permission }));
    }
    const body = operation.body && !operation.consumes ? await jsonBody(c) : undefined;
    const input = {
      params: parsePart(operation.params, c.req.param(), 'path'),
      query: parsePart(operation.query, c.req.query(), 'query'),
      body: operation.consumes ? undefined : parsePart(operation.body, body, 'body'),
    };
    const headers = new Headers();
    const answer = await handle(context, input, { request: c.req.raw, headers });
    if (answer instanceof Response) {
      for (const [name, value] of headers) answer.headers.append(name, value);
      return answer;
    }
    headers.set('content-type', 'application/json; charset=utf-8');
    headers.set('cache-control', 'no-store');
    return new Response(answer === undefined ? '{}' : JSON.stringify(answer), { headers });
  });
}

async function onError(error: Error, c: HonoContext<Env>, system: System): Promise<Response> {
  const requestId = c.get('requestId' as never) as string;
  const refusals = error instanceof RefusedError ? error.refusals : await refusalsOfDatabaseError(system.db, error).catch(() => []);
  if (refusals.length === 0) {
    system.log.error({ err: error, requestId, path: c.req.path }, 'fault');
    return answerRefusals(c, [httpRefusals.fault({ requestId })]);
  }
  const context = c.get('context');
  const denied = refusals.find((r) => r.status === 403);
  // Unauthorised access is denied and logged (21 CFR 11.10(d)).
  if (denied && context) {
    await auditApart(context, {
      entityId: null,
      kind: 'access',
      action: 'denied',
      reason: `${denied.code} ${c.req.method} ${c.req.path}`.slice(0, 500),
    }).catch((e: unknown) => system.log.error({ err: e, requestId }, 'denied access could not be audited'));
  }
  return answerRefusals(c, refusals);
}

/** The whole HTTP API: every operation of every module and every derived one, under one set of rules. */
export function createApp(product: Product, system: System): Hono<Env> {
  const app = new Hono<Env>();
  app.use('*', async (c, next) => {
    c.set('requestId' as never, randomUUID() as never);
    const started = performance.now();
    await next();
    c.header('x-request-id', c.get('requestId' as never));
    system.onRequest?.({ method: c.req.method, path: c.req.routePath, status: c.res.status, ms: performance.now() - started });
  });
  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    strictTransportSecurity: system.origin.startsWith('https:') ? 'max-age=63072000; includeSubDomains' : false,
  });
  app.use('*', async (c, next) => {
    // A stored file brings a stricter policy of its own (a sandbox); ours must not replace it.
    let own: string | null = null;
    await headers(c, async () => {
      await next();
      own = c.res.headers.get('content-security-policy');
    });
    if (own) c.res.headers.set('content-security-policy', own);
  });
  const limit = bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => answerRefusals(c, [httpRefusals.tooLarge({})]) });
  const ownHandlers = [...workspaceHandlers(product), ...product.modules.flatMap((m) => m.handlers)];
  const handlers = [...ownHandlers.map(answeredOnce), ...documentHandlers(product)];
  for (const { operation } of handlers) if (!operation.consumes) app.use(`/api${operation.path}`, limit);
  for (const handler of handlers) mount(app, product, system, handler);
  app.all('/api/*', (c) => answerRefusals(c, [httpRefusals.notFound({ path: c.req.path })]));
  app.onError((error, c) => onError(error, c, system));
  return app;
}
