import { defineRefusal } from '#kernel/command/refusal.ts';
import { text } from '#kernel/i18n/text.ts';

export const auditRefusals = {
  exportNeedsGroup: defineRefusal({
    code: 'audit/export-needs-whole-group',
    rule: 'R-090',
    status: 403,
    text: text(
      '审计链只能整体导出，您的数据范围仅限部分公司',
      'The audit chain exports as a whole; your data scope covers only some companies',
    ),
    wayOut: text('请由数据范围为全集团的人员导出。', 'Let somebody with group-wide scope export it.'),
  }),
  cursorInvalid: defineRefusal({
    code: 'audit/cursor-invalid',
    status: 400,
    text: text('分页位置无效', 'This is not a place in the list'),
    wayOut: text('从第一页重新查询。', 'Start again from the first page.'),
  }),
  noSuchJob: defineRefusal<{ id: string }>({
    code: 'audit/no-such-job',
    status: 404,
    text: text('没有任务 {id}，或它不是您启动的', 'There is no job {id}, or it is not yours'),
    wayOut: text('在“我的任务”中查看。', 'See your jobs.'),
  }),
  jobHasEnded: defineRefusal<{ id: string }>({
    code: 'audit/job-has-ended',
    status: 409,
    text: text('任务 {id} 已结束，无法取消', 'Job {id} has ended and cannot be cancelled'),
    wayOut: text('查看其结果；如有需要，冲销或更正由它产生的单据。', 'See its result; reverse or correct what it made where needed.'),
  }),
  noSuchMail: defineRefusal<{ id: string }>({
    code: 'audit/no-such-mail',
    status: 404,
    text: text('没有邮件 {id}', 'There is no mail {id}'),
    wayOut: text('回到发件箱查看。', 'See the outbox.'),
  }),
  mailWasSent: defineRefusal<{ to: string }>({
    code: 'audit/mail-was-sent',
    status: 409,
    text: text('这封邮件已发送给 {to}', 'This mail was sent to {to} already'),
    wayOut: text('如需再次通知，请重新发起该业务操作。', 'To tell them again, repeat what caused the mail.'),
  }),
  liveIsAway: defineRefusal({
    code: 'audit/live-is-away',
    status: 503,
    text: text('实时通知暂不可用', 'Live changes are not available right now'),
    wayOut: text('页面会自动重连；也可手动刷新。', 'The page reconnects by itself; reloading works too.'),
  }),
  tooManyStreams: defineRefusal({
    code: 'audit/too-many-streams',
    status: 429,
    text: text('您打开的页面过多，新的页面不再接收实时通知', 'You have too many pages open for another live stream'),
    wayOut: text('关闭不用的页面。', 'Close pages you no longer need.'),
  }),
} as const;
