import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';
import { approvalPolicy } from './approval-policy/approval-policy.ts';
import { approvalRefusals } from './refusals.ts';
import { approvalOperations } from './request/operations.ts';

export const approval = defineModule({
  name: 'approval',
  label: text('审批', 'Approvals'),
  icon: 'audit',
  isGround: true,
  dependsOn: ['organisation', 'access'],
  definitions: [approvalPolicy],
  operations: approvalOperations,
  refusals: Object.values(approvalRefusals),
  menu: [
    { label: text('审批中心', 'Approvals'), path: '/approvals' },
    { label: text('审批流程', 'Approval policies'), kind: 'approval-policy' },
  ],
});
