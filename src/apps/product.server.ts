import type { System } from '#kernel/http/context.server.ts';
import type { ModuleServer } from '#kernel/module.server.ts';
import { buildProduct, type Product } from '#kernel/product.server.ts';
import { createAuthentication, createPeople, createSignatures, singleSignOnFrom } from '#modules/access/index.server.ts';
import { createAccessModule } from '#modules/access/module.server.ts';
import { createApprovals } from '#modules/approval/index.server.ts';
import { approvalServer } from '#modules/approval/module.server.ts';
import { createAuditModule } from '#modules/audit/module.server.ts';
import { catalogueServer } from '#modules/catalogue/module.server.ts';
import { documentsServer } from '#modules/documents/module.server.ts';
import { dictionaryServer } from '#modules/dictionary/module.server.ts';
import { financeServer } from '#modules/finance/module.server.ts';
import { entitiesIn, entityFacts } from '#modules/organisation/index.server.ts';
import { organisationServer } from '#modules/organisation/module.server.ts';
import { partyModuleServer } from '#modules/party/module.server.ts';
import { warehouseModuleServer } from '#modules/warehouse/module.server.ts';

/**
 * Joins every module, lower levels first, into the product that runs on a system. Some modules serve all others (access, approval,
 * dictionary) and therefore ask for the joined product when they are first used. `more` adds modules, for tests and plug-ins.
 */
export function createProduct(system: System, more: readonly ModuleServer[] = []): Product {
  const joined: { product?: Product } = {};
  const product = (): Product => {
    if (!joined.product) throw new Error('the product is asked for before its modules are joined');
    return joined.product;
  };
  const modules: ModuleServer[] = [
    organisationServer(product),
    createAccessModule({ product, singleSignOn: singleSignOnFrom(process.env) }),
    approvalServer(product),
    createAuditModule({ product }),
    documentsServer(product),
    dictionaryServer(() => product().modules),
    partyModuleServer(product),
    catalogueServer(product),
    warehouseModuleServer(product),
    financeServer(product),
    ...more,
  ];
  joined.product = buildProduct(modules, {
    authentication: createAuthentication(system),
    people: createPeople(system),
    signature: createSignatures(),
    entities: { facts: entityFacts, all: (tx) => entitiesIn(tx, '*') },
    approvals: createApprovals(product),
  });
  return joined.product;
}
