import { lazy } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { defineWebModule } from '#ui/web-module.web.tsx';

export const webModule = defineWebModule({
  name: 'dictionary',
  routes: [
    {
      path: '/dictionary',
      label: text('数据字典', 'Data dictionary'),
      component: lazy(() => import('./dictionary-page.web.tsx').then((m) => ({ default: m.DictionaryPage }))),
    },
    {
      path: '/api-reference',
      label: text('接口文档', 'API reference'),
      component: lazy(() => import('./api-page.web.tsx').then((m) => ({ default: m.ApiPage }))),
    },
  ],
});
