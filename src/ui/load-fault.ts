// What browsers say when a script of the page cannot be loaded: Chromium, Firefox, Safari, and Vite for its style sheets.
const said = [
  'failed to fetch dynamically imported module',
  'error loading dynamically imported module',
  'importing a module script failed',
  'unable to preload css',
];

/** Whether a fault means that a part of the application could not be loaded, as after an update, when the old files are gone. */
export function isLoadFault(error: unknown): boolean {
  const message = error instanceof Error ? error.message.toLowerCase() : '';
  return said.some((words) => message.includes(words));
}

/** The entry script a page names, e.g. `/assets/index-B1x.js`; undefined where it names none. */
export const entryScript = (html: string): string | undefined =>
  /<script[^>]*type="module"[^>]*src="([^"]+)"/.exec(html)?.[1] ?? /<script[^>]*src="([^"]+)"[^>]*type="module"/.exec(html)?.[1];
