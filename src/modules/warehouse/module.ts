import { text } from '#kernel/i18n/text.ts';
import { COST_SENSITIVITY } from '#kernel/ledger/stock/move.ts';
import { defineModule } from '#kernel/module.ts';
import { openingStock } from './opening-stock/opening-stock.ts';
import { warehouseRefusals } from './refusals.ts';
import { STOCK_VIEW, stockByExpiry, stockOnHand } from './stock/operations.ts';
import { storagePlace } from './storage-place/storage-place.ts';
import { warehouse } from './warehouse/warehouse.ts';

export const warehouseModule = defineModule({
  name: 'warehouse',
  label: text('仓储', 'Warehouse'),
  icon: 'home',
  dependsOn: ['organisation', 'catalogue'],
  operations: [stockOnHand, stockByExpiry],
  permissions: [{ name: STOCK_VIEW, label: text('查看库存', 'See stock') }],
  definitions: [openingStock, storagePlace, warehouse],
  sensitivities: [{ name: COST_SENSITIVITY, label: text('进价与成本', 'Purchase price and cost') }],
  refusals: Object.values(warehouseRefusals),
  menu: [
    { label: text('现有库存', 'Stock on hand'), path: '/warehouse/stock', permission: STOCK_VIEW },
    { label: text('期初库存', 'Opening stock'), kind: 'opening-stock' },
    { label: text('库位', 'Storage places'), kind: 'storage-place' },
    { label: text('仓库', 'Warehouses'), kind: 'warehouse' },
  ],
});
