import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { titles } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';

const tag = 'audit';
const cursor = z.string().max(200).optional();
const limit = z.coerce.number<string>().int().min(1).max(200).default(50);
const word = z.string().trim().min(1).max(200).optional();

const change = z.object({
  field: z.string(),
  lines: z.string().optional(),
  line: z.number().optional(),
  old: z.unknown(),
  new: z.unknown(),
  /** The reader may not see these values, or only a part of them. */
  isMasked: z.boolean().optional(),
});

const auditRow = z.object({
  eventId: z.string(),
  recordedAt: z.string(),
  actorId: z.string(),
  actorName: z.string(),
  sessionId: z.string().nullable(),
  ip: z.string().nullable(),
  entityId: z.string().nullable(),
  kind: z.string(),
  recordId: z.string().nullable(),
  number: z.string().nullable(),
  action: z.string(),
  fromState: z.string().nullable(),
  toState: z.string().nullable(),
  version: z.number().nullable(),
  changes: z.array(change),
  reason: z.string().nullable(),
  occurredOn: z.string().nullable(),
  signatureId: z.string().nullable(),
  postingDigest: z.string().nullable(),
  requestId: z.string().nullable(),
  /** The block that sealed it; null during its first second. */
  blockNo: z.string().nullable(),
});
export type AuditRow = z.infer<typeof auditRow>;

export const listAuditEvents = defineOperation({
  id: 'auditEvents',
  method: 'GET',
  path: '/audit/events',
  tag,
  access: { permission: 'audit.event.view' },
  summary: text('按期间、人员、记录、字段查询审计记录', 'Query the audit ledger by period, person, record and field'),
  query: z.object({
    /** Instants: from (inclusive) to (exclusive). A calendar day depends on the reader's time zone, an instant does not. */
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    actor: word,
    recordId: word,
    number: word,
    kind: word,
    field: word,
    action: word,
    entityId: word,
    cursor,
    limit,
  }),
  output: z.object({ rows: z.array(auditRow), titles, nextCursor: z.string().nullable() }),
});

const head = z.object({ blockNo: z.string(), blockHash: z.string(), lastEventId: z.string(), sealedAt: z.string() });

export const readAuditHead = defineOperation({
  id: 'auditHead',
  method: 'GET',
  path: '/audit/head',
  tag,
  access: { permission: 'audit.event.view' },
  summary: text('审计链的最新区块，可另行保存作为凭证', 'The newest block of the audit chain, to be kept elsewhere as proof'),
  output: z.object({ head: head.nullable(), isHealthy: z.boolean(), waitingSeconds: z.number() }),
});

export const listAuditBlocks = defineOperation({
  id: 'auditBlocks',
  method: 'GET',
  path: '/audit/blocks',
  tag,
  access: { permission: 'audit.event.view' },
  summary: text('审计链的区块', 'Blocks of the audit chain'),
  query: z.object({
    cursor: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
    limit,
  }),
  output: z.object({
    rows: z.array(
      z.object({
        blockNo: z.string(),
        rowCount: z.number(),
        sealedAt: z.string(),
        blockHash: z.string(),
        prevHash: z.string(),
        merkleRoot: z.string(),
        firstEventId: z.string(),
        lastEventId: z.string(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});

const verification = z.object({
  verificationId: z.string(),
  startedBy: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  fromBlock: z.string(),
  toBlock: z.string(),
  blockHash: z.string().nullable(),
  eventCount: z.string(),
  postingCount: z.string(),
  problemCount: z.number(),
  problems: z.array(
    z.object({
      problem: z.string(),
      blockNo: z.string().nullable(),
      eventId: z.string().nullable(),
      postingId: z.string().nullable(),
      detail: z.string().nullable(),
    }),
  ),
});
export type Verification = z.infer<typeof verification>;

const jobRun = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  done: z.number(),
  total: z.number(),
  attempts: z.number(),
  message: z.string().nullable(),
  entityId: z.string().nullable(),
  startedBy: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type JobRun = z.infer<typeof jobRun>;

export const verifyAuditNow = defineOperation({
  id: 'auditVerify',
  method: 'POST',
  path: '/audit/verify',
  tag,
  access: { permission: 'audit.chain.verify' },
  summary: text('立即校验审计链及全部过账', 'Verify the audit chain and every posting now'),
  body: z.object({
    fromBlock: z
      .string()
      .regex(/^[1-9]\d{0,17}$/)
      .optional(),
  }),
  output: z.object({ jobId: z.string() }),
});

export const listVerifications = defineOperation({
  id: 'auditVerifications',
  method: 'GET',
  path: '/audit/verifications',
  tag,
  access: { permission: 'audit.event.view' },
  summary: text('历次校验结果，以及正在进行的校验', 'Results of verifications, and the one running'),
  output: z.object({ rows: z.array(verification), running: jobRun.nullable() }),
});

export const exportAuditLedger = defineOperation({
  id: 'auditExport',
  method: 'GET',
  path: '/audit/export',
  tag,
  access: { permission: 'audit.chain.export' },
  summary: text('导出完整审计链，可脱离本系统校验', 'Export the whole audit chain, verifiable without the product'),
  produces: 'application/x-ndjson',
});

export const readVerifier = defineOperation({
  id: 'auditVerifier',
  method: 'GET',
  path: '/audit/verifier',
  tag,
  access: { permission: 'audit.chain.export' },
  summary: text('下载独立校验程序（Node，无依赖）', 'Download the stand-alone verifier (Node, no dependencies)'),
  produces: 'text/javascript',
});

export const followEvents = defineOperation({
  id: 'liveEvents',
  method: 'GET',
  path: '/events',
  tag: 'live',
  access: 'session',
  summary: text('实时变更（SSE）：只通知有权查看的对象，不含内容', 'Live changes (server-sent events): what one may view, without content'),
  produces: 'text/event-stream',
});

const jobParams = z.object({ jobId: z.string().max(100) });

export const listJobs = defineOperation({
  id: 'jobsList',
  method: 'GET',
  path: '/jobs',
  tag: 'jobs',
  access: 'session',
  summary: text('我的后台任务；有权限者可看全部', 'My background jobs; everyone’s with the permission'),
  query: z.object({ of: z.enum(['mine', 'all']).default('mine'), state: jobRun.shape.state.optional(), cursor, limit }),
  output: z.object({ rows: z.array(jobRun), nextCursor: z.string().nullable() }),
});

export const readJob = defineOperation({
  id: 'jobGet',
  method: 'GET',
  path: '/jobs/:jobId',
  tag: 'jobs',
  access: 'session',
  params: jobParams,
  output: jobRun,
  summary: text('一个后台任务及其进度', 'One background job and its progress'),
});

export const cancelJobRun = defineOperation({
  id: 'jobCancel',
  method: 'POST',
  path: '/jobs/:jobId/cancel',
  tag: 'jobs',
  access: 'session',
  params: jobParams,
  output: jobRun,
  summary: text('取消后台任务', 'Cancel a background job'),
});

const mailRow = z.object({
  messageId: z.string(),
  entityId: z.string().nullable(),
  to: z.string(),
  subject: z.string(),
  state: z.enum(['queued', 'kept', 'sent', 'failed']),
  attempts: z.number(),
  lastError: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
});
export type MailRow = z.infer<typeof mailRow>;
const mailParams = z.object({ messageId: z.string().max(100) });

export const listMail = defineOperation({
  id: 'mailList',
  method: 'GET',
  path: '/mail',
  tag: 'mail',
  access: { permission: 'audit.mail.view' },
  summary: text('发件箱：已发送、待发送、发送失败与本地保留的邮件', 'Outbox: mail sent, waiting, failed and kept here'),
  query: z.object({ state: mailRow.shape.state.optional(), cursor, limit }),
  output: z.object({ rows: z.array(mailRow), nextCursor: z.string().nullable(), hasMailServer: z.boolean() }),
});

export const readMail = defineOperation({
  id: 'mailGet',
  method: 'GET',
  path: '/mail/:messageId',
  tag: 'mail',
  access: { permission: 'audit.mail.view' },
  params: mailParams,
  summary: text('一封邮件的全文', 'One mail in full'),
  output: mailRow.extend({ text: z.string(), createdBy: z.string() }),
});

export const resendMail = defineOperation({
  id: 'mailResend',
  method: 'POST',
  path: '/mail/:messageId/resend',
  tag: 'mail',
  access: { permission: 'audit.mail.resend' },
  params: mailParams,
  summary: text('重新发送一封未发出的邮件', 'Send a mail again that did not go out'),
  output: mailRow,
});

export const auditOperations = [
  listAuditEvents,
  readAuditHead,
  listAuditBlocks,
  verifyAuditNow,
  listVerifications,
  exportAuditLedger,
  readVerifier,
  followEvents,
  listJobs,
  readJob,
  cancelJobRun,
  listMail,
  readMail,
  resendMail,
] as const;
