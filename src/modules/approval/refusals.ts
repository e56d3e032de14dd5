import { defineRefusal } from '#kernel/command/refusal.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

export const approvalRefusals = {
  noApprover: defineRefusal<{ step: LocalText; policy: LocalText }>({
    code: 'approval/no-approver',
    text: text(
      '审批流程「{policy}」的步骤「{step}」没有可用的审批人（制单人不能自审）',
      'Step “{step}” of “{policy}” has nobody who could approve (the maker may not)',
    ),
    wayOut: text(
      '请系统管理员为该步骤的角色指派人员，或修改审批流程。',
      'Let the administrator give somebody the step’s role, or change the policy.',
    ),
  }),
  notYours: defineRefusal<{ step: LocalText }>({
    code: 'approval/not-yours',
    status: 403,
    text: text('步骤「{step}」不由您审批', 'Step “{step}” is not yours to decide'),
    wayOut: text('请该步骤的审批人或其代理人处理。', 'An approver of that step, or their substitute, has to decide.'),
  }),
  makerMayNotDecide: defineRefusal({
    code: 'approval/maker-may-not-decide',
    rule: 'R-094',
    status: 403,
    text: text(
      '您提交、编制或修改过这份单据，不能审批，代理他人时也不能',
      'You asked for this, or made or amended the document; you may not decide on it, not even for somebody else',
    ),
    wayOut: text('请另一位审批人或其代理人处理。', 'Another approver, or another substitute, has to decide.'),
  }),
  alreadyDecided: defineRefusal({
    code: 'approval/already-decided',
    status: 409,
    text: text('该审批已有结论，或您已表态', 'It is already decided, or you have already decided'),
    wayOut: text('刷新查看结果。', 'Reload to see the result.'),
  }),
  commentRequired: defineRefusal({
    code: 'approval/comment-required',
    text: text('退回时必须说明原因', 'Sending back needs a reason'),
    wayOut: text('填写原因后再退回。', 'Say why, then send it back.'),
  }),
  notRequester: defineRefusal({
    code: 'approval/not-requester',
    status: 403,
    text: text('只有申请人可以撤回', 'Only the requester can withdraw it'),
    wayOut: text('请申请人撤回，或由审批人退回。', 'Let the requester withdraw it, or an approver send it back.'),
  }),
  requesterLostRight: defineRefusal<{ person: string }>({
    code: 'approval/requester-lost-right',
    status: 409,
    text: text('申请人{person}已无权执行该操作', 'The requester {person} may no longer do this'),
    wayOut: text('退回申请，由有权限的人重新提交。', 'Send it back and let an authorised person submit it again.'),
  }),
  unknownAction: defineRefusal<{ kind: string; action: string }>({
    code: 'approval/unknown-action',
    text: text('「{kind}」没有可审批的操作「{action}」', '“{kind}” has no action “{action}” that can wait for approval'),
    wayOut: text('对照数据字典填写单据类型和操作。', 'See the data dictionary for kinds and actions.'),
  }),
  stepWithoutApprover: defineRefusal({
    code: 'approval/step-without-approver',
    text: text('每个步骤须指定审批角色', 'Each step needs a role that approves'),
    wayOut: text('为步骤选择角色。', 'Choose a role for the step.'),
  }),
  quorumTooSmall: defineRefusal({
    code: 'approval/quorum-missing',
    text: text('「达到人数」方式须填写人数（至少 1）', '“Quorum” needs the number of people (at least 1)'),
    wayOut: text('填写人数。', 'Enter the number.'),
  }),
};
