import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';
import { auditOperations } from './operations.ts';
import { auditRefusals } from './refusals.ts';

export const audit = defineModule({
  name: 'audit',
  label: text('审计', 'Audit'),
  icon: 'history',
  isGround: true,
  operations: auditOperations,
  permissions: [
    { name: 'audit.event.view', label: text('查看审计记录', 'See the audit ledger') },
    { name: 'audit.chain.verify', label: text('校验审计链', 'Verify the audit chain') },
    { name: 'audit.chain.export', label: text('导出审计链', 'Export the audit chain') },
    { name: 'audit.job.view', label: text('查看所有人的后台任务', 'See everyone’s background jobs') },
    { name: 'audit.job.cancel', label: text('取消他人的后台任务', 'Cancel other people’s background jobs') },
    { name: 'audit.mail.view', label: text('查看发件箱', 'See the mail outbox') },
    { name: 'audit.mail.resend', label: text('重新发送邮件', 'Send mail again') },
  ],
  refusals: Object.values(auditRefusals),
  menu: [
    { label: text('审计记录', 'Audit ledger'), path: '/audit', permission: 'audit.event.view' },
    { label: text('后台任务', 'Background jobs'), path: '/audit/jobs' },
    { label: text('发件箱', 'Mail outbox'), path: '/audit/mail', permission: 'audit.mail.view' },
  ],
});
