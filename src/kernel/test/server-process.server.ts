import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../db/project-root.server.ts';

/** The built product running as its own process, as users start it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly output: () => string;
  /** Sends the signal and answers the exit code (null: ended by a signal). */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

const exitOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', (code) => resolve(code)));

function launch(env: Readonly<Record<string, string>>): { child: ChildProcess; output: () => string; exited: Promise<number | null> } {
  const child = spawn(process.execPath, [join(projectRoot, 'dist/server/server.js')], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', PORT: '0', MEDTRADE_DEMO: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, exited: exitOf(child) };
}

/** Starts the built server and waits for the address it prints. */
export async function startServerProcess(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const { child, output, exited } = launch(env);
  const origin = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const found = /MedTrade {2}(http:\S+)/.exec(output())?.[1];
      if (found) resolve(found);
    };
    child.stdout?.on('data', look);
    void exited.then(() => reject(new Error(`the server did not start:\n${output()}`)));
  });
  return {
    child,
    origin,
    output,
    end: (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}

/** Starts the built server where it must not start, and answers what it said. */
export async function refusedStart(env: Readonly<Record<string, string>>): Promise<{ code: number | null; said: string }> {
  const { output, exited } = launch(env);
  const code = await exited;
  return { code, said: output() };
}
