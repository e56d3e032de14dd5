// `npm run dev`: the server from source, started again when it changes, and the web with hot reload on port 5173.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = (...path: string[]): string => join(root, 'node_modules', ...path);

const children = [
  spawn(process.execPath, [program('tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'src/apps/server.ts'], {
    cwd: root,
    stdio: 'inherit',
  }),
  spawn(process.execPath, [program('vite/bin/vite.js')], { cwd: root, stdio: 'inherit' }),
];

let isEnding = false;
function end(signal: NodeJS.Signals): void {
  if (isEnding) return;
  isEnding = true;
  for (const child of children) child.kill(signal);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));
for (const child of children) child.on('exit', () => end('SIGTERM'));
