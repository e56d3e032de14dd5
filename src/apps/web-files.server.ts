import type { MiddlewareHandler } from 'hono';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
};
/** Best first; written next to each file by the build. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

interface WebFile {
  readonly path: string;
  readonly mediaType: string;
  readonly cacheControl: string;
  readonly etag: string;
  readonly variants: ReadonlyMap<string, string>;
}

function describe(folder: string, path: string): WebFile {
  const isHashed = relative(folder, path).startsWith(`assets${sep}`);
  return {
    path,
    mediaType: MEDIA_TYPES[extname(path)] ?? 'application/octet-stream',
    // Names below assets/ change with their content, so they may be kept for ever; everything else is asked for again.
    cacheControl: isHashed ? 'public, max-age=31536000, immutable' : extname(path) === '.html' ? 'no-store' : 'no-cache',
    etag: `"${createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22)}"`,
    variants: new Map(ENCODINGS.filter(([, suffix]) => existsSync(path + suffix)).map(([name, suffix]) => [name, path + suffix])),
  };
}

/** The files are listed once: a path that is not in the list does not exist, so no path can leave the folder. */
function listFiles(folder: string): ReadonlyMap<string, WebFile> {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [`/${relative(folder, path).replaceAll(sep, '/')}`, describe(folder, path)]));
}

function answer(file: WebFile, accepted: string, isHead: boolean): Response {
  const encoding = ENCODINGS.map(([name]) => name).find(
    (name) => file.variants.has(name) && new RegExp(`\\b${name}\\b(?!;q=0)`).test(accepted),
  );
  const path = (encoding && file.variants.get(encoding)) ?? file.path;
  const headers = new Headers({
    'content-type': file.mediaType,
    'cache-control': file.cacheControl,
    etag: file.etag,
    vary: 'accept-encoding',
    'content-length': String(statSync(path).size),
    'x-content-type-options': 'nosniff',
  });
  if (encoding) headers.set('content-encoding', encoding);
  return new Response(isHead ? null : (Readable.toWeb(createReadStream(path)) as ReadableStream), { headers });
}

/**
 * Serves the built web: precompressed, hashed files for ever, pages never from a cache. An address without a file extension is a
 * page of the web's own router and gets its entry page: `/tablet…` the tablet's, everything else the shell's.
 */
export function webFiles(folder: string): MiddlewareHandler {
  const files = listFiles(folder);
  const entryOf = (path: string): WebFile | undefined =>
    (/^\/tablet(\/|$)/.test(path) ? files.get('/tablet.html') : undefined) ?? files.get('/index.html');
  return async (c, next) => {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!isRead || c.req.path === '/api' || c.req.path.startsWith('/api/')) return next();
    const file = files.get(c.req.path) ?? (extname(c.req.path) === '' ? entryOf(c.req.path) : undefined);
    if (!file) return next();
    if (c.req.header('if-none-match') === file.etag && file.cacheControl !== 'no-store') {
      return c.body(null, 304, { etag: file.etag, 'cache-control': file.cacheControl });
    }
    return answer(file, c.req.header('accept-encoding') ?? '', c.req.method === 'HEAD');
  };
}
