// `npm test`: installs what is missing, then runs every test; arguments go to the test runner (`npm test -- src/kernel/db`).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { buildIfChanged, checkNode, installIfNeeded, orStop, root } from './prepare.mjs';

orStop(checkNode, installIfNeeded);

function installChromium() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  process.stdout.write('Installing Chromium for the browser tests (apt-get)…\n');
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
}

const args = process.argv.slice(2);
const isWhole = args.length === 0;
const wantsBrowser = isWhole || args.some((arg) => arg.includes('browser'));
if (wantsBrowser && !findChromium()) installChromium();
const chromium = findChromium();
if (wantsBrowser && !chromium) {
  process.stdout.write('\n*** NO CHROMIUM: the browser tests are SKIPPED. Install chromium or set CHROMIUM_PATH. ***\n\n');
}
orStop(buildIfChanged);

const runner = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => runner.kill(signal));
runner.on('exit', (code) => {
  if (wantsBrowser && !chromium) process.stdout.write('\n*** Browser tests were SKIPPED: no Chromium. ***\n');
  process.exit(code ?? 1);
});
