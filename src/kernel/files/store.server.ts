import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileStore, ReceivedFile } from './file-store.server.ts';
import { s3Store, s3SettingsFrom } from './s3-store.server.ts';

/** A stream was longer than allowed. */
export class TooLargeError extends Error {
  readonly bytesMax: number;
  constructor(bytesMax: number) {
    super(`more than ${bytesMax} bytes`);
    this.name = 'TooLargeError';
    this.bytesMax = bytesMax;
  }
}

const filesFolder = (dataDir: string): string => join(dataDir, 'files');
const pathOf = (dataDir: string, hash: string): string => join(filesFolder(dataDir), hash.slice(0, 2), hash.slice(2, 4), hash);

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  // Some systems (Windows) cannot flush a folder; the file itself is flushed either way.
  await folder.sync().catch(() => undefined);
  await folder.close();
}

/**
 * Writes a stream to a temporary file while hashing it; never more than one chunk in memory. Throws `TooLargeError` beyond
 * `bytesMax` and leaves nothing behind. The caller either keeps the file or calls `discard`.
 */
export async function receive(
  dataDir: string,
  body: ReadableStream<Uint8Array> | null,
  limits: { readonly bytesMax: number; readonly headBytes: number },
): Promise<ReceivedFile> {
  const folder = join(filesFolder(dataDir), 'incoming');
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let headSize = 0;
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > limits.bytesMax) throw new TooLargeError(limits.bytesMax);
      hash.update(chunk);
      if (headSize < limits.headBytes) {
        head.push(chunk.subarray(0, limits.headBytes - headSize));
        headSize += head.at(-1)?.length ?? 0;
      }
      // writeFile writes the whole chunk; write() may stop half-way.
      await file.writeFile(chunk);
    }
    await file.sync();
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
  return { path, hash: hash.digest('hex'), size, head: Buffer.concat(head) };
}

export const discard = (received: ReceivedFile): Promise<void> => rm(received.path, { force: true });

/** Bytes in a local folder: `files/ab/cd/<hash>`, in place by rename so that a half-written file never has a name. */
export function localStore(dataDir: string): FileStore {
  const has = async (hash: string): Promise<boolean> => (await stat(pathOf(dataDir, hash)).catch(() => undefined)) !== undefined;
  return {
    has,
    async keep(received) {
      const path = pathOf(dataDir, received.hash);
      const folder = join(path, '..');
      await mkdir(folder, { recursive: true });
      // Replacing equal content by equal content heals a damaged file.
      await rename(received.path, path);
      await syncFolder(folder);
    },
    async read(hash, range) {
      if (!(await has(hash))) return undefined;
      const stream = createReadStream(pathOf(dataDir, hash), range ? { start: range.start, end: range.end } : {});
      return Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>;
    },
  };
}

/** The store this installation uses: S3-compatible where `S3_ENDPOINT` and `S3_BUCKET` are set, else the local folder. */
export function fileStore(
  system: { readonly dataDir: string },
  env: Readonly<Record<string, string | undefined>> = process.env,
): FileStore {
  const settings = s3SettingsFrom(env);
  return settings ? s3Store(settings) : localStore(system.dataDir);
}
