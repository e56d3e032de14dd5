import { implementModule } from '#kernel/module.server.ts';
import { warehouseModule } from './module.ts';
import { openingStockServer } from './opening-stock/opening-stock.server.ts';
import { storagePlaceServer } from './storage-place/storage-place.server.ts';
import { warehouseServer } from './warehouse/warehouse.server.ts';

export const warehouseModuleServer = implementModule(warehouseModule, {
  definitions: [openingStockServer, storagePlaceServer, warehouseServer],
});
