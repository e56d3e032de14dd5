import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';

export const euRiskClasses = {
  I: text('I 类', 'Class I'),
  Is: text('I 类无菌', 'Class I sterile'),
  Im: text('I 类测量', 'Class I measuring'),
  Ir: text('I 类可重复使用', 'Class I reusable'),
  IIa: text('IIa 类', 'Class IIa'),
  IIb: text('IIb 类', 'Class IIb'),
  III: text('III 类', 'Class III'),
  A: text('IVD A 类', 'IVD class A'),
  B: text('IVD B 类', 'IVD class B'),
  C: text('IVD C 类', 'IVD class C'),
  D: text('IVD D 类', 'IVD class D'),
} as const;
export type EuRiskClass = keyof typeof euRiskClasses;

/** Codes other systems know the article by: nomenclatures, insurance, customs, tax. */
export const regulatoryFields = {
  gmdnCode: field.text({ label: text('GMDN编码', 'GMDN code'), optional: true, max: 5, pattern: /^\d{4,5}$/ }),
  emdnCode: field.text({ label: text('EMDN编码', 'EMDN code'), optional: true, max: 14, pattern: /^[A-Z]\d{2,13}$/ }),
  basicUdiDi: field.code({ label: text('基本UDI-DI', 'Basic UDI-DI'), optional: true, max: 50, help: text('欧盟', 'European Union') }),
  euRiskClass: field.choice(euRiskClasses, { label: text('欧盟风险等级', 'EU risk class'), optional: true }),
  fdaProductCode: field.text({ label: text('FDA产品代码', 'FDA product code'), optional: true, max: 3, pattern: /^[A-Z]{3}$/ }),
  insuranceCode: field.code({
    label: text('医保编码', 'Insurance code'),
    optional: true,
    max: 30,
    help: text('国家医保医用耗材代码', 'national code of medical consumables'),
  }),
  hsCode: field.text({
    label: text('HS编码', 'HS code'),
    optional: true,
    max: 10,
    pattern: /^\d{6}(\d{2}){0,2}$/,
    help: text('6、8或10位数字', '6, 8 or 10 digits'),
  }),
  taxCode: field.text({
    label: text('税收分类编码', 'Tax classification code'),
    optional: true,
    max: 19,
    pattern: /^\d{19}$/,
    help: text('19位数字', '19 digits'),
  }),
} as const;

export const originFields = {
  brandName: field.text({ label: text('品牌/商品名', 'Brand or trade name'), optional: true }),
  catalogueNo: field.text({ label: text('货号（REF）', 'Catalogue no. (REF)'), optional: true, max: 80 }),
  countryOfOrigin: field.text({
    label: text('原产国', 'Country of origin'),
    optional: true,
    max: 2,
    pattern: /^[A-Z]{2}$/,
    help: text('两位国家代码，如 DE', 'two-letter code, e.g. DE'),
  }),
} as const;

/** What an import could not fill in: somebody has to complete it before the article is good to use. */
export const openPoints = {
  nameZh: text('中文名称待补', 'Chinese name'),
  deviceClass: text('国内管理类别待核对', 'Chinese device class'),
  baseUnit: text('基本单位待核对', 'Base unit'),
  registration: text('注册证/备案待补', 'Registration in China'),
  packages: text('包装层级待核对', 'Package levels'),
} as const;
export type OpenPoint = keyof typeof openPoints;

export const descriptionFields = {
  description: field.longText({ label: text('产品描述', 'Description'), optional: true, max: 4000 }),
  toComplete: field.textList({ label: text('待补全', 'To be completed'), optional: true, max: 10, options: openPoints }),
} as const;
