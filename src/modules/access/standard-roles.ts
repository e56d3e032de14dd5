import { text, type LocalText } from '#kernel/i18n/text.ts';

/** A role as it is delivered: companies change it or make their own. `readsAll` sees every kind there is and will be. */
export interface StandardRole {
  readonly code: string;
  readonly name: LocalText;
  readonly purpose: LocalText;
  readonly permissions: readonly string[];
  readonly readsAll?: boolean;
}

/** What everybody who works on records does with them: attach, comment, share a view. */
const everyday = ['documents.file.add', 'documents.file.remove', 'documents.comment.add', 'documents.view.share'];

/** Views of kinds in some modules, out of all permissions there are. */
const viewsIn = (modules: readonly string[], all: readonly string[]): string[] =>
  all.filter((name) => name.endsWith('.view') && modules.includes(name.split('.')[0] ?? ''));

const roles: readonly (StandardRole & { readonly readsModules?: readonly string[] })[] = [
  {
    code: 'administrator',
    name: text('系统管理员', 'Administrator'),
    purpose: text('管理公司、用户、角色与审计；不参与任何业务过账。', 'Runs companies, users, roles and audit; posts no business.'),
    permissions: ['access.*', 'organisation.*', 'audit.*', 'documents.*', 'approval.*', 'integration.*', 'rollout.*'],
  },
  {
    code: 'quality-head',
    name: text('质量负责人', 'Head of quality'),
    purpose: text(
      '首营审批、验收放行、不合格品处置、召回；独立行使质量否决权。',
      'First approvals, release, nonconformity and recall; holds the quality veto.',
    ),
    permissions: [
      'quality.*',
      'party.*',
      'catalogue.*',
      'compliance.*',
      'traceability.*',
      'rules.*',
      'audit.event.view',
      'sensitive.bank-account.full',
    ],
    readsModules: ['party', 'catalogue', 'warehouse', 'procurement', 'sales', 'consignment', 'service', 'documents', 'organisation'],
  },
  {
    code: 'quality-officer',
    name: text('质量管理员', 'Quality officer'),
    purpose: text(
      '建立并维护往来单位资质、核验证照、提交首营审批；不得审批。',
      'Keeps files and licences, verifies them and submits; approves nothing.',
    ),
    permissions: [
      ...['create', 'amend', 'change', 'submit', 'suspend', 'deactivate', 'activate'].map((action) => `party.party.${action}`),
      'party.licence.*',
      'party.authorisation.*',
      'sensitive.bank-account.full',
    ],
    readsModules: ['party', 'catalogue', 'warehouse', 'procurement', 'sales', 'compliance', 'organisation'],
  },
  {
    code: 'purchasing',
    name: text('采购员', 'Purchasing'),
    purpose: text('采购订单、供应商往来、采购退货。', 'Purchase orders, suppliers and returns to them.'),
    permissions: ['procurement.*', 'planning.*', 'sensitive.purchase-price.full'],
    readsModules: ['party', 'catalogue', 'warehouse', 'compliance', 'organisation'],
  },
  {
    code: 'warehouse-keeper',
    name: text('仓库保管员', 'Warehouse keeper'),
    purpose: text('收货、上架、拣货、发货、盘点、养护。', 'Receives, stores, picks, ships, counts, keeps.'),
    permissions: ['warehouse.*', 'counting.*'],
    readsModules: ['party', 'catalogue', 'procurement', 'sales', 'consignment', 'traceability', 'organisation'],
  },
  {
    code: 'accepter',
    name: text('验收员', 'Acceptance inspector'),
    purpose: text('来货逐批验收并签字。', 'Inspects incoming lots and signs.'),
    permissions: ['quality.acceptance.view', 'quality.acceptance.create', 'quality.acceptance.amend', 'quality.acceptance.accept'],
    readsModules: ['party', 'catalogue', 'warehouse', 'procurement', 'compliance', 'organisation'],
  },
  {
    code: 'sales',
    name: text('销售员', 'Sales'),
    purpose: text('报价、销售订单、客户往来、寄售。', 'Quotations, orders, customers, consignment.'),
    permissions: ['sales.*', 'consignment.*', 'pricing.price.view', 'sensitive.purchase-price.masked'],
    readsModules: ['party', 'catalogue', 'warehouse', 'pricing', 'compliance', 'service', 'organisation'],
  },
  {
    code: 'finance-clerk',
    name: text('会计', 'Finance clerk'),
    purpose: text('发票、凭证、收付款录入。', 'Enters invoices, vouchers and payments.'),
    permissions: [
      'finance.journal-voucher.create',
      'finance.journal-voucher.amend',
      'finance.journal-voucher.submit',
      'finance.journal-voucher.cancel',
      'warehouse.opening-stock.create',
      'warehouse.opening-stock.amend',
      'warehouse.opening-stock.submit',
      'warehouse.opening-stock.cancel',
      'finance.invoice.*',
      'sensitive.bank-account.masked',
      'sensitive.purchase-price.full',
    ],
    readsModules: ['finance', 'party', 'catalogue', 'procurement', 'sales', 'consignment', 'crossborder', 'warehouse', 'organisation'],
  },
  {
    code: 'controller',
    name: text('财务主管', 'Controller'),
    purpose: text('审核与过账、付款批准、结账、报表。', 'Approves, posts and pays, closes periods, reports.'),
    permissions: [
      'finance.journal-voucher.approve',
      'finance.journal-voucher.post',
      'finance.journal-voucher.reverse',
      'finance.accounting-period.*',
      'finance.account.*',
      'finance.payment.*',
      'analytics.*',
      'sensitive.bank-account.full',
      'sensitive.purchase-price.full',
      'sensitive.margin.full',
    ],
    readsModules: [
      'finance',
      'party',
      'catalogue',
      'procurement',
      'sales',
      'consignment',
      'crossborder',
      'warehouse',
      'pricing',
      'organisation',
      'audit',
    ],
  },
  {
    code: 'auditor',
    name: text('检查员', 'Auditor'),
    purpose: text(
      '只读查阅全部记录、审计账与追溯；供内审与监管检查。',
      'Reads every record, the audit ledger and traces; for audits and inspections.',
    ),
    permissions: [
      'audit.event.view',
      'audit.chain.verify',
      'audit.chain.export',
      'access.review.view',
      'sensitive.purchase-price.full',
      'sensitive.bank-account.masked',
    ],
    readsAll: true,
  },
  {
    code: 'integrator',
    name: text('接口服务', 'Integration service'),
    purpose: text('供外部系统通过 API 读写；由 API 密钥进一步限定范围。', 'For other systems through the API; keys narrow it further.'),
    permissions: ['sales.*', 'procurement.*'],
    readsModules: ['party', 'catalogue', 'warehouse', 'traceability', 'organisation'],
  },
];

/** The delivered roles, joined with the permissions that exist in this product. Names that no module declares are left out. */
export function standardRoles(catalogue: readonly string[]): StandardRole[] {
  const exists = (name: string): boolean =>
    name.endsWith('.*') ? catalogue.some((p) => p.startsWith(name.slice(0, -1))) : catalogue.includes(name);
  return roles.map(({ readsModules, ...role }) => ({
    ...role,
    permissions: [
      ...role.permissions.filter(exists),
      ...(role.readsAll ? [] : everyday.filter(exists)),
      ...(role.readsAll ? ['*.view'] : []),
      ...viewsIn(readsModules ?? [], catalogue),
    ].filter((name, at, list) => list.indexOf(name) === at),
  }));
}
