import { entryScript, isLoadFault } from './load-fault.ts';
import { makeStore } from './store.web.ts';

/** The server offers other scripts than this page was made of: parts that are not loaded yet are gone. */
export const newVersion = makeStore(false);

const ownScript = (): string | null => document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null;

async function lookForNewVersion(): Promise<void> {
  const page = await fetch('/', { cache: 'no-store' }).catch(() => null);
  if (!page?.ok) return;
  const offered = entryScript(await page.text());
  if (offered !== undefined && offered !== ownScript()) newVersion.set(true);
}

/** Notices parts of the page that cannot be loaded, wherever they were asked for. */
export function watchForNewVersion(): void {
  window.addEventListener('vite:preloadError', () => void lookForNewVersion());
  window.addEventListener('unhandledrejection', (event) => {
    if (isLoadFault(event.reason)) void lookForNewVersion();
  });
}
