import { configDefaults, defineConfig } from 'vitest/config';
import { findChromium } from './scripts/chromium.mjs';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    // scripts/test.mjs says loudly where they are left out.
    exclude: [...configDefaults.exclude, ...(findChromium() ? [] : ['src/**/*.browser.test.ts'])],
    globalSetup: ['src/kernel/test/cluster.setup.server.ts'],
    setupFiles: ['src/kernel/test/close.setup.server.ts'],
    // One module graph per worker: twenty times faster than isolation. Tests keep their state in their own database.
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
  },
});
