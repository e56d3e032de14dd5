import { scopeOf } from '#kernel/access/actor.ts';
import { viewPermission } from '#kernel/access/permission.ts';
import { dayIn } from '#kernel/clock/clock.server.ts';
import { text } from '#kernel/i18n/text.ts';
import type { SearchSource } from '#kernel/module.server.ts';
import { groupFacts } from '#kernel/product.server.ts';
import { product } from '../product/product.ts';
import { findByDi } from './find-by-di.server.ts';
import { identify } from './identify.ts';

/** A label scanned into the global search finds its product: GS1, HIBC, MA and the rest, whatever the packaging level. */
export const scanSearch: SearchSource = {
  name: 'catalogue.scan',
  find: async (context, words) => {
    const scope = scopeOf(context.actor, viewPermission(product));
    // Shorter than the shortest identifier of a device: somebody types a word.
    if (!scope || words.length < 8) return [];
    const { di } = identify(words, { today: dayIn(context.system.clock.now(), groupFacts.timeZone) });
    if (!di) return [];
    const found = await context.system.db.read({ entityIds: scope.entityIds, userId: context.actor.id }, (tx) => findByDi(tx, [di]));
    return found.map((p) => ({
      id: p.productId,
      kind: product.kind,
      number: p.code,
      title: text(p.nameZh, p.nameEn),
      state: 'active',
      entityId: null,
      path: `/m/${product.module}/${product.plural}/${p.productId}`,
    }));
  },
};
