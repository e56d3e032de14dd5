import { lazy } from 'react';
import { viewPermission } from '#kernel/access/permission.ts';
import { text } from '#kernel/i18n/text.ts';
import { defineWebModule } from '#ui/web-module.web.tsx';
import { product } from './product/product.ts';

const findings = lazy(() => import('./registration/findings-panel.web.tsx').then((m) => ({ default: m.FindingsPanel })));

export const webModule = defineWebModule({
  name: 'catalogue',
  routes: [
    {
      path: '/catalogue/device-data',
      label: text('器械数据导入', 'Device data'),
      permission: 'catalogue.product.create',
      component: lazy(() => import('./device-data/device-data-page.web.tsx').then((m) => ({ default: m.DeviceDataPage }))),
    },
    {
      path: '/catalogue/identify',
      label: text('扫码识别', 'Identify by code'),
      permission: viewPermission(product),
      component: lazy(() => import('./identification/identify-page.web.tsx').then((m) => ({ default: m.IdentifyPage }))),
    },
  ],
  documentPanels: [
    { kind: 'product', label: text('一致性与待补全', 'Consistency'), component: findings },
    { kind: 'registration', label: text('一致性', 'Consistency'), component: findings },
  ],
});
