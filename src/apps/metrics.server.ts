import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { timingSafeEqual } from 'node:crypto';
import type pg from 'pg';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type Env = { Bindings: HttpBindings };

export interface Metrics {
  readonly registry: Registry;
  /** Times every request by method, route pattern and status. */
  readonly observe: MiddlewareHandler<Env>;
  /** Prometheus text; only for the bearer of the token or, without one, for this machine. */
  readonly answer: (c: Context<Env>) => Promise<Response>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

const isSame = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function mayRead(c: Context<Env>, token: string | undefined): boolean {
  if (token) return isSame(c.req.header('authorization') ?? '', `Bearer ${token}`);
  const isForwarded = c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined;
  return !isForwarded && LOOPBACK.has(c.env.incoming.socket.remoteAddress ?? '');
}

/** Metrics of this process, its connection pool and its requests. */
export function makeMetrics(pool: pg.Pool, token: string | undefined): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const connections = new Gauge({
    name: 'medtrade_db_connections',
    help: 'Connections of the pool by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      connections.set({ state: 'open' }, pool.totalCount);
      connections.set({ state: 'idle' }, pool.idleCount);
      connections.set({ state: 'waited_for' }, pool.waitingCount);
    },
  });
  const requests = new Histogram({
    name: 'medtrade_http_request_seconds',
    help: 'Duration of requests',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  return {
    registry,
    observe: async (c, next) => {
      const done = requests.startTimer();
      await next();
      done({ method: c.req.method, route: routePath(c), status: c.res.status });
    },
    answer: async (c) => {
      if (!mayRead(c, token)) return c.text('Metrics are for this machine or for the bearer of METRICS_TOKEN.', 403);
      return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType });
    },
  };
}
