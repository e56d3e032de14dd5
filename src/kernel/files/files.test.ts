import { createServer, type IncomingMessage, type Server } from 'node:http';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RefusedError } from '../command/refusal.ts';
import { sql, systemScope } from '../db/database.server.ts';
import { testSystem, type TestSystem } from '../test/world.server.ts';
import { contentDisposition, safeFileName } from './file-name.ts';
import { answerFile, rangeOf, recordFile, takeFile } from './file.server.ts';
import { detectMediaType } from './media-type.ts';
import { s3SettingsFrom } from './s3-store.server.ts';
import { fileStore, localStore } from './store.server.ts';
import { verifyFiles } from './verify-files.server.ts';

const pdf = (content: string): Buffer => Buffer.from(`%PDF-1.7\n${content}\n%%EOF`);
const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new Blob([bytes as Uint8Array<ArrayBuffer>]).stream() as ReadableStream<Uint8Array>;
const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (e: unknown) => (e instanceof RefusedError ? (e.refusals[0]?.code ?? '') : String(e)),
  );
const textOf = async (stream: ReadableStream<Uint8Array> | undefined): Promise<string> =>
  stream ? new Response(stream).text() : 'nothing';

let system: TestSystem;
beforeAll(async () => {
  system = await testSystem();
});

describe('names', () => {
  test('a name cannot leave its folder, hide its ending or carry control characters', () => {
    expect(safeFileName('../../etc/passwd')).toBe('passwd');
    expect(safeFileName('C:\\Windows\\system32\\报告.pdf')).toBe('报告.pdf');
    expect(safeFileName('证书\u202Efdp.exe')).toBe('证书fdp.exe');
    expect(safeFileName('a\r\nSet-Cookie: x.pdf')).toBe('aSet-Cookie_ x.pdf');
    expect(safeFileName('...')).toBe('file');
    expect(safeFileName('CON.pdf')).toBe('_CON.pdf');
    const long = safeFileName(`${'注册证'.repeat(100)}.pdf`);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(180);
    expect(long.endsWith('.pdf')).toBe(true);
  });

  test('a header cannot be broken by a name, and Chinese names arrive whole', () => {
    const header = contentDisposition('attachment', '营业执照"; x=.pdf');
    expect(header).toBe('attachment; filename="_____; x=.pdf"; filename*=UTF-8\'\'%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7%22%3B%20x%3D.pdf');
  });
});

describe('taking files in', () => {
  test('the content decides the type, not the name', async () => {
    expect(await refusalOf(takeFile(system, streamOf(Buffer.from('MZ\u0090\u0000\u0003')), { name: 'report.pdf' }))).toBe(
      'files/type-not-admitted',
    );
    expect(await refusalOf(takeFile(system, streamOf(pdf('x')), { name: 'report.png' }))).toBe('files/type-not-admitted');
    expect((await takeFile(system, streamOf(pdf('x')), { name: 'report.PDF' })).mediaType).toBe('application/pdf');
  });

  test('HTML and SVG are not admitted under any name', () => {
    for (const content of [
      '<!DOCTYPE html><p>',
      '  <svg xmlns="http://www.w3.org/2000/svg">',
      '<?xml version="1.0"?><svg onload="x">',
      '<script>1</script>',
    ]) {
      for (const extension of ['html', 'svg', 'txt', 'xml', 'csv'])
        expect(detectMediaType(Buffer.from(content), extension)).toBeUndefined();
    }
    expect(detectMediaType(Buffer.from('<?xml version="1.0"?><Invoice/>'), 'xml')?.type).toBe('application/xml');
  });

  test('a file with macros is not admitted', () => {
    const head = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from('xl/workbook.xml … xl/vbaProject.bin')]);
    expect(detectMediaType(head, 'xlsx')).toBeUndefined();
  });

  test('a file that is too large leaves nothing behind, declared or not', async () => {
    const big = Buffer.concat([pdf('x'), Buffer.alloc(3000, 32)]);
    expect(await refusalOf(takeFile(system, streamOf(big), { name: 'a.pdf', bytesMax: 1000 }))).toBe('files/too-large');
    expect(await refusalOf(takeFile(system, null, { name: 'a.pdf', bytesMax: 1000, declaredSize: 2000 }))).toBe('files/too-large');
    expect(await refusalOf(takeFile(system, streamOf(Buffer.alloc(0)), { name: 'a.pdf' }))).toBe('files/empty');
    expect(await readdir(join(system.dataDir, 'files', 'incoming'))).toEqual([]);
  });

  test('the same content is one file under its hash', async () => {
    const [one, two] = await Promise.all(['a.pdf', 'b.pdf'].map((name) => takeFile(system, streamOf(pdf('same')), { name })));
    expect(one?.hash).toBe(two?.hash);
    const hash = one?.hash ?? '';
    expect(await readFile(join(system.dataDir, 'files', hash.slice(0, 2), hash.slice(2, 4), hash))).toEqual(pdf('same'));
  });
});

describe('giving files out', () => {
  test('a download is saved, never run; only pictures and PDF may be shown', async () => {
    const stored = await takeFile(system, streamOf(Buffer.from('a,b\n1,2\n')), { name: '价格.csv' });
    const saved = await answerFile(system, stored, new Request('http://x/'), true);
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(saved.headers.get('x-content-type-options')).toBe('nosniff');
    expect(saved.headers.get('content-security-policy')).toContain('sandbox');
    const shown = await answerFile(system, await takeFile(system, streamOf(pdf('x')), { name: 'a.pdf' }), new Request('http://x/'), true);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline; /);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('a part of a file can be asked for', async () => {
    const stored = await takeFile(system, streamOf(Buffer.from('0123456789')), { name: 'a.txt' });
    const part = await answerFile(system, stored, new Request('http://x/', { headers: { range: 'bytes=2-4' } }), false);
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    const beyond = await answerFile(system, stored, new Request('http://x/', { headers: { range: 'bytes=10-' } }), false);
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    expect(rangeOf('bytes=-3', 10)).toEqual({ start: 7, end: 9 });
    expect(rangeOf('bytes=0-1,4-5', 10)).toBe('none');
    const known = await answerFile(system, stored, new Request('http://x/', { headers: { 'if-none-match': `"${stored.hash}"` } }), false);
    expect(known.status).toBe(304);
  });
});

describe('the nightly reading', () => {
  test('a changed and a lost file are found and reported', async () => {
    const own = await testSystem();
    const files = await Promise.all(['good', 'changed', 'lost'].map((c) => takeFile(own, streamOf(pdf(c)), { name: `${c}.pdf` })));
    await own.db.write(systemScope, async (tx) => {
      for (const file of files) await recordFile(tx, file);
      // Kept once, however often it is attached.
      await recordFile(tx, files[0]!);
      // Known to the database but absent from the store.
      await tx.query(sql`insert into kernel.file (hash, size, media_type) values (${'0'.repeat(64)}, 3, 'text/plain')`);
    });
    const changed = files[1]!.hash;
    await writeFile(join(own.dataDir, 'files', changed.slice(0, 2), changed.slice(2, 4), changed), 'tampered');
    const found = await verifyFiles(own, async () => undefined);
    expect(found).toEqual({ checked: 4, missing: ['0'.repeat(64)], damaged: [changed] });
    const report = await own.db.read(systemScope, (tx) => tx.one(sql`select checked, missing, damaged from kernel.file_check`));
    expect(report).toEqual({ checked: '4', missing: ['0'.repeat(64)], damaged: [changed] });
    // Storing the same content again heals the damaged copy.
    await takeFile(own, streamOf(pdf('changed')), { name: 'changed.pdf' });
    expect(await textOf(await localStore(own.dataDir).read(changed))).toBe(pdf('changed').toString());
  });
});

describe('an S3-compatible store', () => {
  const objects = new Map<string, Buffer>();
  const requests: IncomingMessage[] = [];
  let server: Server;

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(request);
      const key = request.url ?? '';
      if (
        !/^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/cn-north-1\/s3\/aws4_request, SignedHeaders=.+, Signature=[0-9a-f]{64}$/.test(
          request.headers.authorization ?? '',
        ) ||
        !request.headers['x-amz-date'] ||
        !request.headers['x-amz-content-sha256']
      ) {
        response.writeHead(403).end();
        return;
      }
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.method === 'PUT') objects.set(key, Buffer.concat(chunks));
        const found = objects.get(key);
        const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
        const part = range ? found?.subarray(Number(range[1]), Number(range[2]) + 1) : found;
        response.writeHead(found ? (range ? 206 : 200) : 404);
        response.end(request.method === 'GET' ? part : undefined);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    for (const [name, value] of Object.entries({
      S3_ENDPOINT: `http://127.0.0.1:${port}/`,
      S3_BUCKET: 'files',
      S3_REGION: 'cn-north-1',
      S3_ACCESS_KEY: 'key',
      S3_SECRET_KEY: 'secret',
    }))
      vi.stubEnv(name, value);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  test('keeps, finds and gives out bytes with signed requests, once per content', async () => {
    const content = Buffer.concat([pdf('s3'), Buffer.alloc(300_000, 65)]);
    const stored = await takeFile(system, streamOf(content), { name: 'a.pdf' });
    await takeFile(system, streamOf(content), { name: 'b.pdf' });
    const key = `/files/${stored.hash.slice(0, 2)}/${stored.hash.slice(2, 4)}/${stored.hash}`;
    expect(objects.get(key)?.equals(content)).toBe(true);
    const puts = requests.filter((r) => r.method === 'PUT');
    expect(puts.map((r) => [r.headers['content-length'], r.headers['x-amz-content-sha256']])).toEqual([
      [String(content.length), stored.hash],
    ]);
    const store = fileStore(system);
    expect((await textOf(await store.read(stored.hash))).length).toBe(content.length);
    expect(await textOf(await store.read(stored.hash, { start: 0, end: 7 }))).toBe('%PDF-1.7');
    expect(await store.has('f'.repeat(64))).toBe(false);
    expect(await store.read('f'.repeat(64))).toBeUndefined();
    expect(await readdir(join(system.dataDir, 'files', 'incoming'))).toEqual([]);
  });

  test('half-given settings stop the start instead of silently using the local folder', () => {
    expect(() => s3SettingsFrom({ S3_ENDPOINT: 'http://x', S3_BUCKET: 'b' })).toThrow('must all be set');
    expect(s3SettingsFrom({})).toBeUndefined();
  });
});
