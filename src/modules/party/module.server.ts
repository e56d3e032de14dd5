import { implementModule } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { expiryHandlers, expiryWork, reviewWork } from './expiry/expiry.server.ts';
import { lapseJob } from './lapse.server.ts';
import { licenceServer } from './licence/licence.server.ts';
import { mayWeHandlers } from './may-we/may-we.server.ts';
import { partyModule } from './module.ts';
import { partyServer } from './party/party.server.ts';

/** `product` is asked late: days are the companies' own. */
export const partyModuleServer = (product: () => Product) =>
  implementModule(partyModule, {
    definitions: [partyServer, licenceServer(product)],
    handlers: [...mayWeHandlers(product), ...expiryHandlers],
    jobs: [lapseJob(product)],
    work: [reviewWork, expiryWork],
  });
