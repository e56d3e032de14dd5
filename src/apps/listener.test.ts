import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openListener } from './listener.server.ts';

const get = (port: number): Promise<Response> => fetch(`http://127.0.0.1:${port}/`);

describe('the door to the network', () => {
  test('says that the product is starting until it is', async () => {
    const listener = await openListener('127.0.0.1', 0);
    expect((await get(listener.port)).status).toBe(503);
    listener.serve(() => new Response('here'));
    expect(await (await get(listener.port)).text()).toBe('here');
    await listener.drain(1000);
  });

  test('lets a running request finish and takes no new one', async () => {
    const listener = await openListener('127.0.0.1', 0);
    listener.serve(async () => {
      await wait(300);
      return new Response('finished');
    });
    const running = get(listener.port);
    await wait(100);
    const drained = listener.drain(5000);
    await expect(get(listener.port)).rejects.toThrow();
    expect(await (await running).text()).toBe('finished');
    await drained;
  });

  test('ends live streams at once instead of waiting for them', async () => {
    const listener = await openListener('127.0.0.1', 0);
    listener.serve(
      () =>
        new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
          }),
          { headers: { 'content-type': 'text/event-stream' } },
        ),
    );
    const ended = new Promise<boolean>((resolve) => {
      request({ port: listener.port, host: '127.0.0.1' }, (response) =>
        response.on('end', () => resolve(response.complete)).resume(),
      ).end();
    });
    await wait(150);
    const startedAt = performance.now();
    await listener.drain(5000);
    expect(await ended).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test('does not wait longer than the limit', async () => {
    const listener = await openListener('127.0.0.1', 0);
    listener.serve(() => new Promise<Response>(() => undefined));
    const running = get(listener.port).catch(() => 'cut');
    await wait(100);
    await listener.drain(200);
    expect(await running).toBe('cut');
  });
});
