import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cookieHeader, cookieValue } from './cookie.server.ts';
import { makeSecretBox, secretBox } from './secret-box.server.ts';

test('a sealed secret opens for its purpose and key only, and not after a change', () => {
  const box = makeSecretBox(randomBytes(32));
  const sealed = box.seal('totp usr_1', '秘密');
  expect(box.open('totp usr_1', sealed)).toBe('秘密');
  expect(box.open('totp usr_2', sealed)).toBeUndefined();
  expect(makeSecretBox(randomBytes(32)).open('totp usr_1', sealed)).toBeUndefined();
  const middle = Math.floor(sealed.length / 2);
  const changed = `${sealed.slice(0, middle)}${sealed[middle] === 'A' ? 'B' : 'A'}${sealed.slice(middle + 1)}`;
  expect(box.open('totp usr_1', changed)).toBeUndefined();
  expect(box.open('totp usr_1', '')).toBeUndefined();
  expect(box.seal('totp usr_1', '秘密')).not.toBe(sealed);
});

test('the key is made once, for the owner of the data folder only, and a broken one is refused by name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'medtrade-key-'));
  secretBox(folder);
  const path = join(folder, 'secret.key');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const made = await readFile(path, 'utf8');
  secretBox(`${folder}/.`);
  expect(await readFile(path, 'utf8')).toBe(made);
  await writeFile(path, 'short');
  expect(() => secretBox(`${folder}/./`)).toThrow(/secret\.key is not a key of 32 bytes/);
  await rm(folder, { recursive: true });
});

test('a cookie is found by its exact name among others', () => {
  expect(cookieValue('a=1; medtrade_session=abc; b=2', 'medtrade_session')).toBe('abc');
  expect(cookieValue('xmedtrade_session=evil', 'medtrade_session')).toBeUndefined();
  expect(cookieValue(null, 'medtrade_session')).toBeUndefined();
  expect(cookieHeader('n', 'v', { origin: 'https://a.example', sameSite: 'Strict', maxAge: 0 })).toBe(
    'n=v; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0',
  );
});
