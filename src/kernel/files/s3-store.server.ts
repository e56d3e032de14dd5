import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import type { FileStore, ReceivedFile } from './file-store.server.ts';

/** An S3-compatible object store (AWS, MinIO, Ceph, OSS, COS), addressed by path. */
export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Reads the settings; undefined where none are given, throws where they are given by half. */
export function s3SettingsFrom(env: Readonly<Record<string, string | undefined>>): S3Settings | undefined {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = env;
  if (!endpoint && !bucket) return undefined;
  if (!endpoint || !bucket || !accessKey || !secretKey) {
    throw new Error('S3 file store: S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY must all be set');
  }
  return { endpoint: endpoint.replace(/\/+$/, ''), bucket, region: env['S3_REGION'] ?? 'us-east-1', accessKey, secretKey };
}

const failed = (what: string, response: Response): Error => new Error(`S3 file store: ${what} answered ${response.status}`);

/** Bytes in an object store under `ab/cd/<hash>`; requests are signed (Signature Version 4) and retried on faults of the store. */
export function s3Store(settings: S3Settings): FileStore {
  const client = new AwsClient({
    accessKeyId: settings.accessKey,
    secretAccessKey: settings.secretKey,
    region: settings.region,
    service: 's3',
    retries: 3,
    initRetryMs: 100,
  });
  const urlOf = (hash: string): string => `${settings.endpoint}/${settings.bucket}/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;

  const has = async (hash: string): Promise<boolean> => {
    const response = await client.fetch(urlOf(hash), { method: 'HEAD' });
    if (response.status === 404) return false;
    if (!response.ok) throw failed('HEAD', response);
    return true;
  };

  const put = async (received: ReceivedFile): Promise<void> => {
    // The hash of the content is known, so the signature covers the body; the body itself is streamed from disk.
    const signed = await client.sign(urlOf(received.hash), {
      method: 'PUT',
      headers: { 'content-length': String(received.size), 'x-amz-content-sha256': received.hash },
    });
    const body = Readable.toWeb(createReadStream(received.path)) as unknown as ReadableStream<Uint8Array>;
    const headers = new Headers(signed.headers);
    headers.set('content-length', String(received.size));
    const response = await fetch(signed.url, { method: 'PUT', headers, body, duplex: 'half' } as RequestInit);
    await response.body?.cancel();
    if (!response.ok) throw failed('PUT', response);
  };

  return {
    has,
    async keep(received) {
      if (!(await has(received.hash))) await put(received);
      await rm(received.path, { force: true });
    },
    async read(hash, range) {
      const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const response = await client.fetch(urlOf(hash), { headers });
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok || !response.body) throw failed('GET', response);
      return response.body;
    },
  };
}
