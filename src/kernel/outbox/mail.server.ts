import nodemailer from 'nodemailer';
import { sql, systemScope, type Tx } from '../db/database.server.ts';
import { newId } from '../db/id.server.ts';
import { enqueue } from '../jobs/enqueue.server.ts';
import type { System } from '../http/context.server.ts';
import type { Job } from '../module.server.ts';

export interface Mail {
  readonly entityId: string | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Who caused it: a person's id, or `system`. */
  readonly createdBy: string;
}

export interface MailSettings {
  /** `smtp://user:password@host:port`; without one, mail is kept to be read in the product. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
}

const SEND_TIMEOUT_MS = 20_000;

export const mailSettings = (env: Readonly<Record<string, string | undefined>> = process.env): MailSettings => ({
  smtpUrl: env['SMTP_URL'] || undefined,
  from: env['MAIL_FROM'] || 'MedTrade <medtrade@localhost>',
});

/** Writes a mail in the running transaction; it is sent after the commit, at least once. Returns its id. */
export async function queueMail(tx: Tx, mail: Mail): Promise<string> {
  const id = newId('mail');
  await tx.query(sql`
    insert into mail.message (message_id, entity_id, to_address, subject, body_text, body_html, created_by)
    values (${id}, ${mail.entityId}, ${mail.to}, ${mail.subject}, ${mail.text}, ${mail.html ?? null}, ${mail.createdBy})`);
  await enqueue(tx, 'mail.send', { messageId: id }, { key: id });
  return id;
}

interface MessageRow {
  readonly to_address: string;
  readonly subject: string;
  readonly body_text: string;
  readonly body_html: string | null;
}

const settle = (system: System, id: string, state: 'sent' | 'kept' | 'failed', error: string | null): Promise<unknown> =>
  system.db.write(systemScope, (tx) =>
    tx.query(sql`
    update mail.message set state = ${state}, attempts = attempts + 1, last_error = ${error},
      sent_at = case when ${state}::text = 'sent' then clock_timestamp() end
    where message_id = ${id} and state <> 'sent'`),
  );

async function send(system: System, settings: MailSettings, id: string, mail: MessageRow): Promise<void> {
  const transport = nodemailer.createTransport(settings.smtpUrl, {
    connectionTimeout: SEND_TIMEOUT_MS,
    socketTimeout: SEND_TIMEOUT_MS,
  } as object);
  try {
    await transport.sendMail({
      // The same id at a repeat lets the receiving server recognise it.
      messageId: `<${id}@medtrade>`,
      from: settings.from,
      to: mail.to_address,
      subject: mail.subject,
      text: mail.body_text,
      ...(mail.body_html ? { html: mail.body_html } : {}),
    });
  } catch (error) {
    await settle(system, id, 'failed', error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    transport.close();
  }
}

/** Sends one mail; a failure is kept with its reason and the job queue tries again. */
export const mailJob = (settings: () => MailSettings = mailSettings): Job => ({
  name: 'mail.send',
  run: async (system, { messageId }: { messageId: string }) => {
    const mail = await system.db.read(systemScope, (tx) =>
      tx.maybe<MessageRow>(sql`
      select to_address, subject, body_text, body_html from mail.message
      where message_id = ${messageId} and state not in ('sent', 'kept')`),
    );
    if (!mail) return;
    const current = settings();
    if (!current.smtpUrl) return void (await settle(system, messageId, 'kept', null));
    await send(system, current, messageId, mail);
    await settle(system, messageId, 'sent', null);
  },
});
