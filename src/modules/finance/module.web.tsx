import { lazy } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { defineWebModule } from '#ui/web-module.web.tsx';
import { BOOKS_VIEW } from './trial-balance/operations.ts';

export const webModule = defineWebModule({
  name: 'finance',
  routes: [
    {
      path: '/finance/trial-balance',
      label: text('科目余额表', 'Trial balance'),
      permission: BOOKS_VIEW,
      component: lazy(() => import('./trial-balance/trial-balance-page.web.tsx').then((m) => ({ default: m.TrialBalancePage }))),
    },
  ],
});
