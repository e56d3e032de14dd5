import { lazy } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { defineWebModule } from '#ui/web-module.web.tsx';
import { permissions } from './permissions.ts';

export const webModule = defineWebModule({
  name: 'access',
  routes: [
    {
      path: '/account',
      label: text('我的账户', 'My account'),
      component: lazy(() => import('./account-page.web.tsx').then((m) => ({ default: m.AccountPage }))),
    },
    {
      path: '/access/api-keys',
      label: text('API 密钥', 'API keys'),
      permission: permissions.manageApiKeys,
      component: lazy(() => import('./api-keys-page.web.tsx').then((m) => ({ default: m.ApiKeysPage }))),
    },
    {
      path: '/access/permission-matrix',
      label: text('权限矩阵', 'Permission matrix'),
      permission: permissions.review,
      component: lazy(() => import('./permission-matrix-page.web.tsx').then((m) => ({ default: m.PermissionMatrixPage }))),
    },
    {
      path: '/access/review',
      label: text('权限复核', 'Access review'),
      permission: permissions.review,
      component: lazy(() => import('./access-review-page.web.tsx').then((m) => ({ default: m.AccessReviewPage }))),
    },
  ],
  documentPanels: [
    {
      kind: 'user',
      label: text('安全', 'Security'),
      component: lazy(() => import('./user-security-panel.web.tsx').then((m) => ({ default: m.UserSecurityPanel }))),
    },
  ],
});
