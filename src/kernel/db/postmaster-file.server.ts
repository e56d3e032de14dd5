import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running PostgreSQL writes about itself into its data directory (`postmaster.pid`). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
}

export function readPostmasterFile(dataDir: string): PostmasterFile | undefined {
  const path = join(dataDir, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  const pid = Math.abs(Number(lines[0]));
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3] ?? 5432), socketDir: lines[4]?.trim() ?? '' } : undefined;
}

/** Whether the process is a living PostgreSQL: a reused number or a dead process nobody has collected yet is not. */
export function isPostgresAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, name, state] = /^\d+ \((.*)\) (\S)/.exec(stat) ?? [];
    return name === 'postgres' && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

/**
 * Makes a lock file of a dead server acceptable to PostgreSQL, which would refuse where the number now belongs to another
 * process or to a corpse. Its own parent's number never counts as a rival, so that number is written in; the check on shared
 * memory (a surviving backend) stays in force, which deleting the file would switch off.
 */
export function disarmStaleLock(dataDir: string): void {
  const path = join(dataDir, 'postmaster.pid');
  const [, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [String(process.pid), ...rest].join('\n'));
}
