import { implementModule } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { deviceDataHandlers, deviceDataJobs } from './device-data/handlers.server.ts';
import { identificationHandlers } from './identification/identify.server.ts';
import { scanSearch } from './identification/scan-search.server.ts';
import { catalogue } from './module.ts';
import { productServer } from './product/product.server.ts';

/** `product` is asked late: jobs write through the joined product. */
export const catalogueServer = (product: () => Product) =>
  implementModule(catalogue, {
    definitions: [productServer],
    handlers: [...deviceDataHandlers, ...identificationHandlers],
    jobs: [...deviceDataJobs(product)],
    search: [scanSearch],
  });
