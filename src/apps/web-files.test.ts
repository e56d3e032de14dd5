import { Hono } from 'hono';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webFiles } from './web-files.server.ts';

let folder: string;
let app: Hono;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'medtrade-web-'));
  mkdirSync(join(folder, 'dist/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'dist/index.html'), '<html>shell</html>');
  writeFileSync(join(folder, 'dist/assets/app-1a2b.js'), 'plain');
  writeFileSync(join(folder, 'dist/assets/app-1a2b.js.br'), 'brotli');
  writeFileSync(join(folder, 'dist/assets/app-1a2b.js.gz'), 'gzip');
  app = new Hono().use('*', webFiles(join(folder, 'dist')));
});
afterAll(() => rmSync(folder, { recursive: true }));

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe('the built web', () => {
  test('keeps hashed files for ever and comes compressed as the browser likes it best', async () => {
    const best = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, deflate, br' });
    expect([best.headers.get('content-encoding'), await best.text()]).toEqual(['br', 'brotli']);
    expect(best.headers.get('cache-control')).toContain('immutable');
    expect(best.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await (await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br;q=0' })).text()).toBe('gzip');
    expect(await (await get('/assets/app-1a2b.js')).text()).toBe('plain');
  });

  test('is not sent again where the browser has it', async () => {
    const etag = (await get('/assets/app-1a2b.js')).headers.get('etag') ?? '';
    expect((await get('/assets/app-1a2b.js', { 'if-none-match': etag })).status).toBe(304);
  });

  test('answers addresses of its own router with the entry page, never from a cache', async () => {
    for (const path of ['/', '/sales/orders/so_1']) {
      const page = await get(path);
      expect(await page.text()).toBe('<html>shell</html>');
      expect(page.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('does not answer for the API, for files that are not there, or for files outside its folder', async () => {
    for (const path of ['/api/nothing', '/assets/gone.js', '/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt']) {
      expect((await get(path)).status).toBe(404);
    }
    expect((await app.request('/', { method: 'POST' })).status).toBe(404);
  });
});
