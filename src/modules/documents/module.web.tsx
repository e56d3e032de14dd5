import { lazy } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { defineWebModule } from '#ui/web-module.web.tsx';

export const webModule = defineWebModule({
  name: 'documents',
  routes: [
    {
      path: '/import/$kind',
      label: text('导入', 'Import'),
      component: lazy(() => import('./import-page.web.tsx').then((m) => ({ default: m.ImportPage }))),
    },
  ],
});
