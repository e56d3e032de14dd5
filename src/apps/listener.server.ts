import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { StartRefusal } from '#kernel/db/start-refusal.server.ts';
import { text } from '#kernel/i18n/text.ts';

export type Fetch = (request: Request, env: HttpBindings) => Response | Promise<Response>;

/** The door to the network: opened first, so that a taken port is found before any data is touched. */
export interface Listener {
  readonly port: number;
  /** Until now every request was answered "starting". */
  readonly serve: (fetch: Fetch) => void;
  /** Takes no more connections, ends live streams, lets running requests finish, at most `limitMs`. */
  readonly drain: (limitMs: number) => Promise<void>;
}

const answerStarting = (request: IncomingMessage, response: ServerResponse): void => {
  const isHealth = request.url === '/healthz';
  response.writeHead(isHealth ? 200 : 503, {
    'content-type': 'text/plain; charset=utf-8',
    'retry-after': '1',
    'cache-control': 'no-store',
  });
  response.end(isHealth ? 'ok' : '正在启动 Starting…');
};

function explainListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartRefusal(
      'port-taken',
      text(
        `端口 ${port} 已被其他程序占用。请停止它，或换一个端口启动：PORT=${port + 1} npm start`,
        `Port ${port} is taken by another program. Stop it, or start on another port: PORT=${port + 1} npm start`,
      ),
    );
  }
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartRefusal(
      'address-not-available',
      text(
        `无法在 ${host}:${port} 上监听（${error.code}）。请用 HOST 和 PORT 指定其他地址。`,
        `${host}:${port} cannot be listened on (${error.code}). Choose another address with HOST and PORT.`,
      ),
    );
  }
  return error;
}

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explainListen(error, host, port)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

const isLiveStream = (response: Response): boolean => (response.headers.get('content-type') ?? '').startsWith('text/event-stream');

async function drain(server: Server, live: ReadonlySet<ServerResponse>, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const outgoing of live) outgoing.end();
  server.closeIdleConnections();
  const limit = new AbortController();
  // Connections kept alive become idle one by one as their last request ends.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.race([closed, wait(limitMs, undefined, { signal: limit.signal }).catch(() => undefined)]);
  limit.abort();
  clearInterval(sweep);
  server.closeAllConnections();
  await closed;
}

/** Opens the port. Throws a StartRefusal where it is taken. */
export async function openListener(host: string, port: number): Promise<Listener> {
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = answerStarting;
  const live = new Set<ServerResponse>();
  const server = createServer((request, response) => void answer(request, response));
  const boundPort = await listen(server, host, port);
  return {
    port: boundPort,
    serve: (fetch) => {
      answer = getRequestListener(async (request, env) => {
        const bindings = env as HttpBindings;
        const response = await fetch(request, bindings);
        if (isLiveStream(response)) {
          live.add(bindings.outgoing);
          bindings.outgoing.once('close', () => live.delete(bindings.outgoing));
        }
        return response;
      });
    },
    drain: (limitMs) => drain(server, live, limitMs),
  };
}
