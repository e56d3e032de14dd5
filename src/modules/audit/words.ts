import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { AnyDefinition, LineSet } from '#kernel/document/definition.ts';
import type { Field } from '#kernel/document/field.ts';
import { knownActionWord } from '#ui/action-words.ts';

/** Kinds of the ledger that are no records or documents. */
export const securityKinds: Readonly<Record<string, LocalText>> = {
  session: text('登录会话', 'Session'),
  credential: text('登录凭据', 'Credential'),
  'api-key': text('API 密钥', 'API key'),
  permission: text('权限', 'Permission'),
  access: text('访问', 'Access'),
  export: text('数据导出', 'Export'),
  'sensitive-read': text('敏感数据查看', 'Sensitive read'),
  configuration: text('系统配置', 'Configuration'),
  audit: text('审计链', 'Audit chain'),
  job: text('后台任务', 'Background job'),
  mail: text('邮件', 'Mail'),
};

const actions: Readonly<Record<string, LocalText>> = {
  'sign-in': text('登录', 'Sign in'),
  'sign-out': text('退出登录', 'Sign out'),
  'sign-in-refused': text('登录失败', 'Sign-in refused'),
  'sign-in-stopped': text('登录被阻止', 'Sign-in stopped'),
  'signature-refused': text('签名验证失败', 'Signature refused'),
  'second-factor-refused': text('二次验证失败', 'Second factor refused'),
  'password-refused': text('密码验证失败', 'Password refused'),
  'change-password': text('修改密码', 'Change password'),
  'issue-password': text('重置密码', 'Issue password'),
  'enrol-second-factor': text('启用二次验证', 'Enrol second factor'),
  'disable-second-factor': text('停用二次验证', 'Disable second factor'),
  'reset-second-factor': text('重置二次验证', 'Reset second factor'),
  'renew-recovery-codes': text('更换恢复码', 'Renew recovery codes'),
  'link-single-sign-on': text('绑定单点登录', 'Link single sign-on'),
  'first-setup': text('首次设置', 'First set-up'),
  'name-substitute': text('指定代理人', 'Name substitute'),
  'end-substitution': text('结束代理', 'End substitution'),
  'revoke-all': text('终止全部会话', 'Revoke all sessions'),
  unlock: text('解除锁定', 'Unlock'),
  revoke: text('撤销', 'Revoke'),
  denied: text('越权被拒', 'Denied'),
  resend: text('重新发送', 'Send again'),
  cancel: text('取消', 'Cancel'),
};

const asIs = (name: string): LocalText => text(name, name);

export const kindWord = (kind: string, d: AnyDefinition | undefined): LocalText => d?.label ?? securityKinds[kind] ?? asIs(kind);

/** An action as its definition, the product or the security log names it. */
export const actionWord = (action: string, d: AnyDefinition | undefined): LocalText =>
  knownActionWord(action, d) ?? actions[action] ?? asIs(action);

/** What is refused, stopped or removed catches the eye. */
export const isAlarming = (action: string): boolean => /refused|stopped|denied|revoke|reverse|cancel|remove/.test(action);

/** A value that changed, ready to be shown: whose, before and after. */
export interface ShownValue {
  readonly key: string;
  readonly label: LocalText;
  /** Kind and options decide how values read; absent for what no definition names. */
  readonly field: Field | undefined;
  readonly lines: LocalText | undefined;
  readonly line: number | undefined;
  readonly old: unknown;
  readonly new: unknown;
  readonly isMasked: boolean;
}

interface ShownChange {
  readonly field: string;
  readonly lines?: string | undefined;
  readonly line?: number | undefined;
  readonly old?: unknown;
  readonly new?: unknown;
  readonly isMasked?: boolean | undefined;
}

const valuesOf = (line: unknown): Record<string, unknown> =>
  typeof line === 'object' && line !== null ? (line as Record<string, unknown>) : {};

/** Changes value by value: a line added or removed as the values it brought or took. */
export function shownValues(changes: readonly ShownChange[], d: AnyDefinition | undefined): ShownValue[] {
  return changes.flatMap((change, at) => {
    const set = change.lines === undefined ? undefined : (d?.lines as Record<string, LineSet> | undefined)?.[change.lines];
    const fields = (change.lines === undefined ? d?.header : set?.fields) as Record<string, Field> | undefined;
    const common = { lines: set?.label ?? (change.lines === undefined ? undefined : asIs(change.lines)), line: change.line };
    const one = (name: string, old: unknown, now: unknown, isMasked: boolean): ShownValue => ({
      ...common,
      key: `${at}.${name}`,
      field: fields?.[name],
      label: fields?.[name]?.label ?? asIs(name),
      old,
      new: now,
      isMasked,
    });
    if (change.field !== '*') return [one(change.field, change.old, change.new, change.isMasked ?? false)];
    const [old, now] = [valuesOf(change.old), valuesOf(change.new)];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].map((name) => {
      const isHidden = (change.isMasked ?? false) && fields?.[name]?.sensitivity !== undefined;
      return one(name, old[name] ?? null, now[name] ?? null, isHidden);
    });
  });
}

export const problemWords: Readonly<Record<string, LocalText>> = {
  'block-missing': text('缺少区块', 'A block is missing'),
  'block-changed': text('区块被修改', 'A block was changed'),
  'chain-broken': text('区块链断开：与前一区块不衔接', 'The chain is broken: a block does not follow the one before'),
  'root-differs': text('区块的行摘要与根不符', 'The hashes of a block do not give its root'),
  'row-missing': text('审计记录被删除', 'An audit row was removed'),
  'row-changed': text('审计记录被修改', 'An audit row was changed'),
  'row-inserted': text('审计记录被插入', 'An audit row was slipped in'),
  'posting-changed': text('过账的库存移动或分录被修改、删除或增加', 'Moves or journal lines of a posting were changed, removed or added'),
  'posting-unknown': text('存在没有审计记录的过账', 'Something was posted without an audit row'),
  'anchor-differs': text('与系统外保存的链头不符：链被截断或重写', 'Differs from a head kept outside: the chain was cut or written anew'),
};

export const jobWords: Readonly<Record<string, LocalText>> = {
  'audit.verify': text('校验审计链', 'Verify the audit chain'),
  'audit.anchor': text('保存审计链头', 'Anchor the audit chain'),
  'audit.tidy': text('清理已投递的事件与旧任务', 'Tidy delivered events and old jobs'),
  'mail.send': text('发送邮件', 'Send mail'),
  'access.tidy': text('清理登录记录', 'Tidy log-in records'),
};

export const jobStates = {
  queued: { label: text('等待', 'Waiting'), tone: 'waiting' },
  running: { label: text('进行中', 'Running'), tone: 'info' },
  done: { label: text('完成', 'Done'), tone: 'good' },
  failed: { label: text('失败', 'Failed'), tone: 'refused' },
  cancelled: { label: text('已取消', 'Cancelled'), tone: 'draft' },
} as const;

export const mailStates = {
  queued: { label: text('待发送', 'Waiting'), tone: 'waiting' },
  kept: { label: text('保留在此', 'Kept here'), tone: 'info' },
  sent: { label: text('已发送', 'Sent'), tone: 'good' },
  failed: { label: text('发送失败', 'Failed'), tone: 'refused' },
} as const;
