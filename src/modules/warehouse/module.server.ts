import { implementModule } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { warehouseModule } from './module.ts';
import { openingStockServer } from './opening-stock/opening-stock.server.ts';
import { lotSearch, stockHandlers } from './stock/stock.server.ts';
import { storagePlaceServer } from './storage-place/storage-place.server.ts';
import { warehouseServer } from './warehouse/warehouse.server.ts';

/** `product` is asked late: stock is valued in the currencies of the companies. */
export const warehouseModuleServer = (product: () => Product) =>
  implementModule(warehouseModule, {
    definitions: [openingStockServer, storagePlaceServer, warehouseServer],
    handlers: stockHandlers(product),
    search: [lotSearch],
  });
