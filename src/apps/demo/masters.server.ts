import { usccCheckSign } from '#modules/organisation/index.ts';
import { chart } from './chart.ts';
import type { DemoCompany } from './company.server.ts';
import { monthsAround } from './days.ts';
import { demoArticles } from './product-variants.ts';
import { demoRegistrations } from './registrations.ts';

const uscc = (first17: string): string => first17 + (usccCheckSign(first17) ?? '');

export interface Entities {
  readonly main: string;
  readonly branch: string;
}

export async function createEntities(demo: DemoCompany): Promise<Entities> {
  const common = { country: 'CN', functionalCurrency: 'CNY', timeZone: 'Asia/Shanghai' };
  const main = await demo.create(null, 'legal-entity', {
    ...common,
    code: 'HH',
    nameZh: '华衡医疗器械（上海）有限公司',
    nameEn: 'Huaheng Medical (Shanghai) Co., Ltd.',
    uscc: uscc('91310115MA1H7K2X9'),
    address: '上海市浦东新区张衡路 1188 号 5 幢',
  });
  const branch = await demo.create(null, 'legal-entity', {
    ...common,
    code: 'HS',
    nameZh: '华衡供应链（苏州）有限公司',
    nameEn: 'Huaheng Supply Chain (Suzhou) Co., Ltd.',
    uscc: uscc('91320594MA25R8Q36'),
    address: '江苏省苏州工业园区星湖街 218 号',
    parentId: main,
  });
  return { main, branch };
}

/** The chart of accounts with headings above their details, level by level so that each finds its parent. */
export async function createChart(demo: DemoCompany, entityId: string): Promise<Map<string, string>> {
  const hasDetails = (code: string): boolean => chart.some(([other]) => other !== code && other.startsWith(code));
  const ids = new Map<string, string>();
  for (const length of [4, 6]) {
    const contents = chart
      .filter(([code]) => code.length === length)
      .map(([code, nameZh, nameEn, accountType, purpose]) => ({
        code,
        nameZh,
        nameEn,
        accountType,
        isPosting: !hasDetails(code),
        purpose: purpose ?? null,
        parentId: ids.get(code.slice(0, -2)) ?? null,
      }));
    for (const [code, id] of await demo.createAll('controller', 'account', contents, entityId)) ids.set(code, id);
  }
  return ids;
}

/** Periods from the start of last year to next month; everything up to two months ago is closed. */
export async function createPeriods(demo: DemoCompany, entityId: string, today: string): Promise<void> {
  const months = monthsAround(today);
  const ids = await demo.createAll(
    'controller',
    'accounting-period',
    months.all.map((code) => ({ code })),
    entityId,
  );
  for (const code of months.closed) {
    await demo.act('controller', 'accounting-period', 'deactivate', ids.get(code));
  }
}

/** Registrations first, then every article under its own. */
export async function createProducts(demo: DemoCompany, today: string): Promise<Map<string, string>> {
  const registrations = await demo.createAll('quality', 'registration', demoRegistrations(today));
  const articles = demoArticles.map((article) => ({ ...article, registrationId: registrations.get(article.registrationNo) ?? null }));
  return demo.createAll('quality', 'product', articles);
}

export interface Stores {
  readonly warehouse: string;
  readonly places: Map<string, string>;
}

export async function createStores(
  demo: DemoCompany,
  entityId: string,
  code: string,
  nameZh: string,
  nameEn: string,
  address: string,
): Promise<Stores> {
  const warehouse = await demo.create('keeper', 'warehouse', { code, nameZh, nameEn, address }, entityId);
  const place = (suffix: string, zone: string, zh: string, en: string) => ({
    code: `${code}-${suffix}`,
    warehouseId: warehouse,
    zone,
    nameZh: zh,
    nameEn: en,
  });
  const shelves = ['A', 'B'].flatMap((row) =>
    [1, 2, 3].map((n) => place(`${row}0${n}`, 'green', `常温 ${row} 区 ${n} 号货架`, `Ambient row ${row}, shelf ${n}`)),
  );
  const places = await demo.createAll(
    'keeper',
    'storage-place',
    [
      ...shelves,
      place('C01', 'green', '冷库 1 号架（2～8℃）', 'Cold room, rack 1 (2–8 °C)'),
      place('C02', 'green', '冷库 2 号架（2～8℃）', 'Cold room, rack 2 (2–8 °C)'),
      place('W01', 'yellow', '待验区', 'Waiting for inspection'),
      place('R01', 'red', '不合格品区', 'Rejected goods'),
    ],
    entityId,
  );
  return { warehouse, places };
}

/** Vouchers and opening stock wait for the controller. */
export async function createPolicies(demo: DemoCompany, controllerRole: string): Promise<void> {
  const step = { nameZh: '财务主管审核', nameEn: 'Controller’s review', roleId: controllerRole, mode: 'any' };
  await demo.createAll('admin', 'approval-policy', [
    {
      code: 'JV-ALL',
      nameZh: '记账凭证审核',
      nameEn: 'Review of vouchers',
      documentKind: 'journal-voucher',
      documentAction: 'submit',
      lines: { steps: [step] },
    },
    {
      code: 'OS-ALL',
      nameZh: '期初库存审核',
      nameEn: 'Review of opening stock',
      documentKind: 'opening-stock',
      documentAction: 'submit',
      lines: { steps: [step] },
    },
  ]);
}
