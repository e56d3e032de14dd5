import { beforeAll, expect, test } from 'vitest';
import { browserWorld, type BrowserWorld } from '#kernel/test/browser.server.ts';

let w: BrowserWorld;
beforeAll(async () => {
  w = await browserWorld();
}, 120_000);

async function partyNamed(user: string, locale: 'zh-CN' | 'en', code: string) {
  const page = await w.openPage(user, { locale });
  await page.getByRole('navigation').first().waitFor();
  const { items } = (await (await page.request.get(`${w.origin}/api/choices/party?q=${code}`)).json()) as { items: { id: string }[] };
  await page.goto(`${w.origin}/m/party/parties/${items[0]?.id}`);
  await page.getByRole('tab', { name: /^(资质|Qualification)$/ }).click();
  return page;
}

test('the page of a party whose licence lapsed says which, and why it cannot be submitted', async () => {
  const page = await partyNamed('quality2', 'zh-CN', 'S007');
  await page.getByText('还有 1 项未满足').waitFor();
  await page
    .getByText(/医疗器械生产许可证 津药监械生产许\d+号 已于 .* 到期/)
    .first()
    .waitFor();
  expect(w.faults).toEqual([]);
}, 60_000);

test('the head of quality approves a supplier by signature, in English', async () => {
  const page = await partyNamed('quality', 'en', 'S029');
  await page.getByText('The file is complete').waitFor();
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign and Approve' }).click();
  const signing = page.getByRole('dialog').filter({ has: page.locator('input[type=password]') });
  await signing.locator('input[type=password]').fill(w.server.demoLogIns[0]?.password ?? '');
  await page.keyboard.press('Enter');
  await main.getByText('Approved', { exact: true }).first().waitFor();
  expect(w.faults).toEqual([]);
}, 60_000);
