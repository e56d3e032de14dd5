import { createHash } from 'node:crypto';
import { sql, systemScope } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';
import type { Job } from '../module.server.ts';
import type { FileStore } from './file-store.server.ts';
import { fileStore } from './store.server.ts';

const PAGE = 500;

async function hashOf(store: FileStore, hash: string): Promise<string | undefined> {
  const stream = await store.read(hash);
  if (!stream) return undefined;
  const found = createHash('sha256');
  for await (const chunk of stream) found.update(chunk);
  return found.digest('hex');
}

const pageAfter = (system: System, after: string): Promise<{ hash: string; size: string }[]> =>
  system.db.read(systemScope, (tx) =>
    tx.query<{ hash: string; size: string }>(sql`select hash, size from kernel.file where hash > ${after} order by hash limit ${PAGE}`),
  );

/** Reads every stored byte again and compares it with its name: silent loss or change on the disk is found within a day. */
export async function verifyFiles(
  system: System,
  progress: (done: number, total: number) => Promise<void>,
): Promise<{ checked: number; missing: string[]; damaged: string[] }> {
  const store = fileStore(system);
  const startedAt = system.clock.now().toISOString();
  const { count } = await system.db.read(systemScope, (tx) =>
    tx.one<{ count: number }>(sql`select count(*)::int as count from kernel.file`),
  );
  const missing: string[] = [];
  const damaged: string[] = [];
  let checked = 0;
  let bytes = 0n;
  for (let page = await pageAfter(system, ''); page.length > 0; page = await pageAfter(system, page.at(-1)?.hash ?? '')) {
    for (const { hash, size } of page) {
      const found = await hashOf(store, hash);
      if (found === undefined) missing.push(hash);
      else if (found !== hash) damaged.push(hash);
      checked += 1;
      bytes += BigInt(size);
    }
    await progress(checked, count);
  }
  await system.db.write(systemScope, (tx) =>
    tx.query(sql`
    insert into kernel.file_check (started_at, finished_at, checked, bytes, missing, damaged)
    values (${startedAt}, ${system.clock.now().toISOString()}, ${checked}, ${bytes.toString()}, ${missing}, ${damaged})`),
  );
  if (missing.length > 0 || damaged.length > 0) system.log.error({ missing, damaged }, 'stored files do not match their hashes');
  return { checked, missing, damaged };
}

/** Nightly at 19:30 UTC, half past three in China. */
export const verifyFilesJob: Job = {
  name: 'files.verify',
  cron: '30 19 * * *',
  run: async (system, _payload, progress) => {
    await verifyFiles(system, progress);
  },
};
