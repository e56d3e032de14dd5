import type { Product } from '#kernel/product.server.ts';

/** The product this module is part of; asked when a request comes, because the product is joined after its modules. */
export type ProductAsked = () => Product;
