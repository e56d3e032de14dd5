import pg from 'pg';
import type { Hono } from 'hono';
import { createApp } from '#kernel/http/app.server.ts';
import type { ModuleServer } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { testClock, testSystem, type TestSystem } from '#kernel/test/world.server.ts';
import { demoPassword } from '#modules/access/index.server.ts';
import { loadDemo } from '../demo.server.ts';
import { createProduct } from '../product.server.ts';

/** The day every test of the demo company happens on, unless it moves the clock. */
export const DEMO_MORNING = '2026-11-20T02:00:00Z';

export interface Answer<T = any> {
  readonly status: number;
  readonly body: T;
}

/** Somebody signed in, talking HTTP to the whole product. */
export interface Caller {
  readonly login: string;
  get<T = any>(path: string): Promise<Answer<T>>;
  send<T = any>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  /** A command with a fresh idempotency key. */
  command<T = any>(path: string, body?: unknown): Promise<Answer<T>>;
}

export interface DemoWorld {
  readonly system: TestSystem;
  readonly product: Product;
  readonly app: Hono<any>;
  as(login: string): Promise<Caller>;
  /** Nobody: no session. */
  readonly stranger: Caller;
  /** Ids by kind and number (code), as the directory has them. */
  id(kind: string, number: string): Promise<string>;
}

let loaded: Promise<string> | undefined;
let keys = 0;

/** Loads the demo once per worker and leaves its database free to be copied. */
async function demoTemplate(): Promise<string> {
  const system = await testSystem({ clock: testClock(DEMO_MORNING), isDemo: true });
  await loadDemo(createProduct(system), system);
  const { connection } = system.database;
  const { database } = connection;
  if (!database) throw new Error('a test database has a name');
  await Promise.all([system.db.close(), system.database.owner.end()]);
  const copy = `demo_${process.pid}_${performance.timeOrigin.toString(36).replace('.', '')}`;
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  await client.query(`drop database if exists ${copy}`);
  await client.query(`alter database ${database} rename to ${copy}`);
  await client.end();
  return copy;
}

function callerOf(app: Hono<any>, login: string, cookie: string | null): Caller {
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await app.request(`/api${path}`, {
      method,
      headers: { ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const raw = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: isJson ? JSON.parse(raw) : raw };
  };
  return {
    login,
    send,
    get: (path) => send('GET', path),
    command: (path, body = {}) => {
      keys += 1;
      return send('POST', path, body, { 'idempotency-key': `test-key-${keys}` });
    },
  };
}

/** The demo company on a database of its own; `more` joins further modules, as plug-ins do. */
export async function demoWorld(more: readonly ModuleServer[] = []): Promise<DemoWorld> {
  loaded ??= demoTemplate();
  const system = await testSystem({ clock: testClock(DEMO_MORNING), isDemo: true, template: await loaded });
  const product = createProduct(system, more);
  const app = createApp(product, system);
  const callers = new Map<string, Promise<Caller>>();
  const signIn = async (login: string): Promise<Caller> => {
    const response = await app.request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: demoPassword }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (response.status !== 200 || !cookie) throw new Error(`${login} could not sign in: ${response.status} ${await response.text()}`);
    return callerOf(app, login, cookie);
  };
  return {
    system,
    product,
    app,
    stranger: callerOf(app, 'nobody', null),
    as: (login) => {
      // Sessions end with time: who acts on another day of the test signs in again.
      const key = `${login} ${system.clock.now().toISOString().slice(0, 13)}`;
      const known = callers.get(key) ?? signIn(login);
      callers.set(key, known);
      return known;
    },
    id: async (kind, number) => {
      const { rows } = await system.database.owner.query(
        'select id from kernel.directory where kind = $1 and number = $2 order by id limit 1',
        [kind, number],
      );
      if (!rows[0]) throw new Error(`there is no ${kind} ${number}`);
      return rows[0].id as string;
    },
  };
}
