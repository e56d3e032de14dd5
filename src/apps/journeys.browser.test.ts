import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { browserWorld, type BrowserWorld } from '#kernel/test/browser.server.ts';

let w: BrowserWorld;
beforeAll(async () => {
  w = await browserWorld();
}, 120_000);

const TABS_MAX = 60;
/** A person's pace: quicker keys in a grid are a scanner's. */
const PACE_MS = 60;

async function open(user: string, path = '/'): Promise<Page> {
  const page = await w.openPage(user, { path });
  await page.getByRole('navigation', { name: '主菜单' }).waitFor();
  return page;
}

const main = (page: Page): Locator => page.getByRole('main');
const heading = (page: Page): Locator => main(page).getByRole('heading', { level: 1 });
const button = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole('button', { name, exact: true });
const grid = (page: Page): Locator => main(page).getByRole('grid');
/** A cell of the lines, counted from 0. */
const cell = (page: Page, row: number, column: number): Locator =>
  grid(page)
    .getByRole('row')
    .nth(row + 1)
    .getByRole('gridcell')
    .nth(column);
/** What is said below the lines about the cell the cursor stands in. */
const said = (page: Page): Locator =>
  main(page)
    .locator('section')
    .filter({ has: page.getByRole('grid') })
    .getByRole('status')
    .last();

/** A claim that comes true when the server has answered. */
const eventually = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 15_000, interval: 60 });

/** Goes to something with the Tab key alone. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  const focused = target.and(page.locator(':focus'));
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(target)} was not reached with ${TABS_MAX} tabs`);
}

/** Types into the active cell of a grid as a person does. */
const typeInCell = (page: Page, letters: string): Promise<void> => page.keyboard.type(letters, { delay: PACE_MS });

async function pickInCell(page: Page, code: string): Promise<void> {
  await typeInCell(page, code);
  await page.getByRole('option', { name: code }).first().waitFor();
  await page.keyboard.press('Tab');
}

/** Agrees to what waits under "my work". */
async function approve(page: Page, title: string): Promise<void> {
  await main(page).getByRole('link', { name: title }).click();
  await button(main(page), '同意').click();
  await button(page.getByRole('dialog'), '同意').click();
  await main(page).getByText('已批准并执行').first().waitFor();
}

/** Fills the head of a voucher and goes into its lines, by keyboard. */
async function beginVoucher(page: Page, summary: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('记账凭证');
  await page.getByRole('option', { name: '记账凭证' }).first().waitFor();
  await page.keyboard.press('Enter');
  await tabTo(page, main(page).getByRole('link', { name: '新建记账凭证' }));
  await page.keyboard.press('Enter');
  await tabTo(page, main(page).getByLabel('公司'));
  await page.keyboard.press('ArrowDown');
  await tabTo(page, main(page).getByLabel('凭证类别'));
  await page.keyboard.type('付款');
  await tabTo(page, main(page).getByLabel('摘要'));
  await page.keyboard.type(summary);
  await tabTo(page, grid(page));
}

/** The chip of the state beside the title. */
const stateOf = (page: Page): Locator => main(page).locator('.page-head, .dp-head').locator('.chip').first();

describe('a day with vouchers', { timeout: 60_000 }, () => {
  const summary = '支付下季度房租';
  let clerk: Page;
  let controller: Page;

  test('a voucher is written with the keyboard alone; a wrong amount is refused at its cell, an unbalanced one at submitting', async () => {
    clerk = await open('clerk');
    await beginVoucher(clerk, summary);
    await clerk.keyboard.press('ArrowRight');
    await pickInCell(clerk, '660201');
    await typeInCell(clerk, '1200.505');
    await clerk.keyboard.press('ArrowDown');
    await clerk.keyboard.press('ArrowUp');
    expect(await cell(clerk, 0, 2).getAttribute('aria-invalid')).toBe('true');
    await eventually(() => said(clerk).innerText()).toContain('最多 2 位小数');
    await clerk.keyboard.press('Control+s');
    await clerk.getByText('处需要更正').waitFor();
    expect(clerk.url()).toMatch(/\/new$/);

    await typeInCell(clerk, '1200.50');
    await clerk.keyboard.press('ArrowDown');
    expect(await cell(clerk, 0, 2).getAttribute('aria-invalid')).toBeNull();
    await clerk.keyboard.press('ArrowLeft');
    await pickInCell(clerk, '1002');
    await clerk.keyboard.press('Tab');
    await typeInCell(clerk, '1200');
    await clerk.keyboard.press('Tab');
    await clerk.keyboard.press('Control+s');
    await clerk.waitForURL(/journal-vouchers\/jv_/);
    await eventually(() => stateOf(clerk).innerText()).toBe('草稿');

    await tabTo(clerk, button(main(clerk), /^提交/));
    await clerk.keyboard.press('Enter');
    await clerk.getByText('相差 0.50').waitFor();

    await tabTo(clerk, grid(clerk));
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await clerk.keyboard.press(key);
    await typeInCell(clerk, '1200.50');
    await clerk.keyboard.press('Tab');
    await clerk.keyboard.press('Control+s');
    await main(clerk).getByText('未保存').waitFor({ state: 'hidden' });
    await button(main(clerk), '提交').waitFor();
    await clerk.keyboard.press('Control+Enter');
    const preview = clerk.getByRole('dialog');
    await eventually(() => button(preview, '提交').isEnabled()).toBe(true);
    await tabTo(clerk, button(preview, '提交'));
    await clerk.keyboard.press('Enter');
    await eventually(() => stateOf(clerk).innerText()).toBe('已提交');
  });

  test('the controller approves what waits and posts it after seeing the journal; the clerk, who may not post, sees it happen', async () => {
    controller = await open('controller');
    await approve(controller, summary);
    await main(controller).getByRole('link', { name: '打开单据' }).click();
    await eventually(() => stateOf(clerk).innerText()).toBe('已批准');
    await eventually(() => button(main(clerk), /^记账/).getAttribute('aria-disabled')).toBe('true');
    await button(main(controller), '记账').click();
    const preview = controller.getByRole('dialog');
    const journal = preview.getByRole('region', { name: '会计分录' });
    await journal.waitFor();
    expect(await journal.innerText()).toMatch(/660201[^]*1,200\.50[^]*1002[^]*1,200\.50/);
    expect(await heading(controller).innerText()).toContain('未编号');
    await button(preview, '记账').click();
    await eventually(() => heading(controller).innerText()).toMatch(/JV-\d{6}-\d{4}/);

    await clerk.getByText('吴建国 刚刚执行了“记账”').waitFor();
    const numbered = await heading(controller).innerText();
    await eventually(() => heading(clerk).innerText()).toBe(numbered);
    await eventually(() => stateOf(clerk).innerText()).toBe('已过账');
  });

  test('a posted voucher is reversed with a reason, and without one it is not', async () => {
    await button(main(controller), '更多操作').click();
    await button(controller, '冲销').click();
    const preview = controller.getByRole('dialog');
    await preview.getByRole('region', { name: '会计分录' }).waitFor();
    expect(await button(preview, '冲销').isDisabled()).toBe(true);
    await preview.getByLabel('原因').fill('重复付款');
    await button(preview, '冲销').click();
    await eventually(() => stateOf(controller).innerText()).toBe('已冲销');
    await eventually(() => stateOf(clerk).innerText()).toBe('已冲销');
    expect(w.faults).toEqual([]);
  });
});

describe('opening stock from a spreadsheet', { timeout: 60_000 }, () => {
  /** Unlike any lot of the demo. */
  const lot = 'ZK7731';
  const lines = [
    ['CON-SYR-010', 'WH1-B02', `${lot}A`, '', '2026-01-10', '2098-06-30', '2400', '0.42'],
    ['CON-GLV-070', 'WH1-B03', `${lot}B`, '', '2026-02-11', '2098-07-31', '150', '2.95'],
    ['CON-MSX-050', 'WH1-B03', `${lot}C`, '', '2026-03-12', '2098-08-31', '20', '21.5'],
  ];
  let clerk: Page;

  test('three pasted lines find their products by code; a code nobody knows is marked and corrected', async () => {
    clerk = await open('clerk', '/m/warehouse/opening-stocks/new');
    await clerk.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await main(clerk).getByLabel('公司').selectOption({ index: 1 });
    await main(clerk).getByLabel('仓库').fill('WH1');
    await clerk.getByRole('option', { name: 'WH1' }).click();
    await cell(clerk, 0, 0).click();
    await clerk.evaluate(`navigator.clipboard.writeText(${JSON.stringify(lines.map((l) => l.join('\t')).join('\n'))})`);
    await clerk.keyboard.press('Control+v');
    await eventually(() => cell(clerk, 1, 0).innerText()).toContain('一次性使用灭菌橡胶外科手套');
    expect(await cell(clerk, 0, 1).innerText()).toContain('WH1-B02');
    expect(await cell(clerk, 0, 0).getAttribute('aria-invalid')).toBeNull();
    expect(await cell(clerk, 2, 0).getAttribute('aria-invalid')).toBe('true');
    await cell(clerk, 2, 0).click();
    await eventually(() => said(clerk).innerText()).toContain('找不到“CON-MSX-050”');
    await button(main(clerk), '保存草稿').click();
    await clerk.getByText('处需要更正').waitFor();

    await cell(clerk, 2, 0).click();
    await pickInCell(clerk, 'CON-MSK-050');
    expect(await cell(clerk, 2, 0).getAttribute('aria-invalid')).toBeNull();
    await button(main(clerk), '保存草稿').click();
    await eventually(() => heading(clerk).innerText()).toMatch(/OS-\d{4}-\d{5}/);
  });

  test('the keeper, not the clerk, puts it into stock after seeing what moves; the lot is found by search and stands on the stock page', async () => {
    const number = /OS-\d{4}-\d{5}/.exec(await heading(clerk).innerText())?.[0] ?? '';
    await button(main(clerk), '提交').click();
    await button(clerk.getByRole('dialog'), '提交').click();
    await eventually(() => stateOf(clerk).innerText()).toBe('已提交');
    await approve(await open('controller'), number);
    await button(main(clerk), /^过账入库/).waitFor();
    expect(await button(main(clerk), /^过账入库/).getAttribute('aria-disabled')).toBe('true');

    const keeper = await open('keeper2', '/m/warehouse/opening-stocks');
    await main(keeper).getByRole('link', { name: number }).click();
    await button(main(keeper), '过账入库').click();
    const preview = keeper.getByRole('dialog');
    const moves = preview.getByRole('region', { name: '货物移动（3）' });
    await moves.waitFor();
    expect(await moves.innerText()).toContain(`${lot}C`);
    await button(preview, '过账入库').click();
    await eventually(() => stateOf(keeper).innerText()).toBe('已过账');

    await keeper.keyboard.press('/');
    await keeper.getByRole('dialog').getByRole('combobox').fill(`${lot}B`);
    await keeper.getByRole('option', { name: `${lot}B` }).click();
    await main(keeper)
      .getByRole('cell', { name: `${lot}B` })
      .waitFor();
    expect(
      await main(keeper)
        .getByRole('cell', { name: `${lot}A` })
        .count(),
    ).toBe(0);
    expect(await main(keeper).getByRole('table').innerText()).toMatch(/CON-GLV-070[^]*WH1-B03[^]*150/);
    expect(w.faults).toEqual([]);
  });
});

describe('the shell', { timeout: 60_000 }, () => {
  test('who has no part in finance meets neither its menu nor its pages nor its data, but what is theirs', async () => {
    const sales = await open('sales');
    const menu = sales.getByRole('navigation', { name: '主菜单' });
    await menu.getByRole('link', { name: '现有库存' }).waitFor();
    expect(await menu.innerText()).not.toMatch(/记账凭证|科目余额表|财务/);
    for (const path of ['/m/finance/journal-vouchers', '/finance/trial-balance', '/audit']) {
      await sales.goto(`${w.origin}${path}`);
      await main(sales).getByRole('heading', { name: '您没有查看这里的权限' }).waitFor();
    }
    expect((await sales.request.get(`${w.origin}/api/finance/journal-vouchers`)).status()).toBe(403);
    await menu.getByRole('link', { name: '现有库存' }).click();
    await main(sales).getByRole('cell', { name: 'CON-SYR-010' }).first().waitFor();
    expect(await main(sales).getByRole('columnheader', { name: '成本金额' }).count()).toBe(0);
  });

  test('what was typed is offered back after reload and after signing out, and to nobody else on the same device', async () => {
    const path = '/m/finance/journal-vouchers/new';
    const page = await open('clerk', path);
    const offer = button(main(page), '恢复输入的内容');
    await main(page).getByLabel('摘要').fill('还没写完');
    await page.reload();
    await offer.click();
    expect(await main(page).getByLabel('摘要').inputValue()).toBe('还没写完');
    await main(page).getByLabel('摘要').fill('快写完了');
    await button(page, /我的账户/).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();

    const signIn = async (login: string) => {
      await page.getByLabel('用户名').fill(login);
      await page.getByLabel('密码', { exact: true }).fill(w.server.demoLogIns.find((l) => l.user === login)?.password ?? '');
      await button(page, '登录').click();
      await page.getByRole('navigation', { name: '主菜单' }).waitFor();
      await page.goto(`${w.origin}${path}`);
      await main(page).getByLabel('摘要').waitFor();
    };
    await signIn('controller');
    expect(await offer.count()).toBe(0);
    await page.request.delete(`${w.origin}/api/session`);
    await page.goto(`${w.origin}/`);
    await signIn('clerk');
    await offer.click();
    expect(await main(page).getByLabel('摘要').inputValue()).toBe('快写完了');
  });

  /** Every word of menu and header: what is shown, what is said, what is hinted. */
  const shellWords = (page: Page): Promise<string[]> =>
    page.evaluate(`[...document.querySelectorAll('nav.menu *, header.header *, .skip')].flatMap((e) => [
      e.getAttribute('aria-label'), e.getAttribute('title'), e.getAttribute('placeholder'),
      ...[...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data),
    ]).map((word) => (word ?? '').trim()).filter(Boolean)`);

  test('another language changes every word of the shell, and the page says which it is', async () => {
    const page = await open('controller');
    const language = page.getByRole('group', { name: '语言' });
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    const latin = (await shellWords(page)).filter((word) => !/[\u4e00-\u9fff]/.test(word));
    expect(latin.filter((word) => !/^(MedTrade|EN|Ctrl|K|\d+)$/.test(word))).toEqual([]);

    await button(language, 'EN').click();
    await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    // A person keeps their name, and the other language is written in its own signs.
    const chinese = (await shellWords(page)).map((word) => word.replaceAll('吴建国', '')).filter((word) => /[\u4e00-\u9fff]/.test(word));
    expect(chinese.filter((word) => word !== '中' && word !== '国')).toEqual([]);
    expect((await page.request.post(`${w.origin}/api/account/locale`, { data: { locale: 'tlh' } })).status()).toBeGreaterThanOrEqual(400);
    expect(w.faults).toEqual([]);
  });
});
