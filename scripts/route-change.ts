/**
 * How long a change of page takes: from the click on a link until the page stands there with its data and is painted. Twenty changes in
 * a running product, scripts loaded, every document opened for the first time. Fails over the budget of 200 ms (median).
 * Usage: npm run route-change -- <address> <user> <password>; a demo prints all three when it starts (take the controller).
 */
import { chromium, type Page } from 'playwright-core';
import { findChromium } from './chromium.mjs';

const [origin, user, password] = process.argv.slice(2);
const BUDGET_MS = 200;
const CHANGES = 20;
const WAIT_MAX_MS = 15_000;

/** A stop on the way: how to find the link that leads there, and what stands there once it is reached. */
interface Stop {
  readonly name: string;
  readonly link: string;
  readonly ready: string;
}

const listStop = (name: string, path: string): Stop => ({ name, link: `nav a[href="${path}"]`, ready: `main a[href^="${path}/"]` });
const documentStop = (name: string, path: string): Stop => ({ name, link: `main a[href^="${path}/"]`, ready: 'main .dp-main' });
const vouchers = '/m/finance/journal-vouchers';
const products = '/m/catalogue/products';
const round: readonly Stop[] = [
  listStop('list of vouchers', vouchers),
  documentStop('voucher', vouchers),
  listStop('list of products', products),
  documentStop('product', products),
  { name: 'home', link: 'nav a[href="/"]', ready: 'main .home' },
];

/** Runs in the page: clicks and answers the milliseconds until the place is painted, nothing of it still loading. */
const CHANGE = `(async ({ link, ready, nth, waitMaxMs }) => {
  const links = [...document.querySelectorAll(link)].filter((a) => !/\\/(new|import)$/.test(a.pathname));
  const target = links[nth % links.length];
  if (!target) throw new Error('no link ' + link);
  const begun = performance.now();
  target.click();
  const isThere = () => location.pathname === target.pathname && document.querySelector(ready) !== null
    && document.querySelector('main .skeleton-rows, main .skeleton-title') === null;
  await new Promise((done, fail) => {
    const look = () => {
      if (isThere()) requestAnimationFrame(() => setTimeout(done));
      else if (performance.now() - begun > waitMaxMs) fail(new Error('never arrived at ' + target.pathname));
      else requestAnimationFrame(look);
    };
    look();
  });
  return performance.now() - begun;
})`;

const change = (page: Page, stop: Stop, nth: number): Promise<number> =>
  page.evaluate(`${CHANGE}(${JSON.stringify({ link: stop.link, ready: stop.ready, nth, waitMaxMs: WAIT_MAX_MS })})`);

async function measure(): Promise<number[]> {
  if (!origin || !user || !password) throw new Error('say where, as whom and with which password');
  const executablePath = findChromium();
  if (!executablePath) throw new Error('there is no Chromium: install it or set CHROMIUM_PATH');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const answer = await page.request.post(`${origin}/api/session`, { data: { login: user, password } });
    if (!answer.ok()) throw new Error(`${user} could not sign in at ${origin}: ${answer.status()}`);
    await page.goto(origin);
    await page.locator('main .home').waitFor();
    for (const stop of round) await change(page, stop, 0);
    const taken: number[] = [];
    for (let i = 0; i < CHANGES; i += 1) {
      const stop = round[i % round.length]!;
      const ms = await change(page, stop, 1 + Math.floor(i / round.length));
      taken.push(ms);
      console.log(`${ms.toFixed(0).padStart(5)} ms  ${stop.name}`);
    }
    return taken.sort((a, b) => a - b);
  } finally {
    await browser.close();
  }
}

const taken = await measure();
const median = taken[Math.floor(taken.length / 2)]!;
console.log(`median ${median.toFixed(0)} ms, most ${taken.at(-1)!.toFixed(0)} ms, budget ${BUDGET_MS} ms`);
if (median > BUDGET_MS) process.exitCode = 1;
