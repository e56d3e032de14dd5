import type { ImportEngine } from '#kernel/import/engine.server.ts';
import type { Product } from '#kernel/product.server.ts';

/** What this module is given by the product it is part of; asked when a request comes, because the product is joined after it. */
export interface DocumentsPorts {
  readonly product: () => Product;
  /** A user with the grants they hold now, for work that goes on after their request. */
  readonly actorOf: ImportEngine['actorOf'];
}

export const engineOf = (ports: DocumentsPorts): ImportEngine => ({ product: ports.product(), actorOf: ports.actorOf });
