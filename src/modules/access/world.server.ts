import { createApp } from '#kernel/http/app.server.ts';
import { buildProduct, type Product } from '#kernel/product.server.ts';
import { testSystem, type TestSystem } from '#kernel/test/world.server.ts';
import { defineModule } from '#kernel/module.ts';
import { implementModule } from '#kernel/module.server.ts';
import { text } from '#kernel/i18n/text.ts';
import { entitiesIn, entityFacts } from '#modules/organisation/index.server.ts';
import { organisationServer } from '#modules/organisation/module.server.ts';
import { createAuthentication } from './authentication.server.ts';
import { createDemoAccess } from './demo.server.ts';
import { demoPassword } from './demo.ts';
import { createAccessModule } from './module.server.ts';
import { createPeople } from './people.server.ts';
import { createSignatures } from './signature.server.ts';
import type { SingleSignOnSettings } from './single-sign-on.server.ts';

/** Two duties that one person may not hold, for tests. */
const trade = defineModule({
  name: 'trade',
  label: text('贸易', 'Trade'),
  icon: 'shop',
  permissions: [
    { name: 'trade.order.release', label: text('放行', 'Release') },
    { name: 'trade.order.pay', label: text('付款', 'Pay') },
  ],
  conflicts: [
    { permissions: ['trade.order.release', 'trade.order.pay'], reason: text('放行与付款分离', 'release and payment are separate') },
  ],
});

export interface Answer {
  readonly status: number;
  readonly body: any;
  readonly cookie: string | undefined;
  readonly cookieHeader: string | undefined;
}

/** A small company with the demo's people, spoken to over its HTTP API. */
export interface AccessWorld {
  readonly system: TestSystem;
  readonly product: Product;
  readonly users: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
  call(
    method: string,
    path: string,
    options?: { body?: unknown; cookie?: string | undefined; bearer?: string; key?: string },
  ): Promise<Answer>;
  /** Signs in with the demo's password; the session cookie. */
  signIn(login: string, password?: string): Promise<string>;
  raw(path: string, init?: RequestInit): Promise<Response>;
}

const sessionIn = (headers: Headers): { cookie: string | undefined; cookieHeader: string | undefined } => {
  const header = headers.getSetCookie().find((c) => c.startsWith('medtrade_session='));
  return { cookie: header?.split(';')[0]?.split('=')[1], cookieHeader: header };
};

export async function accessWorld(
  options: { singleSignOn?: SingleSignOnSettings; isEmpty?: boolean; origin?: string } = {},
): Promise<AccessWorld> {
  const system: TestSystem = { ...(await testSystem({ isDemo: !options.isEmpty })), ...(options.origin ? { origin: options.origin } : {}) };
  const product: Product = buildProduct(
    [
      organisationServer(() => product),
      createAccessModule({ product: () => product, singleSignOn: options.singleSignOn }),
      implementModule(trade),
    ],
    {
      authentication: createAuthentication(system),
      signature: createSignatures(),
      people: createPeople(system),
      entities: { facts: entityFacts, all: (tx) => entitiesIn(tx, '*') },
      approvals: { demand: async () => undefined, waitingOn: async () => undefined, isGranted: async () => false },
    },
  );
  const { roles, users } = options.isEmpty
    ? { roles: new Map<string, string>(), users: new Map<string, string>() }
    : await createDemoAccess(product, system);
  const app = createApp(product, system);
  let keys = 0;
  const call: AccessWorld['call'] = async (method, path, { body, cookie, bearer, key } = {}) => {
    keys += 1;
    const response = await app.request(`/api${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key ?? `test-key-${keys}`,
        ...(cookie ? { cookie: `medtrade_session=${cookie}` } : {}),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: isJson && said ? JSON.parse(said) : said, ...sessionIn(response.headers) };
  };
  return {
    system,
    product,
    users,
    roles,
    call,
    signIn: async (login, password = demoPassword) => {
      const answer = await call('POST', '/session', { body: { login, password } });
      if (!answer.cookie) throw new Error(`${login} could not sign in: ${JSON.stringify(answer.body)}`);
      return answer.cookie;
    },
    raw: async (path, init) => app.request(`/api${path}`, init),
  };
}
