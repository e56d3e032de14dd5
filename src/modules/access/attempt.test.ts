import { beforeEach, expect, test } from 'vitest';
import { demoPassword } from './demo.ts';
import { accessWorld, type AccessWorld } from './world.server.ts';

let world: AccessWorld;
beforeEach(async () => {
  world = await accessWorld();
  Object.assign(world.system, { isBehindProxy: true });
});

const OFFICE = '192.0.2.10';

/** A log-in from an address; what is answered: `signed-in` or the code of the refusal. */
async function signIn(login: string, address: string, password = 'not the password'): Promise<string> {
  const response = await world.raw('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ login, password }),
  });
  const body = (await response.json()) as { code?: string; status?: unknown };
  return body.code ?? String(body.status);
}

const right = (login: string, address: string) => signIn(login, address, demoPassword);

/** Two attempts from each of many addresses, all at once. */
async function guessFromMany(login: string, addresses: number): Promise<string[]> {
  const tries = Array.from({ length: addresses * 2 }, (_, i) => `203.0.113.${i % addresses}`);
  return Promise.all(tries.map((address) => signIn(login, address)));
}

const refused = 'access/sign-in-refused';
const locked = 'access/locked-out';

test('five wrong passwords from somewhere lock the login there and nowhere else', async () => {
  for (let i = 0; i < 5; i += 1) expect(await signIn('buyer', '198.51.100.7')).toBe(refused);
  expect(await right('buyer', '198.51.100.7')).toBe(locked);
  expect(await right('buyer', OFFICE)).toBe('signed-in');
  expect(await right('sales', '198.51.100.7')).toBe('signed-in');
});

test('thirty guesses at once from one address are five, and take no more than five of the hour', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => signIn('sales', '198.51.100.7')));
  expect(answers.filter((code) => code === refused)).toHaveLength(5);
  const { rows } = await world.system.database.owner.query(
    "select address, failures from access.login_attempt where login = 'sales' order by 1",
  );
  expect(rows).toEqual([
    { address: '*', failures: 5 },
    { address: '198.51.100.7', failures: 5 },
  ]);
});

test('fifty attempts an hour from everywhere are taken, exactly, though they come at once; known login or not', async () => {
  for (const login of ['clerk', 'ghost']) {
    const answers = await guessFromMany(login, 35);
    expect(answers.filter((code) => code === refused)).toHaveLength(50);
    expect(answers.filter((code) => code === locked)).toHaveLength(20);
  }
  expect(await right('clerk', '203.0.113.99')).toBe(locked);
  world.system.clock.advance(60 * 60_000);
  expect(await right('clerk', '203.0.113.99')).toBe('signed-in');
});

test('where a person signs in, strangers do not lock them out; thirty days later the address is a stranger again', async () => {
  expect(await right('clerk', OFFICE)).toBe('signed-in');
  await guessFromMany('clerk', 30);
  expect(await right('clerk', '203.0.113.99')).toBe(locked);
  expect(await right('clerk', OFFICE)).toBe('signed-in');
  // The known address has a strict count of its own.
  for (let i = 0; i < 5; i += 1) expect(await signIn('clerk', OFFICE)).toBe(refused);
  expect(await right('clerk', OFFICE)).toBe(locked);
  world.system.clock.advance(31 * 24 * 60 * 60_000);
  await guessFromMany('clerk', 30);
  expect(await right('clerk', OFFICE)).toBe(locked);
});

test('a right attempt takes itself back from the hour, not the attempts of others', async () => {
  await guessFromMany('keeper', 4);
  expect(await right('keeper', OFFICE)).toBe('signed-in');
  const { rows } = await world.system.database.owner.query(
    "select failures from access.login_attempt where login = 'keeper' and address = '*'",
  );
  expect(rows).toEqual([{ failures: 8 }]);
});

test('an administrator sees the lock and ends it everywhere', async () => {
  await guessFromMany('buyer', 30);
  const admin = await world.signIn('admin');
  const path = `/access/user-security/${world.users.get('buyer')}`;
  expect((await world.call('GET', path, { cookie: admin })).body.lockedUntil).not.toBeNull();
  await world.call('POST', `${path}/unlock`, { cookie: admin, body: { reason: 'asked by phone' } });
  expect((await world.call('GET', path, { cookie: admin })).body.lockedUntil).toBeNull();
  expect(await right('buyer', '203.0.113.1')).toBe('signed-in');
});
