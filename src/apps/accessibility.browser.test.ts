import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { browserWorld, type BrowserWorld } from '#kernel/test/browser.server.ts';

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

let w: BrowserWorld;
/** Where a posted voucher stands. */
const documents = { posted: '' };

const pages = new Map<string, Page>();

beforeAll(async () => {
  w = await browserWorld();
  const page = await w.openPage('controller');
  pages.set('controller', page);
  const list = await page.request.get(`${w.origin}/api/finance/journal-vouchers`);
  const rows = ((await list.json()) as { rows: readonly { id: string; state: string }[] }).rows;
  documents.posted = `/m/finance/journal-vouchers/${rows.find((r) => r.state === 'posted')?.id}`;
}, 120_000);

const asked = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] };

/** What WCAG 2.2 AA forbids and hinders people seriously, as `rule: element`. */
async function hindrances(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's own policy forbids foreign scripts, as it should.
  await page.evaluate(axe.source);
  const found = (await page.evaluate(`axe.run(document, ${JSON.stringify(asked)}).then((r) => r.violations)`)) as readonly Violation[];
  return found
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)}`));
}

/** The page is there and at rest: its title stands, nothing loads, nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  const isBusy = `document.querySelector('.skeleton-rows, .skeleton-title, .ant-spin-spinning, [aria-busy="true"]') !== null
    || document.getAnimations().some((a) => a.playState === 'running')`;
  await expect.poll(() => page.evaluate(isBusy), { timeout: 15_000, interval: 50 }).toBe(false);
}

interface Place {
  readonly name: string;
  readonly user: string;
  readonly path: () => string;
}

const everyday: readonly Place[] = [
  { name: 'home', user: 'clerk', path: () => '/' },
  { name: 'a list', user: 'clerk', path: () => '/m/finance/journal-vouchers' },
  { name: 'a document', user: 'clerk', path: () => documents.posted },
  { name: 'a new document', user: 'clerk', path: () => '/m/finance/journal-vouchers/new' },
];

const others: readonly Place[] = [
  { name: 'approvals', user: 'clerk', path: () => '/approvals' },
  { name: 'stock on hand', user: 'clerk', path: () => '/warehouse/stock' },
  { name: 'the trial balance', user: 'clerk', path: () => '/finance/trial-balance' },
  { name: 'the import of a list', user: 'admin', path: () => '/import/legal-entity' },
  { name: 'my account', user: 'admin', path: () => '/account' },
  { name: 'the audit trail', user: 'admin', path: () => '/audit' },
  { name: 'API keys', user: 'admin', path: () => '/access/api-keys' },
  { name: 'the permission matrix', user: 'admin', path: () => '/access/permission-matrix' },
  { name: 'the data dictionary', user: 'admin', path: () => '/dictionary' },
  { name: 'the API reference', user: 'admin', path: () => '/api-reference' },
];

/** One browser per person, taken from page to page. */
async function visit({ user, path }: Pick<Place, 'user' | 'path'>): Promise<Page> {
  const open = pages.get(user);
  if (open) await open.goto(`${w.origin}${path()}`);
  const page = open ?? (await w.openPage(user, { path: path() }));
  pages.set(user, page);
  await settled(page);
  expect(await page.getByText('您没有查看这里的权限').count()).toBe(0);
  return page;
}

async function speak(page: Page, language: '中' | 'EN'): Promise<void> {
  await page.getByRole('button', { name: language, exact: true }).click();
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language === 'EN' ? 'en' : 'zh-CN');
  await settled(page);
}

describe('nobody is kept out by the way a page is built', { timeout: 60_000 }, () => {
  test.each(['zh-CN', 'en'] as const)('not at the log-in in %s, and a wrong password is said, not only coloured', async (locale) => {
    const page = await w.openPage(null, { locale });
    await page.locator('input[type=password]').waitFor();
    expect(await hindrances(page)).toEqual([]);
    await page.locator('input[autocomplete=username]').fill('clerk');
    await page.locator('input[type=password]').fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.locator('input[type=password]').getAttribute('aria-invalid')).toBe('true');
    expect(await hindrances(page)).toEqual([]);
    await page.context().close();
  });

  test.each(everyday)('not on $name, in both languages', async (place) => {
    const page = await visit(place);
    expect(await hindrances(page)).toEqual([]);
    await speak(page, 'EN');
    expect(await hindrances(page)).toEqual([]);
    await speak(page, '中');
  });

  test('a field that lost its name would be found', async () => {
    const page = await visit({ user: 'clerk', path: () => '/m/finance/journal-vouchers/new' });
    await page.evaluate(`document.querySelectorAll('.dp-label').forEach((label) => label.remove())`);
    expect((await hindrances(page)).map((found) => found.split(':')[0])).toContain('label');
  });

  test('not in the preview of an action, which cannot be confirmed without the reason it asks for', async () => {
    const page = await visit({ user: 'controller', path: () => documents.posted });
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('button', { name: '冲销' }).click();
    const preview = page.getByRole('dialog');
    await preview.getByRole('region', { name: '会计分录' }).waitFor();
    await settled(page);
    expect(await preview.getByLabel('原因').getAttribute('aria-required')).toBe('true');
    expect(await preview.getByRole('button', { name: '冲销' }).isDisabled()).toBe(true);
    expect(await hindrances(page)).toEqual([]);
  });

  test.each(others)('not on $name', async (place) => {
    expect(await hindrances(await visit(place))).toEqual([]);
  });

  test('and no page met a fault meanwhile', () => {
    expect(w.faults).toEqual([]);
  });
});
