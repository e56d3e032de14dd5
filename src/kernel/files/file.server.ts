import { refuse } from '../command/refusal.ts';
import { sql, type Tx } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';
import { contentDisposition, extensionOf, safeFileName } from './file-name.ts';
import { detectMediaType, mediaTypeNamed, mediaTypes, SNIFF_BYTES, type MediaType } from './media-type.ts';
import { fileRefusals } from './refusals.ts';
import type { ByteRange, ReceivedFile } from './file-store.server.ts';
import { discard, fileStore, receive, TooLargeError } from './store.server.ts';

/** Largest file taken where a request sets no smaller limit. */
export const FILE_BYTES_MAX = 50 * 1024 * 1024;

export interface StoredFile {
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  /** The name it came with, made safe. */
  readonly name: string;
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MB`;

async function receiveOrRefuse(
  system: System,
  body: ReadableStream<Uint8Array> | null,
  name: string,
  bytesMax: number,
): Promise<ReceivedFile> {
  try {
    return await receive(system.dataDir, body, { bytesMax, headBytes: SNIFF_BYTES });
  } catch (error) {
    if (error instanceof TooLargeError) refuse(fileRefusals.tooLarge({ name, max: megabytes(bytesMax) }, { field: 'file' }));
    throw error;
  }
}

/**
 * Takes in one uploaded file: streamed to disk, its type told by its bytes, durable in the store when this returns. Nothing refers to
 * it until `recordFile` runs in the caller's transaction; content nothing refers to is harmless. Refuses (throws `RefusedError`) a file
 * that is too large, empty, or not of an admitted type.
 */
export async function takeFile(
  system: System,
  body: ReadableStream<Uint8Array> | null,
  options: { readonly name: string; readonly bytesMax?: number; readonly declaredSize?: number; readonly admitted?: readonly MediaType[] },
): Promise<StoredFile> {
  const name = safeFileName(options.name);
  const bytesMax = options.bytesMax ?? FILE_BYTES_MAX;
  const admitted = options.admitted ?? Object.values(mediaTypes);
  if ((options.declaredSize ?? 0) > bytesMax) refuse(fileRefusals.tooLarge({ name, max: megabytes(bytesMax) }, { field: 'file' }));
  const received = await receiveOrRefuse(system, body, name, bytesMax);
  try {
    if (received.size === 0) refuse(fileRefusals.empty({ name }, { field: 'file' }));
    const found = detectMediaType(received.head, extensionOf(name));
    if (!found || !admitted.some((m) => m.type === found.type)) {
      refuse(fileRefusals.notAdmitted({ name, admitted: admitted.flatMap((m) => m.extensions).join(', ') }, { field: 'file' }));
    }
    await fileStore(system).keep(received);
    return { hash: received.hash, size: received.size, mediaType: found.type, name };
  } finally {
    await discard(received);
  }
}

/** Makes a stored file known to the database; the same content is one row. */
export async function recordFile(tx: Tx, file: StoredFile): Promise<void> {
  await tx.query(sql`
    insert into kernel.file (hash, size, media_type) values (${file.hash}, ${file.size}, ${file.mediaType})
    on conflict (hash) do nothing`);
}

/** The whole content in memory, for readers that need random access. */
export async function fileBytes(system: System, file: { readonly hash: string; readonly name: string }): Promise<Uint8Array> {
  const stream = await fileStore(system).read(file.hash);
  if (!stream) refuse(fileRefusals.missing({ name: file.name }));
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * The one byte range a request asks for; `'none'` where it asks for none that can be served simply (several ranges, other units),
 * `'unsatisfiable'` where it lies outside the file (RFC 9110, 14.1.2).
 */
export function rangeOf(header: string | null, size: number): ByteRange | 'none' | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return 'none';
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - last), end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start >= size) return 'unsatisfiable';
  return end < start ? 'none' : { start, end };
}

function headersOf(file: StoredFile, isInline: boolean): Headers {
  const media = mediaTypeNamed(file.mediaType);
  const isShown = isInline && media.isShownInline;
  const headers = new Headers({
    'content-type': media.type,
    'content-disposition': contentDisposition(isShown ? 'inline' : 'attachment', file.name),
    'x-content-type-options': 'nosniff',
    // A PDF viewer does not start inside a sandboxed document; PDF is shown without one, but may load and run nothing.
    'content-security-policy':
      media === mediaTypes.pdf && isShown
        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        : "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    etag: `"${file.hash}"`,
  });
  return headers;
}

/**
 * Answers a download. The caller has decided that the actor may see the file. Saved as a file unless `isInline` is asked for and the
 * type is one a browser shows safely; one byte range is honoured.
 */
export async function answerFile(system: System, file: StoredFile, request: Request, isInline: boolean): Promise<Response> {
  const headers = headersOf(file, isInline);
  if (request.headers.get('if-none-match') === headers.get('etag')) return new Response(null, { status: 304, headers });
  const ifRange = request.headers.get('if-range');
  const range = ifRange !== null && ifRange !== headers.get('etag') ? 'none' : rangeOf(request.headers.get('range'), file.size);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  const body = await fileStore(system).read(file.hash, range === 'none' ? undefined : range);
  if (!body) refuse(fileRefusals.missing({ name: file.name }));
  if (range === 'none') {
    headers.set('content-length', String(file.size));
    return new Response(body, { status: 200, headers });
  }
  headers.set('content-length', String(range.end - range.start + 1));
  headers.set('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
  return new Response(body, { status: 206, headers });
}
