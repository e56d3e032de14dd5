import { text } from '../i18n/text.ts';
import { StartRefusal } from './start-refusal.server.ts';

const diskIsFull = (dir: string): StartRefusal =>
  new StartRefusal(
    'disk-full',
    text(
      `磁盘已满，数据库无法在 ${dir} 写入。已有数据未受影响。请释放空间后重新启动。`,
      `The disk is full: the database cannot write in ${dir}. Nothing already stored is affected. Free some space and start again.`,
    ),
  );

const notWritable = (dir: string, why: string): StartRefusal =>
  new StartRefusal(
    'data-not-writable',
    text(
      `数据目录 ${dir} 不可写（${why}）。请修改目录权限，或用 MEDTRADE_DATA 指定其他目录。`,
      `The data folder ${dir} cannot be written (${why}). Change its permissions or choose another folder with MEDTRADE_DATA.`,
    ),
  );

/** Why a folder could not be made or handed to PostgreSQL. */
export const refuseUnusable = (dir: string, error: NodeJS.ErrnoException): StartRefusal =>
  error.code === 'ENOSPC' ? diskIsFull(dir) : notWritable(dir, error.message);

/** The folder holds a cluster of another PostgreSQL version, or none at all (major 0). */
export function refuseOtherMajor(dir: string, major: number, wanted: number): StartRefusal {
  if (major === 0) {
    return new StartRefusal(
      'not-a-database',
      text(
        `${dir} 不是空目录，也不是 PostgreSQL 数据目录，因此未做任何改动。请清空它，或用 MEDTRADE_DATA 指定其他目录。`,
        `${dir} is neither empty nor a PostgreSQL data folder; nothing was touched. Empty it or choose another folder with MEDTRADE_DATA.`,
      ),
    );
  }
  return new StartRefusal(
    'other-postgres-major',
    text(
      `${dir} 中的数据属于 PostgreSQL ${major}，当前程序自带 PostgreSQL ${wanted}。数据未被改动。请使用原来的 MedTrade 版本，` +
        `或运行 PostgreSQL ${major} 并用 DATABASE_URL 指向它。`,
      `The data in ${dir} belongs to PostgreSQL ${major}; this program brings PostgreSQL ${wanted}. The data was not touched. ` +
        `Use the MedTrade version it was made with, or run a PostgreSQL ${major} on it and point DATABASE_URL there.`,
    ),
  );
}

const inUse = (dir: string, why: string): StartRefusal =>
  new StartRefusal(
    'data-in-use',
    text(
      `数据目录 ${dir} 正被另一个 PostgreSQL 使用，它不是由 MedTrade 启动的或无法访问（${why}）。请先停止它。`,
      `The data folder ${dir} is in use by another PostgreSQL that MedTrade did not start or cannot reach (${why}). Stop that one first.`,
    ),
  );

/** A server runs on the folder but does not let us in: it belongs to somebody else. */
export const refuseStranger = (dir: string, error: Error): StartRefusal =>
  /No space left/i.test(error.message) ? diskIsFull(dir) : inUse(dir, error.message);

/** Turns what PostgreSQL wrote while failing to start into a sentence with a way out. */
export function explainStart(dir: string, output: string): StartRefusal {
  if (/No space left on device|Disk quota exceeded/i.test(output)) return diskIsFull(dir);
  if (/lock file .* already exists|pre-existing shared memory block/.test(output)) {
    return inUse(dir, output.trim().split('\n').at(-1) ?? '');
  }
  if (/Permission denied|Read-only file system|has wrong ownership|invalid permissions/i.test(output)) {
    return notWritable(dir, output.trim().split('\n').at(-1) ?? '');
  }
  const tail = output.trim().split('\n').slice(-6).join('\n');
  return new StartRefusal(
    'postgres-did-not-start',
    text(
      `内置 PostgreSQL 未能启动，数据未被改动。日志 ${dir}.log 的末尾：\n${tail}`,
      `The built-in PostgreSQL did not start; the data was not touched. The end of ${dir}.log:\n${tail}`,
    ),
  );
}
