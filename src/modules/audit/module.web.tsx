import { lazy } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { defineWebModule } from '#ui/web-module.web.tsx';

export const webModule = defineWebModule({
  name: 'audit',
  routes: [
    {
      path: '/audit',
      label: text('审计记录', 'Audit ledger'),
      permission: 'audit.event.view',
      component: lazy(() => import('./audit-page.web.tsx').then((m) => ({ default: m.AuditPage }))),
    },
    {
      path: '/audit/jobs',
      label: text('后台任务', 'Background jobs'),
      component: lazy(() => import('./jobs-page.web.tsx').then((m) => ({ default: m.JobsPage }))),
    },
    {
      path: '/audit/mail',
      label: text('发件箱', 'Mail outbox'),
      permission: 'audit.mail.view',
      component: lazy(() => import('./mail-page.web.tsx').then((m) => ({ default: m.MailPage }))),
    },
  ],
});
