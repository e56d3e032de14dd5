import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium } from '#scripts/chromium.mjs';
import { readSettings } from '#apps/settings.server.ts';
import { startServer, type RunningServer } from '#apps/start.server.ts';
import { projectRoot } from '../db/project-root.server.ts';
import { emptyDatabase, onceOnly } from './world.server.ts';

/** Nothing but the page: no first-run pages, no calls home. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const ACTION_MS = 20_000;

export interface OpenPageOptions {
  /** Path to open, `/` where left out. */
  readonly path?: string;
  /** Language of the browser. */
  readonly locale?: 'zh-CN' | 'en';
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** The product with its demo company behind a real browser. Ends with the test file. */
export interface BrowserWorld {
  readonly origin: string;
  readonly server: RunningServer;
  /** Opens a page in a browser of its own (own cookies), signed in as this demo user; null: nobody. */
  readonly openPage: (user: string | null, options?: OpenPageOptions) => Promise<Page>;
  /** What went wrong inside the pages: uncaught errors and errors on the console. */
  readonly faults: readonly string[];
}

async function signIn(page: Page, server: RunningServer, user: string): Promise<void> {
  const logIn = server.demoLogIns.find((l) => l.user === user);
  if (!logIn) throw new Error(`the demo has no log-in ${user}; it has ${server.demoLogIns.map((l) => l.user).join(', ')}`);
  const answer = await page.request.post(`${server.origin}/api/session`, { data: { login: user, password: logIn.password } });
  if (!answer.ok()) throw new Error(`${user} could not sign in: ${answer.status()} ${await answer.text()}`);
}

function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    // A refused request shows on the console by itself; whether it was meant is for the test to say.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
}

async function startDemo(): Promise<RunningServer> {
  if (!existsSync(join(projectRoot, 'dist/web/index.html'))) throw new Error('the web is not built: run npm test, or vite build');
  const dataDir = await mkdtemp(join(tmpdir(), 'medtrade-browser-'));
  onceOnly(() => rm(dataDir, { recursive: true, force: true }));
  const database = await emptyDatabase();
  const settings = readSettings({
    PORT: '0',
    MEDTRADE_DATA: dataDir,
    DATABASE_URL: database.url,
    MEDTRADE_DEMO: 'on',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
  });
  const server = await startServer(settings, { say: () => undefined, onLost: (error) => console.error(error) });
  onceOnly(server.stop);
  return server;
}

async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('there is no Chromium: install it or set CHROMIUM_PATH');
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  onceOnly(() => browser.close());
  return browser;
}

/** Starts the product on a fresh demo database and a browser; call it once per file, in `beforeAll`. */
export async function browserWorld(): Promise<BrowserWorld> {
  const [server, browser] = await Promise.all([startDemo(), launchBrowser()]);
  const faults: string[] = [];
  return {
    origin: server.origin,
    server,
    faults,
    openPage: async (user, options = {}) => {
      const setup: BrowserContextOptions = {
        locale: options.locale ?? 'zh-CN',
        viewport: options.viewport ?? { width: 1440, height: 900 },
      };
      const context = await browser.newContext(setup);
      context.setDefaultTimeout(ACTION_MS);
      const page = await context.newPage();
      watch(page, faults);
      if (user !== null) await signIn(page, server, user);
      await page.goto(`${server.origin}${options.path ?? '/'}`);
      return page;
    },
  };
}
