import type { Refusal } from '#kernel/command/refusal.ts';
import { defineRecord } from '#kernel/document/define-record.ts';
import { lineSet, type ActionDefinition, type StateDefinition } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { isUscc } from '#modules/organisation/index.ts';
import { documentKinds } from '../licence/document-kinds.ts';
import { partyRefusals } from '../refusals.ts';
import { isIban, isLei, looksLikeIban } from './check-digits.ts';
import { regions } from './regions.ts';
import {
  buyerRoles,
  describeGap,
  documentGaps,
  partyRoles,
  type DocumentGap,
  type FiledDocument,
  type PartyRole,
} from './required-documents.ts';

export interface PartyFacts {
  /** Documents on file that are not withdrawn. */
  readonly documents: readonly FiledDocument[];
  /** Whether the tax number's check digits hold in its country. */
  readonly isTaxNumberSound: boolean;
}

export const legalForms = {
  company: text('企业', 'Company'),
  institution: text('事业单位', 'Public institution'),
  soleTrader: text('个体工商户', 'Sole trader'),
  naturalPerson: text('自然人', 'Natural person'),
  government: text('行政机关', 'Government body'),
} as const;

export const partyStates = {
  draft: { label: text('草稿', 'Draft'), tone: 'draft' },
  under_quality_review: { label: text('质量审核中', 'Under quality review'), tone: 'waiting' },
  approved: { label: text('已批准', 'Approved'), tone: 'good' },
  suspended: { label: text('已暂停', 'Suspended'), tone: 'refused' },
  expired: { label: text('资质过期', 'Expired'), tone: 'refused' },
  rejected: { label: text('不予批准', 'Rejected'), tone: 'refused' },
  inactive: { label: text('停用', 'Inactive'), tone: 'draft' },
} as const satisfies Record<string, StateDefinition>;

const contactFields = {
  name: field.text({ label: text('姓名', 'Name'), max: 80 }),
  post: field.text({ label: text('职务', 'Post'), optional: true, max: 80 }),
  phone: field.text({ label: text('电话', 'Phone'), optional: true, max: 40 }),
  email: field.text({ label: text('邮箱', 'E-mail'), optional: true, max: 120 }),
};

const bankFields = {
  bank: field.text({ label: text('开户银行', 'Bank'), max: 120 }),
  accountNo: field.code({ label: text('账号', 'Account number'), max: 42, sensitivity: 'bank-account' }),
  holder: field.text({ label: text('户名', 'Holder'), optional: true }),
  currency: field.code({ label: text('币种', 'Currency'), max: 3, pattern: /^[A-Z]{3}$/, initial: 'CNY' }),
};

interface PartyContent {
  readonly nameZh: string;
  readonly roles: readonly string[];
  readonly legalForm: keyof typeof legalForms;
  readonly country: string;
  readonly uscc: string | null;
  readonly lei: string | null;
  readonly taxNo: string | null;
  readonly lines: { readonly bankAccounts: readonly { readonly lineNo: number; readonly accountNo: string | null }[] };
}

/** Whether the law lets a natural person be this buyer of a wholesaler. */
export const isPersonBuying = (party: { readonly legalForm: string; readonly roles: readonly string[] }): boolean =>
  party.legalForm === 'naturalPerson' && buyerRoles.some((role) => party.roles.includes(role));

function check(party: PartyContent, facts: PartyFacts): Refusal[] {
  const { uscc, lei, taxNo, country } = party;
  const unknown = party.roles.filter((role) => !(role in partyRoles));
  const badAccounts = party.lines.bankAccounts.filter((b) => b.accountNo !== null && looksLikeIban(b.accountNo) && !isIban(b.accountNo));
  return [
    ...(party.roles.length === 0 ? [partyRefusals.roleIsMissing({}, { field: 'roles' })] : []),
    ...unknown.map((role) => partyRefusals.roleIsUnknown({ role }, { field: 'roles' })),
    ...(uscc !== null && !isUscc(uscc) ? [partyRefusals.usccDoesNotHold({ uscc }, { field: 'uscc' })] : []),
    ...(lei !== null && !isLei(lei) ? [partyRefusals.leiDoesNotHold({ lei }, { field: 'lei' })] : []),
    ...(taxNo !== null && !facts.isTaxNumberSound ? [partyRefusals.taxNumberDoesNotHold({ taxNo, country }, { field: 'taxNo' })] : []),
    ...badAccounts.map((b) =>
      partyRefusals.ibanDoesNotHold({ account: b.accountNo ?? '' }, { lines: 'bankAccounts', line: b.lineNo, field: 'accountNo' }),
    ),
  ];
}

/** A gap in the file as the refusal it is. */
export function gapRefusal(gap: DocumentGap): Refusal {
  const { params } = describeGap(gap);
  const document = params['document'] ?? documentKinds.other;
  const no = params['no'] ?? '';
  const day = params['day'] ?? '';
  const target = gap.document ? { link: { kind: 'licence', id: gap.document.id } } : {};
  switch (gap.problem) {
    case 'missing':
      return partyRefusals.documentIsMissing({ document, rule: gap.requirement.rule });
    case 'lapsed':
      return partyRefusals.documentHasLapsed({ document, no, day }, target);
    case 'notYet':
      return partyRefusals.documentIsNotYetValid({ document, no, day }, target);
    case 'unverified':
      return partyRefusals.documentIsUnverified({ document, no }, target);
  }
}

const needsUscc = (party: PartyContent): boolean =>
  party.country === 'CN' && party.legalForm !== 'naturalPerson' && party.legalForm !== 'government';

/** All that stands between a file and its approval: identity and every missing, lapsed or unverified document. */
function completeness(party: PartyContent, facts: PartyFacts, context: { readonly today: string }): Refusal[] {
  return [
    ...check(party, facts),
    ...(isPersonBuying(party) ? [partyRefusals.individualCannotBuyWholesale({ party: party.nameZh }, { field: 'legalForm' })] : []),
    ...(needsUscc(party) && party.uscc === null ? [partyRefusals.usccIsMissing({ party: party.nameZh }, { field: 'uscc' })] : []),
    ...documentGaps(party, facts.documents, context.today).map(gapRefusal),
  ];
}

const making = ['create', 'amend', 'change', 'submit', 'activate'];

const actions: Readonly<Record<string, ActionDefinition<any, PartyFacts, any>>> = {
  amend: { label: text('修改', 'Amend'), from: ['draft', 'rejected'], to: 'draft', editsContent: true, refuse: check },
  // What was approved is no longer what is on file: the changed file is reviewed again.
  change: {
    label: text('变更', 'Change'),
    from: ['approved', 'expired', 'suspended'],
    to: 'draft',
    editsContent: true,
    reason: 'required',
    refuse: check,
  },
  submit: {
    label: text('提交首营审批', 'Submit for first approval'),
    from: ['draft', 'expired'],
    to: 'under_quality_review',
    isPrimary: true,
    refuse: completeness,
  },
  approve: {
    label: text('批准', 'Approve'),
    from: ['under_quality_review'],
    to: 'approved',
    isPrimary: true,
    notBy: making,
    signature: { meaning: text('质量审核：资质合法有效，同意首营', 'Quality review: qualified and valid, first approval granted') },
    refuse: completeness,
  },
  reject: {
    label: text('不予批准', 'Reject'),
    from: ['under_quality_review'],
    to: 'rejected',
    reason: 'required',
    isDangerous: true,
    notBy: making,
  },
  suspend: { label: text('暂停', 'Suspend'), from: ['approved'], to: 'suspended', reason: 'required', isDangerous: true },
  reactivate: {
    label: text('恢复', 'Reactivate'),
    from: ['suspended'],
    to: 'approved',
    reason: 'required',
    notBy: making,
    signature: { meaning: text('质量审核：暂停原因已消除，恢复业务往来', 'Quality review: the cause of the suspension is gone') },
    refuse: completeness,
  },
  deactivate: {
    label: text('停用', 'Deactivate'),
    from: ['draft', 'approved', 'suspended', 'expired', 'rejected'],
    to: 'inactive',
    reason: 'required',
    isDangerous: true,
  },
  // Never asked for by anybody: a file expires by itself when a required document does (party.lapse).
  expire: { label: text('资质过期', 'Expire'), from: [], to: 'expired' },
  activate: { label: text('启用', 'Activate'), from: ['inactive'], to: 'draft', reason: 'required' },
};

/** Whoever we deal with: one file per organisation, in all its roles, approved by quality before the first deal (首营). */
export const party = defineRecord<PartyFacts>()({
  kind: 'party',
  module: 'party',
  plural: 'parties',
  idPrefix: 'pty',
  label: text('往来单位', 'Party'),
  pluralLabel: text('往来单位', 'Parties'),
  table: 'party.party',
  header: {
    code: field.code({ label: text('单位编码', 'Party code'), max: 40 }),
    nameZh: field.text({ label: text('中文名称', 'Name (Chinese)') }),
    nameEn: field.text({ label: text('英文名称', 'Name (English)'), optional: true }),
    roles: field.textList({ label: text('角色', 'Roles'), options: partyRoles, max: 8 }),
    legalForm: field.choice(legalForms, { label: text('单位性质', 'Legal form'), initial: 'company' }),
    uscc: field.code({ label: text('统一社会信用代码', 'Unified social credit code'), optional: true, max: 18 }),
    taxNo: field.code({ label: text('境外税号', 'Foreign tax number (VAT)'), optional: true, max: 30 }),
    lei: field.code({ label: text('法人识别编码 LEI', 'LEI'), optional: true, max: 20 }),
    country: field.code({ label: text('国家/地区', 'Country'), max: 2, pattern: /^[A-Z]{2}$/, initial: 'CN' }),
    region: field.choice(regions, { label: text('省级地区', 'Province'), optional: true }),
    address: field.text({ label: text('地址', 'Address'), optional: true, max: 300 }),
    legalRepresentative: field.text({ label: text('法定代表人', 'Legal representative'), optional: true, max: 80 }),
    note: field.longText({ label: text('备注', 'Note'), optional: true, max: 1000 }),
  } satisfies Record<string, unknown>,
  lines: {
    contacts: lineSet(text('联系人', 'Contacts'), contactFields, { max: 100 }),
    bankAccounts: lineSet(text('银行账户', 'Bank accounts'), bankFields, { max: 20 }),
  },
  codeField: 'code',
  initialState: 'draft',
  states: partyStates,
  list: {
    columns: ['number', 'nameZh', 'roles', 'uscc', 'region', 'state', 'updatedAt'],
    search: ['code', 'nameZh', 'nameEn', 'uscc', 'taxNo'],
    sort: { field: 'number', descending: false },
  },
  title: (p) => text(p.nameZh, p.nameEn ?? p.nameZh),
  icon: 'team',
  check,
  actions,
});

export type { PartyRole };
