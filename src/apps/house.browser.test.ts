import { beforeAll, describe, expect, test } from 'vitest';
import { browserWorld, type BrowserWorld } from '#kernel/test/browser.server.ts';

let w: BrowserWorld;
beforeAll(async () => {
  w = await browserWorld();
}, 120_000);

describe('the house in a browser', { timeout: 60_000 }, () => {
  test('asks a stranger to sign in and lets a person of the demo in', async () => {
    const page = await w.openPage(null);
    await page
      .getByLabel(/用户名|登录名|Login|User/i)
      .first()
      .fill('admin');
    await page.locator('input[type=password]').fill(w.server.demoLogIns[0]?.password ?? '');
    await page.locator('button[type=submit]').click();
    await page.getByRole('navigation').first().waitFor();
    expect(w.faults).toEqual([]);
  });

  test('opens at once for somebody signed in, in the language of the person', async () => {
    const page = await w.openPage('auditor', { locale: 'en' });
    await page.getByRole('navigation').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(w.faults).toEqual([]);
  });

  test('keeps its scripts in the browser for ever and its entry page never', async () => {
    const entry = await fetch(`${w.origin}/`);
    expect(entry.headers.get('cache-control')).toBe('no-store');
    const script = /assets\/[\w.-]+\.js/.exec(await entry.text())?.[0];
    const asset = await fetch(`${w.origin}/${script}`, { headers: { 'accept-encoding': 'br' } });
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-encoding')).toBe('br');
  });
});
