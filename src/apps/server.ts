import { StartRefusal } from '#kernel/db/start-refusal.server.ts';
import { readSettings } from './settings.server.ts';
import { startServer, type RunningServer } from './start.server.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function complain(error: unknown): void {
  const isExpected = error instanceof StartRefusal;
  process.stderr.write(`\n${isExpected ? error.message : ((error as Error)?.stack ?? String(error))}\n\n`);
}

function announce(server: RunningServer): void {
  const logIns = server.demoLogIns.map((logIn) => `  ${logIn.user.padEnd(28)} ${logIn.password.padEnd(20)} ${logIn.role}`);
  const setup = server.setupLink ? [`  首次设置（24 小时内有效，仅一次） First setup (once, within 24 hours):\n  ${server.setupLink}`] : [];
  // In one piece: whoever waits for the address has the rest with it.
  say([`\n  MedTrade  ${server.origin}\n`, ...logIns, ...setup, ''].join('\n'));
}

const startedAt = performance.now();
let server: RunningServer | undefined;
let stopAskedAt: number | undefined;
/** Ctrl-C reaches every process of the console, so the same wish may arrive twice at once. */
const SAME_WISH_MS = 700;

async function stop(exitCode: number): Promise<void> {
  if (!server) return; // still starting: stops as soon as it is up
  say('正在停止 Stopping…');
  await server.stop();
  process.exit(exitCode);
}

/** A second wish ends the process at once. The embedded PostgreSQL is its own process, stays whole, and is taken over by the next start. */
function onSignal(): void {
  if (stopAskedAt === undefined) {
    stopAskedAt = performance.now();
    void stop(0);
  } else if (performance.now() - stopAskedAt > SAME_WISH_MS) process.exit(1);
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal);

try {
  server = await startServer(readSettings(), {
    say,
    onLost: (error) => {
      complain(error);
      void stop(1);
    },
  });
  announce(server);
  say(`  ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  if (stopAskedAt !== undefined) await stop(0);
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
