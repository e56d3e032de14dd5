import { scopeOf } from '#kernel/access/actor.ts';
import { appendAudit, auditWho } from '#kernel/audit/append.server.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { sql, type RowScope, type Tx } from '#kernel/db/database.server.ts';
import { empty } from '#kernel/db/sql.server.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import type { OperationInput, OperationOutput } from '#kernel/http/operation.ts';
import { enqueue } from '#kernel/jobs/enqueue.server.ts';
import { mailSettings } from '#kernel/outbox/mail.server.ts';
import { listMail, readMail, resendMail, type MailRow } from './operations.ts';
import { auditRefusals } from './refusals.ts';

type WholeMail = OperationOutput<typeof readMail>;

const columns = sql`message_id as "messageId", entity_id as "entityId", to_address as "to", subject, state, attempts, last_error as "lastError",
  created_at as "createdAt", sent_at as "sentAt"`;

const scopeFor = (context: Context, permission: string): RowScope => ({
  entityIds: scopeOf(context.actor, permission)?.entityIds ?? [],
  userId: context.actor.id,
});

async function mails(context: Context, query: OperationInput<typeof listMail>['query']) {
  const found = await context.system.db.read(scopeFor(context, 'audit.mail.view'), (tx) =>
    tx.query<MailRow>(sql`
    select ${columns} from mail.message
    where true ${query.state ? sql`and state = ${query.state}` : empty}
      ${query.cursor ? sql`and (created_at, message_id) < (select c.created_at, c.message_id from mail.message c where c.message_id = ${query.cursor})` : empty}
    order by created_at desc, message_id desc limit ${query.limit + 1}`),
  );
  const rows = found.slice(0, query.limit);
  return {
    rows,
    nextCursor: found.length > query.limit ? (rows.at(-1)?.messageId ?? null) : null,
    hasMailServer: mailSettings().smtpUrl !== undefined,
  };
}

const wholeMail = async (tx: Tx, id: string): Promise<WholeMail> =>
  (await tx.maybe<WholeMail>(
    sql`select ${columns}, body_text as text, created_by as "createdBy" from mail.message where message_id = ${id}`,
  )) ?? refuse(auditRefusals.noSuchMail({ id }));

const note = (tx: Tx, context: Context, mail: WholeMail, action: string): Promise<void> =>
  appendAudit(tx, [{ ...auditWho(context), entityId: mail.entityId, kind: 'mail', recordId: mail.messageId, action }]);

/** Mail may carry links meant for its reader only, so reading another's is written down. */
const readOne = (context: Context, id: string): Promise<WholeMail> =>
  context.system.db.write(scopeFor(context, 'audit.mail.view'), async (tx) => {
    const mail = await wholeMail(tx, id);
    await note(tx, context, mail, 'read');
    return mail;
  });

const resend = (context: Context, id: string): Promise<MailRow> =>
  context.system.db.write(scopeFor(context, 'audit.mail.resend'), async (tx) => {
    const mail = await wholeMail(tx, id);
    if (mail.state === 'sent') refuse(auditRefusals.mailWasSent({ to: mail.to }));
    await tx.query(sql`update mail.message set state = 'queued', last_error = null where message_id = ${id}`);
    await enqueue(tx, 'mail.send', { messageId: id }, { key: id });
    await note(tx, context, mail, 'resend');
    return tx.one<MailRow>(sql`select ${columns} from mail.message where message_id = ${id}`);
  });

export const mailHandlers: OperationHandler[] = [
  handle(listMail, (context, { query }) => mails(context, query)),
  handle(readMail, (context, { params }) => readOne(context, params.messageId)),
  handle(resendMail, (context, { params }) => resend(context, params.messageId)),
];
