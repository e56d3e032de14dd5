import { lazy } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { defineWebModule } from '#ui/web-module.web.tsx';
import { STOCK_VIEW } from './stock/operations.ts';

export const webModule = defineWebModule({
  name: 'warehouse',
  routes: [
    {
      path: '/warehouse/stock',
      label: text('现有库存', 'Stock on hand'),
      permission: STOCK_VIEW,
      component: lazy(() => import('./stock/stock-page.web.tsx').then((m) => ({ default: m.StockPage }))),
    },
  ],
  homeWidgets: [
    {
      name: 'stock-by-expiry',
      label: text('库存按到期月份', 'Stock by month of expiry'),
      permission: STOCK_VIEW,
      width: 6,
      component: lazy(() => import('./stock/expiry-widget.web.tsx').then((m) => ({ default: m.ExpiryWidget }))),
    },
  ],
});
