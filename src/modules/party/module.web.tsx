import { lazy } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { defineWebModule } from '#ui/web-module.web.tsx';
import { QUALIFICATION_VIEW } from './operations.ts';

export const webModule = defineWebModule({
  name: 'party',
  routes: [
    {
      path: '/party/may-we',
      label: text('能否买卖', 'May we deal?'),
      permission: QUALIFICATION_VIEW,
      component: lazy(() => import('./may-we/may-we-page.web.tsx').then((m) => ({ default: m.MayWePage }))),
    },
    {
      path: '/party/expiries',
      label: text('资质到期', 'Running out'),
      permission: QUALIFICATION_VIEW,
      component: lazy(() => import('./expiry/expiry-page.web.tsx').then((m) => ({ default: m.ExpiryPage }))),
    },
  ],
  documentPanels: [
    {
      kind: 'party',
      label: text('资质', 'Qualification'),
      component: lazy(() => import('./party/qualification-panel.web.tsx').then((m) => ({ default: m.QualificationPanel }))),
    },
  ],
});
