import { defineRecord } from '#kernel/document/define-record.ts';
import { lineSet } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { approvalRefusals as refusals } from '../refusals.ts';

export const stepModes = {
  any: text('任一人同意', 'Any one'),
  all: text('全部同意（会签）', 'All'),
  quorum: text('达到人数', 'Quorum'),
} as const;

export interface PolicyFacts {
  /** Whether the kind has such an action that can wait for approval. */
  readonly isKnownAction: boolean;
}

/** Who has to approve which action of which document, from which amount: steps one after the other, people of a step side by side. */
export const approvalPolicy = defineRecord<PolicyFacts>()({
  kind: 'approval-policy',
  module: 'approval',
  plural: 'approval-policies',
  idPrefix: 'app',
  label: text('审批流程', 'Approval policy'),
  pluralLabel: text('审批流程', 'Approval policies'),
  table: 'approval.approval_policy',
  header: {
    code: field.code({ label: text('编码', 'Code'), max: 40 }),
    nameZh: field.text({ label: text('名称', 'Name (Chinese)') }),
    nameEn: field.text({ label: text('英文名称', 'Name (English)') }),
    documentKind: field.code({ label: text('单据类型', 'Document kind'), help: text('如 journal-voucher', 'e.g. journal-voucher') }),
    documentAction: field.code({ label: text('操作', 'Action'), initial: 'submit', help: text('如 submit', 'e.g. submit') }),
    companyId: field.ref('legal-entity', {
      label: text('适用公司', 'Company'),
      optional: true,
      help: text('留空为全部公司', 'Empty: every company'),
    }),
    amountFrom: field.money({
      label: text('金额起点', 'From amount'),
      optional: true,
      help: text('本位币，含本数；留空为任何金额', 'Functional currency, inclusive; empty: any amount'),
    }),
  },
  lines: {
    steps: lineSet(
      text('审批步骤', 'Steps'),
      {
        nameZh: field.text({ label: text('步骤名称', 'Step (Chinese)') }),
        nameEn: field.text({ label: text('英文名称', 'Step (English)') }),
        roleId: field.ref('role', { label: text('审批角色', 'Role') }),
        mode: field.choice(stepModes, { label: text('方式', 'Mode'), initial: 'any' }),
        quorum: field.integer({ label: text('人数', 'Quorum'), optional: true, min: 1, max: 50 }),
      },
      { min: 1, max: 10 },
    ),
  },
  codeField: 'code',
  list: {
    columns: ['number', 'nameZh', 'documentKind', 'documentAction', 'companyId', 'amountFrom', 'state'],
    search: ['code', 'nameZh', 'nameEn', 'documentKind'],
    sort: { field: 'number', descending: false },
  },
  title: (p) => text(p.nameZh, p.nameEn),
  icon: 'audit',
  check: (p, facts) => [
    ...(facts.isKnownAction
      ? []
      : [refusals.unknownAction({ kind: p.documentKind, action: p.documentAction }, { field: 'documentAction' })]),
    ...p.lines.steps
      .filter((s) => s.mode === 'quorum' && s.quorum === null)
      .map((s) => refusals.quorumTooSmall({}, { lines: 'steps', line: s.lineNo, field: 'quorum' })),
  ],
});
