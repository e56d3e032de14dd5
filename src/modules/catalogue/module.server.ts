import { implementModule } from '#kernel/module.server.ts';
import { catalogue } from './module.ts';
import { productServer } from './product/product.server.ts';

export const catalogueServer = implementModule(catalogue, { definitions: [productServer] });
