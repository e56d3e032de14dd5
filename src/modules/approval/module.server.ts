import { systemScope } from '#kernel/db/database.server.ts';
import { handle } from '#kernel/http/context.server.ts';
import { text } from '#kernel/i18n/text.ts';
import { implementModule } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { approvalPolicyServer } from './approval-policy/approval-policy.server.ts';
import { approval } from './module.ts';
import { decide, withdraw } from './request/decide.server.ts';
import { approveRequest, getApproval, listApprovals, rejectRequest, withdrawRequest } from './request/operations.ts';
import { readBox, readRequest, summaryOf } from './request/read.server.ts';

/** The approval module; it carries out commands of every other module and therefore needs the joined product. */
export const approvalServer = (product: () => Product) =>
  implementModule(approval, {
    definitions: [approvalPolicyServer(product)],
    handlers: [
      handle(listApprovals, async (context, { query }) => {
        const found = await context.system.db.read({ ...systemScope, userId: context.actor.id }, (tx) => readBox(tx, context, query.box));
        return { items: found.map((r) => summaryOf(product(), context, r)) };
      }),
      handle(getApproval, (context, { params }) => readRequest(product(), context, params.id)),
      handle(approveRequest, (context, { params, body }) =>
        decide(product(), context, { requestId: params.id, verdict: 'approve', comment: body.comment || null }),
      ),
      handle(rejectRequest, (context, { params, body }) =>
        decide(product(), context, { requestId: params.id, verdict: 'reject', comment: body.comment || null }),
      ),
      handle(withdrawRequest, (context, { params, body }) => withdraw(product(), context, params.id, body.reason || null)),
    ],
    work: [
      {
        name: 'approvals',
        label: text('待我审批', 'Waiting for my approval'),
        order: 10,
        items: async (tx, context) =>
          (await readBox(tx, context, 'waiting')).slice(0, 50).map((r) => ({
            id: r.recordId,
            kind: r.kind,
            number: r.number,
            title: r.title,
            state: '',
            due: null,
            path: `/approvals/${r.id}`,
            entityId: r.entityId,
            action: product().definition(r.kind)?.actions[r.action]?.label ?? null,
          })),
      },
    ],
  });
