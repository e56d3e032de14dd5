import { createServer, type Server } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { sql, systemScope, type Tx } from '../db/database.server.ts';
import { installJobQueue } from '../jobs/install.server.ts';
import { startWorker } from '../jobs/worker.server.ts';
import { testSystem, type TestSystem } from '../test/world.server.ts';
import { mailJob, queueMail, type MailSettings } from './mail.server.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await testSystem();
  await installJobQueue(system.database.connection);
});
const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => system.db.write(systemScope, work);
const stateOf = async (id: string) =>
  await write((tx) => tx.one(sql`select state, attempts, last_error from mail.message where message_id = ${id}`));
const mail = { entityId: null, to: 'keeper@example.com', subject: '近效期提醒', text: '批次 L1 将于 30 天内到期', createdBy: 'system' };

/** A mail server as small as the protocol allows; keeps what it is given. */
async function mailServer(isWilling: () => boolean): Promise<{ url: string; received: string[]; server: Server }> {
  const received: string[] = [];
  const server = createServer((socket) => {
    let data: string | undefined;
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      for (const line of chunk
        .toString()
        .split('\r\n')
        .filter((l, i, all) => l !== '' || i < all.length - 1)) {
        if (data !== undefined && line === '.') {
          received.push(data);
          data = undefined;
          socket.write('250 kept\r\n');
        } else if (data !== undefined) data += `${line}\n`;
        else if (/^RCPT/i.test(line) && !isWilling()) socket.write('450 later\r\n');
        else if (/^DATA/i.test(line)) {
          data = '';
          socket.write('354 go\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `smtp://127.0.0.1:${(server.address() as { port: number }).port}`, received, server };
}

async function sending(settings: MailSettings, during: () => Promise<void>): Promise<void> {
  const worker = await startWorker([mailJob(() => settings)], system);
  await during().finally(() => worker.stop());
}

describe('a mail', () => {
  test('is kept to be read in the product where no mail server is set', async () => {
    await sending({ smtpUrl: undefined, from: 'a@b.c' }, async () => {
      const id = await write((tx) => queueMail(tx, mail));
      await expect.poll(async () => (await stateOf(id))['state'], { timeout: 8000 }).toBe('kept');
    });
  });

  test('is sent after the commit, and never where the transaction rolled back', async () => {
    const { url, received, server } = await mailServer(() => true);
    await sending({ smtpUrl: url, from: 'MedTrade <m@example.com>' }, async () => {
      await expect(
        write(async (tx) => {
          await queueMail(tx, { ...mail, to: 'nobody@example.com' });
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      const id = await write((tx) => queueMail(tx, mail));
      await expect.poll(async () => (await stateOf(id))['state'], { timeout: 8000 }).toBe('sent');
    });
    server.close();
    expect(received).toHaveLength(1);
    expect(received[0]).toContain('To: keeper@example.com');
  });

  test('that the server refuses keeps the reason and is tried again', async () => {
    let isWilling = false;
    const { url, received, server } = await mailServer(() => isWilling);
    await sending({ smtpUrl: url, from: 'm@example.com' }, async () => {
      const id = await write((tx) => queueMail(tx, mail));
      await expect.poll(async () => (await stateOf(id))['state'], { timeout: 8000 }).toBe('failed');
      expect((await stateOf(id))['last_error']).toContain('450');
      isWilling = true;
      await expect.poll(async () => (await stateOf(id))['state'], { timeout: 12_000 }).toBe('sent');
    });
    server.close();
    expect(received).toHaveLength(1);
  });
});
