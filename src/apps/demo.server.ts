import { dayIn } from '#kernel/clock/clock.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { createDemoAccess, demoPeople } from '#modules/access/index.server.ts';
import { DemoCompany } from './demo/company.server.ts';
import { loadOpeningStock, loadVouchers } from './demo/documents.server.ts';
import { createChart, createEntities, createPeriods, createPolicies, createProducts, createStores } from './demo/masters.server.ts';
import { createParties } from './demo/parties.server.ts';

/** Fills an empty database with the demo company: two legal entities, their people, master data and first documents. */
export async function loadDemo(product: Product, system: System): Promise<void> {
  const today = dayIn(system.clock.now(), 'Asia/Shanghai');
  const demo = new DemoCompany(product, system);
  const entities = await createEntities(demo);
  const { roles, users } = await createDemoAccess(product, system);
  for (const person of demoPeople) demo.know(person.login, { id: users.get(person.login) ?? '', name: person.name });
  const products = await createProducts(demo, today);
  await createParties(demo, entities, today);
  await createPolicies(demo, roles.get('controller') ?? '');
  const accounts = await createChart(demo, entities.main);
  await createPeriods(demo, entities.main, today);
  const stores = await createStores(
    demo,
    entities.main,
    'WH1',
    '上海中心库',
    'Shanghai central warehouse',
    '上海市浦东新区张衡路 1188 号 6 幢 1 层',
  );
  const loaded = { entityId: entities.main, today, products, stores, code: 'WH1', accounts };
  await loadOpeningStock(demo, loaded);
  await loadVouchers(demo, loaded);
  await createChart(demo, entities.branch);
  await createPeriods(demo, entities.branch, today);
  await createStores(demo, entities.branch, 'WH2', '苏州冷链库', 'Suzhou cold-chain warehouse', '江苏省苏州工业园区星湖街 218 号 A2 栋');
}
