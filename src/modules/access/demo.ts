import { text, type LocalText } from '#kernel/i18n/text.ts';

/** People of the demo company. Their password is fixed and printed: it exists in a demo and nowhere else. */
export interface DemoPerson {
  readonly login: string;
  readonly name: string;
  readonly accountKind: 'person' | 'service';
  readonly locale: 'zh-CN' | 'en';
  readonly position: LocalText;
  readonly roles: readonly string[];
}

export const demoPassword = 'MedTrade-Demo-2026';

export const demoPeople: readonly DemoPerson[] = [
  {
    login: 'admin',
    name: '林思远',
    accountKind: 'person',
    locale: 'zh-CN',
    position: text('系统管理员', 'Administrator'),
    roles: ['administrator'],
  },
  {
    login: 'quality',
    name: '周敏',
    accountKind: 'person',
    locale: 'zh-CN',
    position: text('质量负责人', 'Head of quality'),
    roles: ['quality-head'],
  },
  {
    login: 'quality2',
    name: '郑洁',
    accountKind: 'person',
    locale: 'zh-CN',
    position: text('质量管理员', 'Quality officer'),
    roles: ['quality-officer'],
  },
  { login: 'buyer', name: '陈立', accountKind: 'person', locale: 'zh-CN', position: text('采购员', 'Purchasing'), roles: ['purchasing'] },
  {
    login: 'keeper',
    name: '王强',
    accountKind: 'person',
    locale: 'zh-CN',
    position: text('仓库保管员', 'Warehouse keeper'),
    roles: ['warehouse-keeper'],
  },
  {
    login: 'keeper2',
    name: '刘洋',
    accountKind: 'person',
    locale: 'zh-CN',
    position: text('仓库保管员', 'Warehouse keeper'),
    roles: ['warehouse-keeper'],
  },
  {
    login: 'accepter',
    name: '赵琳',
    accountKind: 'person',
    locale: 'zh-CN',
    position: text('验收员', 'Acceptance inspector'),
    roles: ['accepter'],
  },
  { login: 'sales', name: '孙悦', accountKind: 'person', locale: 'zh-CN', position: text('销售员', 'Sales'), roles: ['sales'] },
  {
    login: 'clerk',
    name: '何静',
    accountKind: 'person',
    locale: 'zh-CN',
    position: text('会计', 'Finance clerk'),
    roles: ['finance-clerk'],
  },
  {
    login: 'controller',
    name: '吴建国',
    accountKind: 'person',
    locale: 'zh-CN',
    position: text('财务主管', 'Controller'),
    roles: ['controller'],
  },
  { login: 'auditor', name: 'Anna Weber', accountKind: 'person', locale: 'en', position: text('检查员', 'Auditor'), roles: ['auditor'] },
  {
    login: 'integrator',
    name: '接口服务',
    accountKind: 'service',
    locale: 'zh-CN',
    position: text('接口服务', 'Integration service'),
    roles: ['integrator'],
  },
];
