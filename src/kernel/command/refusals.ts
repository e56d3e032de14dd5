import { text, type LocalText } from '../i18n/text.ts';
import { defineRefusal } from './refusal.ts';

/** A word put into a sentence: as it is, or in the reader's language. */
type Word = string | LocalText;

/** Refusals of the write pipeline itself, the same for every document and record. */
export const commandRefusals = {
  inputInvalid: defineRefusal<{ label: Word; problem: Word }>({
    code: 'command/input-invalid',
    status: 422,
    text: text('「{label}」填写有误：{problem}', '“{label}” is not valid: {problem}'),
    wayOut: text('更正该字段后重试，已填内容不会丢失。', 'Correct the field and try again; nothing you typed is lost.'),
  }),
  unknownField: defineRefusal<{ name: Word }>({
    code: 'command/unknown-field',
    status: 422,
    text: text('没有名为「{name}」的字段', 'There is no field “{name}”'),
    wayOut: text('请对照数据字典检查字段名。', 'Check the name in the data dictionary.'),
  }),
  unknownReference: defineRefusal<{ label: Word; id: Word }>({
    code: 'command/unknown-reference',
    status: 422,
    text: text('「{label}」所指的 {id} 不存在或您无权查看', '“{label}” points to {id}, which does not exist or is not visible to you'),
    wayOut: text('请从列表中选择，或请有权限的同事处理。', 'Choose it from the list, or ask a colleague who may see it.'),
  }),
  inactiveReference: defineRefusal<{ label: Word; name: Word }>({
    code: 'command/inactive-reference',
    status: 422,
    text: text('「{label}」选择的「{name}」已停用', '“{label}”: {name} is inactive'),
    wayOut: text('请选择启用中的记录，或先将其启用。', 'Choose an active one, or activate it first.'),
  }),
  notPermitted: defineRefusal<{ action: Word; permission: Word }>({
    code: 'access/not-permitted',
    status: 403,
    text: text('您没有权限：{action}（{permission}）', 'You may not do this: {action} ({permission})'),
    wayOut: text(
      '请联系系统管理员申请该权限，或请有权限的同事办理。',
      'Ask the administrator for the permission, or a colleague who holds it.',
    ),
  }),
  outOfScope: defineRefusal<{ action: Word }>({
    code: 'access/out-of-scope',
    status: 403,
    text: text('该记录不在您的数据范围内，不能{action}', 'This record is outside your data scope: {action}'),
    wayOut: text(
      '切换到有权限的公司，或请系统管理员调整数据范围。',
      'Switch to a company you work for, or ask the administrator to widen your scope.',
    ),
  }),
  makerIsChecker: defineRefusal<{ person: Word; done: Word; action: Word }>({
    code: 'access/maker-is-checker',
    rule: 'GSP 19',
    status: 403,
    text: text(
      '{person}已在本单据上执行过「{done}」，不能再由同一人「{action}」',
      '{person} already did “{done}” here; the same person may not do “{action}”',
    ),
    wayOut: text('请由另一位有权限的同事办理。', 'Another authorised person has to do it.'),
  }),
  hiddenValueMissing: defineRefusal<{ label: Word }>({
    code: 'access/hidden-value-missing',
    status: 403,
    text: text(
      '「{label}」对您不可见，新行或改换了产品的行缺少该值',
      '“{label}” is not visible to you, and a new or changed line lacks it',
    ),
    wayOut: text('请能看到该字段的同事填写，或保留原来的行。', 'Let a colleague who sees it fill it in, or keep the line as it was.'),
  }),
  hiddenValueChanged: defineRefusal<{ label: Word }>({
    code: 'access/hidden-value-changed',
    status: 403,
    text: text('「{label}」对您不可见，不能修改', '“{label}” is not visible to you; you cannot change it'),
    wayOut: text('不要提交该字段，或请能看到它的同事修改。', 'Leave the field out, or let a colleague who sees it change it.'),
  }),
  notStorable: defineRefusal({
    code: 'command/not-storable',
    status: 422,
    text: text('有一个值超出可保存的范围或含有不能保存的字符', 'A value is out of range or has characters that cannot be stored'),
    wayOut: text('检查数字的大小、日期和特殊字符。', 'Check the size of numbers, dates and special characters.'),
  }),
  amountTooLarge: defineRefusal<{ label: Word; max: string }>({
    code: 'command/amount-too-large',
    status: 422,
    text: text('「{label}」超过可记账的最大金额 {max}', '“{label}” is more than can be booked ({max})'),
    wayOut: text('检查数量、单价和汇率是否多输了位数。', 'Check quantity, price and rate for extra digits.'),
  }),
  notFound: defineRefusal<{ what: Word }>({
    code: 'document/not-found',
    status: 404,
    text: text('找不到该{what}，或您无权查看', 'There is no such {what}, or you may not see it'),
    wayOut: text('请检查链接，或用全局搜索查找。', 'Check the link, or look for it with the global search.'),
  }),
  wrongState: defineRefusal<{ what: Word; state: Word; action: Word; from: Word }>({
    code: 'document/wrong-state',
    status: 409,
    text: text('{what}当前为「{state}」，只有「{from}」时才能{action}', '{what} is “{state}”; “{action}” needs “{from}”'),
    wayOut: text('刷新页面查看当前状态与可用操作。', 'Reload to see its state and what can be done now.'),
  }),
  changedMeanwhile: defineRefusal<{ what: Word; version: number }>({
    code: 'document/changed-meanwhile',
    status: 409,
    text: text('{what}已被他人修改（现为第 {version} 版）', '{what} was changed by someone else (now version {version})'),
    wayOut: text('查看最新内容后再次提交，您填写的内容仍保留。', 'Look at the newest content and submit again; what you typed is kept.'),
  }),
  codeTaken: defineRefusal<{ label: Word; code: Word }>({
    code: 'document/code-taken',
    status: 409,
    text: text('{label}「{code}」已被使用', '{label} “{code}” is already in use'),
    wayOut: text('请换一个编码，或打开已有记录。', 'Use another code, or open the existing one.'),
  }),
  stillReferred: defineRefusal({
    code: 'document/still-referred',
    status: 409,
    text: text('其他记录仍在引用所删除的内容', 'Other records still refer to what would be removed'),
    wayOut: text('先更改引用它的记录。', 'Change those records first.'),
  }),
  reasonRequired: defineRefusal<{ action: Word }>({
    code: 'command/reason-required',
    status: 422,
    text: text('「{action}」必须填写原因', '“{action}” needs a reason'),
    wayOut: text('填写原因后重试。', 'Give the reason and try again.'),
  }),
  entityRequired: defineRefusal({
    code: 'command/entity-required',
    status: 422,
    text: text('没有指明属于哪家公司', 'It is not said which company this belongs to'),
    wayOut: text('在右上角选择公司后重试。', 'Choose the company at the top right and try again.'),
  }),
  keyRequired: defineRefusal({
    code: 'command/idempotency-key-required',
    status: 428,
    text: text('写操作必须带 Idempotency-Key 请求头', 'Every write needs the header Idempotency-Key'),
    wayOut: text('为每个操作意图生成一个新键，重试时沿用同一个键。', 'Make one new key per intent and keep it over retries.'),
  }),
  keyReused: defineRefusal<{ difference: Word }>({
    code: 'command/idempotency-key-reused',
    status: 409,
    text: text(
      '同一个 Idempotency-Key 已用于另一项内容，不同之处：{difference}',
      'This Idempotency-Key was used for other content; it differs in: {difference}',
    ),
    wayOut: text('为新的操作使用新的键。', 'Use a new key for a new intent.'),
  }),
  signatureRequired: defineRefusal<{ action: Word }>({
    code: 'signature/required',
    rule: 'R-089',
    status: 428,
    text: text('「{action}」需要电子签名', '“{action}” needs your electronic signature'),
    wayOut: text('输入密码（及动态口令）签名后继续。', 'Sign with your password (and one-time code) to go on.'),
  }),
  tooManyLines: defineRefusal<{ label: Word; max: number; count: number }>({
    code: 'command/too-many-lines',
    status: 413,
    text: text('{label}有 {count} 行，最多 {max} 行', '{label} has {count} lines; at most {max} are allowed'),
    wayOut: text('拆成多张单据。', 'Split it over several documents.'),
  }),
  tooFewLines: defineRefusal<{ label: Word; min: number }>({
    code: 'command/too-few-lines',
    status: 422,
    text: text('{label}至少要有 {min} 行', '{label} needs at least {min} lines'),
    wayOut: text('补充明细行。', 'Add the missing lines.'),
  }),
  busy: defineRefusal({
    code: 'command/busy',
    status: 503,
    text: text('系统繁忙，多次重试后仍未成功', 'The system is busy; several attempts did not succeed'),
    wayOut: text('稍候片刻再试，内容没有丢失。', 'Try again in a moment; nothing is lost.'),
  }),
  actionUnknown: defineRefusal<{ action: Word }>({
    code: 'command/action-unknown',
    status: 404,
    text: text('没有「{action}」这个操作', 'There is no action “{action}”'),
    wayOut: text('请对照接口文档。', 'See the API reference.'),
  }),
  filterInvalid: defineRefusal<{ field: Word; problem: Word }>({
    code: 'list/filter-invalid',
    status: 400,
    text: text('筛选条件「{field}」无效：{problem}', 'The filter on “{field}” is not valid: {problem}'),
    wayOut: text('更正或移除该条件。', 'Correct or remove that filter.'),
  }),
  awaitingApproval: defineRefusal<{ action: Word }>({
    code: 'approval/already-waiting',
    status: 409,
    text: text('「{action}」正在等待审批', '“{action}” is waiting for approval'),
    wayOut: text('等待审批结果，或由申请人撤回。', 'Wait for the decision, or let the requester withdraw it.'),
  }),
} as const;
