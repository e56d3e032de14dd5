export { product } from './product/product.ts';
export type { ProductFacts } from './product/product-facts.ts';
