import type { AnyDefinition } from '#kernel/document/definition.ts';
import { fill, text, type LocalText } from '#kernel/i18n/text.ts';

/** What happens to records and documents besides their own actions: approvals, comments, files, periods of rules. */
const commonActions: Readonly<Record<string, LocalText>> = {
  'approve-step': text('同意审批', 'Approved a step'),
  'reject-approval': text('退回审批', 'Sent the request back'),
  'withdraw-approval': text('撤回审批申请', 'Withdrew the request'),
  'take-in-force': text('新版本生效', 'New version in force'),
  'take-over': text('期初转入', 'Taken over'),
  create: text('新建', 'Create'),
  read: text('查看', 'Read'),
  export: text('导出', 'Export'),
  comment: text('评论', 'Comment'),
  'edit-comment': text('修改评论', 'Edit comment'),
  'attach-file': text('上传附件', 'Attach file'),
  'remove-file': text('移除附件', 'Remove file'),
};

const requested = text('提请审批：{action}', 'Asked for approval: {action}');
const requestedAny = text('提请审批', 'Asked for approval');

/**
 * What an event is called: an action of the definition, a request for one, something that happens to every kind; undefined for
 * what only its own part of the product can name.
 */
export function knownActionWord(action: string, d: AnyDefinition | undefined): LocalText | undefined {
  const own = (d?.actions[action]?.label as LocalText | undefined) ?? commonActions[action];
  if (own || !action.startsWith('request-')) return own;
  const wanted = d?.actions[action.slice('request-'.length)]?.label as LocalText | undefined;
  return wanted ? fill(requested, { action: wanted }) : requestedAny;
}
