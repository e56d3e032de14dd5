import { lazy } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { defineWebModule } from '#ui/web-module.web.tsx';

export const webModule = defineWebModule({
  name: 'approval',
  routes: [
    {
      path: '/approvals',
      label: text('审批中心', 'Approvals'),
      component: lazy(() => import('./request/approvals-page.web.tsx').then((m) => ({ default: m.ApprovalsPage }))),
    },
    {
      path: '/approvals/$id',
      label: text('审批', 'Approval'),
      component: lazy(() => import('./request/approval-page.web.tsx').then((m) => ({ default: m.ApprovalPage }))),
    },
  ],
});
