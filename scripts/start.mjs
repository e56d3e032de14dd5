// `npm start`: brings a fresh clone to a running MedTrade. Plain Node, because nothing is installed yet when it begins.
import { spawn } from 'node:child_process';
import { buildIfChanged, checkNode, installIfNeeded, orStop, root } from './prepare.mjs';

orStop(checkNode, installIfNeeded, buildIfChanged);

const server = spawn(process.execPath, ['--enable-source-maps', 'dist/server/server.js', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// The console sends Ctrl-C to the server itself; a service manager only knows this process.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
