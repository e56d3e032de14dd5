import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';
import { authorisation } from './authorisation/authorisation.ts';
import { licence } from './licence/licence.ts';
import { partyOperations, QUALIFICATION_VIEW } from './operations.ts';
import { party } from './party/party.ts';
import { partyRefusals } from './refusals.ts';

/** Quality decides alone (GSP 18, 19): whoever sells, buys or hands out permissions may not approve whom we deal with. */
const approving = 'party.party.approve';

export const partyModule = defineModule({
  name: 'party',
  label: text('往来单位', 'Parties'),
  icon: 'team',
  dependsOn: ['organisation'],
  definitions: [party, licence, authorisation],
  operations: partyOperations,
  permissions: [{ name: QUALIFICATION_VIEW, label: text('查询资质与经营范围', 'Ask about qualifications and scope') }],
  sensitivities: [{ name: 'bank-account', label: text('银行账号', 'Bank account') }],
  refusals: Object.values(partyRefusals),
  conflicts: [
    {
      permissions: [approving, 'sales.sales-order.create'],
      reason: text('销售人员不得审批往来单位资质', 'Sales may not approve whom we sell to'),
    },
    {
      permissions: [approving, 'procurement.purchase-order.create'],
      reason: text('采购人员不得审批供货者资质', 'Purchasing may not approve whom we buy from'),
    },
    {
      permissions: [approving, 'access.user.change'],
      reason: text('权限管理员不得审批往来单位资质', 'Whoever grants permissions may not approve parties'),
    },
  ],
  menu: [
    { label: text('往来单位', 'Parties'), kind: 'party' },
    { label: text('资质文件', 'Licences'), kind: 'licence' },
    { label: text('授权书', 'Authorisations'), kind: 'authorisation' },
    { label: text('能否买卖', 'May we deal?'), path: '/party/may-we', permission: QUALIFICATION_VIEW },
    { label: text('资质到期', 'Running out'), path: '/party/expiries', permission: QUALIFICATION_VIEW },
  ],
});
