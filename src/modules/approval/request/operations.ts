import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { commandAnswer, localText } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';

const step = z.object({
  name: localText,
  mode: z.enum(['any', 'all', 'quorum']),
  needed: z.number(),
  approvers: z.array(z.object({ id: z.string(), name: z.string() })),
});

export const approvalSummary = z.object({
  id: z.string(),
  kind: z.string(),
  recordId: z.string(),
  number: z.string().nullable(),
  title: localText,
  action: z.string(),
  actionLabel: localText,
  amount: z.string().nullable(),
  entityId: z.string().nullable(),
  state: z.string(),
  requesterName: z.string(),
  requestedAt: z.string(),
  waiting: localText,
  isMine: z.boolean(),
});

const requestId = z.object({ id: z.string().regex(/^apr_[0-9A-HJKMNP-TV-Z]{26}$/) });
const ended = z.object({ state: z.enum(['open', 'granted', 'carried_out', 'rejected', 'withdrawn']) });

export const listApprovals = defineOperation({
  id: 'approvalsList',
  method: 'GET',
  path: '/approval/requests',
  tag: 'approval',
  summary: text('审批列表：待我审批、我发起的、我已审批', 'Approvals: waiting for me, asked by me, decided by me'),
  access: 'session',
  query: z.object({ box: z.enum(['waiting', 'requested', 'decided']).default('waiting') }),
  output: z.object({ items: z.array(approvalSummary) }),
});

export const getApproval = defineOperation({
  id: 'approvalGet',
  method: 'GET',
  path: '/approval/requests/:id',
  tag: 'approval',
  summary: text('审批详情：步骤、意见、将会发生什么', 'One approval: steps, decisions, what would happen'),
  access: 'session',
  params: requestId,
  output: approvalSummary.extend({
    steps: z.array(step),
    currentStep: z.number(),
    canDecide: z.boolean(),
    decisions: z.array(
      z.object({
        step: z.number(),
        decidedName: z.string(),
        onBehalfOf: z.string().nullable(),
        verdict: z.enum(['approve', 'reject']),
        comment: z.string().nullable(),
        decidedAt: z.string(),
      }),
    ),
    /** What carrying it out would post, rehearsed now; null once it is decided or where it would be refused. */
    preview: commandAnswer.nullable(),
    /** What would be refused now. */
    refusals: z.array(z.object({ code: z.string(), text: localText, wayOut: localText })),
  }),
});

export const approveRequest = defineOperation({
  id: 'approvalApprove',
  method: 'POST',
  path: '/approval/requests/:id/approve',
  tag: 'approval',
  summary: text('同意', 'Approve'),
  access: 'session',
  params: requestId,
  body: z.object({ comment: z.string().trim().max(2000).optional() }),
  output: ended,
});

export const rejectRequest = defineOperation({
  id: 'approvalReject',
  method: 'POST',
  path: '/approval/requests/:id/reject',
  tag: 'approval',
  summary: text('退回', 'Send back'),
  access: 'session',
  params: requestId,
  body: z.object({ comment: z.string().trim().max(2000).optional() }),
  output: ended,
});

export const withdrawRequest = defineOperation({
  id: 'approvalWithdraw',
  method: 'POST',
  path: '/approval/requests/:id/withdraw',
  tag: 'approval',
  summary: text('撤回', 'Withdraw'),
  access: 'session',
  params: requestId,
  body: z.object({ reason: z.string().trim().max(2000).optional() }),
  output: ended,
});

export const approvalOperations = [listApprovals, getApproval, approveRequest, rejectRequest, withdrawRequest];
