import { implementDefinition } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { localDays, reevaluateParties } from '../lapse.server.ts';
import { licence } from './licence.ts';

/** Actions after which a document no longer counts, or not as before. */
const weakening = new Set(['change', 'withdraw']);

/** `product` is asked late: the day is the companies' own. */
export const licenceServer = (product: () => Product) =>
  implementDefinition(licence, {
    after: async (tx, doc, context, action) => {
      if (!weakening.has(action) || doc.partyId === null) return;
      const now = context.system.clock.now();
      const today = await localDays(tx, product(), now);
      await reevaluateParties(tx, [doc.partyId], today.group, now.toISOString());
    },
  });
