import { dueVersionsJob } from '#kernel/document/due-versions.server.ts';
import { implementModule } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { legalEntityServer } from './legal-entity/legal-entity.server.ts';
import { organisation } from './module.ts';
import { numberPatternServer } from './number-pattern/number-pattern.server.ts';

/** `product` is asked late: number patterns are checked against the series of every module. */
export const organisationServer = (product: () => Product) =>
  implementModule(organisation, {
    definitions: [legalEntityServer, numberPatternServer(product)],
    jobs: [dueVersionsJob(product)],
  });
