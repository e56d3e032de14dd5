import { implementModule } from '#kernel/module.server.ts';
import { catalogue } from './module.ts';

export const catalogueServer = implementModule(catalogue);
