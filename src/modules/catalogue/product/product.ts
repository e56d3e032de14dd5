import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { classCodeFields } from '../classification/class-code-fields.ts';
import { codeLines, packageLines } from '../package/package-lines.ts';
import { deviceClasses } from './device-class.ts';
import { descriptionFields, originFields, regulatoryFields } from './product-fields.ts';
import { checkProduct, normalProduct, type ProductCheckFacts } from './product-check.ts';

export const identifierPolicies = {
  lot: text('批号', 'Lot'),
  serial: text('序列号', 'Serial'),
  lotAndSerial: text('批号和序列号', 'Lot and serial'),
  none: text('无批号和序列号', 'Neither'),
} as const;

/** A device article as it is traded: one row per specification and package base unit. */
export const product = defineRecord<ProductCheckFacts>()({
  kind: 'product',
  module: 'catalogue',
  plural: 'products',
  idPrefix: 'prd',
  label: text('产品', 'Product'),
  pluralLabel: text('产品', 'Products'),
  table: 'catalogue.product',
  header: {
    code: field.code({ label: text('产品编码', 'Product code'), max: 40 }),
    nameZh: field.text({ label: text('产品名称', 'Name (Chinese)') }),
    nameEn: field.text({ label: text('英文名称', 'Name (English)') }),
    model: field.text({ label: text('型号', 'Model'), optional: true }),
    specification: field.text({ label: text('规格', 'Specification'), optional: true }),
    deviceClass: field.choice(deviceClasses, { label: text('管理类别', 'Device class') }),
    ...classCodeFields,
    registrationNo: field.text({ label: text('注册证/备案编号', 'Registration no.'), optional: true, max: 80 }),
    registrationId: field.ref('registration', { label: text('注册证档案', 'Registration record'), optional: true }),
    registrantName: field.text({ label: text('注册人/备案人', 'Registrant'), optional: true }),
    baseUnit: field.code({
      label: text('基本单位', 'Base unit'),
      max: 16,
      help: text('库存与价格按此单位', 'Stock and prices count in it'),
    }),
    identifierPolicy: field.choice(identifierPolicies, { label: text('标识方式', 'Identifier policy'), initial: 'lot' }),
    isExpiryTracked: field.boolean({ label: text('管理效期', 'Expiry tracked'), initial: true }),
    shelfLifeMonths: field.integer({ label: text('有效期（月）', 'Shelf life (months)'), optional: true, min: 1, max: 600 }),
    isIvd: field.boolean({ label: text('体外诊断试剂', 'IVD reagent'), initial: false, optional: true }),
    isImplant: field.boolean({ label: text('植入类', 'Implantable'), initial: false }),
    isInterventional: field.boolean({ label: text('介入类', 'Interventional'), initial: false, optional: true }),
    isSingleUse: field.boolean({ label: text('一次性使用', 'Single use'), initial: false, optional: true }),
    isSterile: field.boolean({ label: text('无菌', 'Sterile'), initial: false }),
    isColdChain: field.boolean({ label: text('冷链', 'Cold chain'), initial: false }),
    storageCondition: field.text({ label: text('贮存条件', 'Storage condition'), optional: true }),
    storageMinC: field.decimal({ label: text('最低贮存温度（℃）', 'Storage from (°C)'), optional: true, scale: 1 }),
    storageMaxC: field.decimal({ label: text('最高贮存温度（℃）', 'Storage up to (°C)'), optional: true, scale: 1 }),
    ...regulatoryFields,
    ...originFields,
    ...descriptionFields,
  },
  lines: { packages: packageLines, codes: codeLines },
  codeField: 'code',
  list: {
    columns: [
      'number',
      'nameZh',
      'specification',
      'model',
      'deviceClass',
      'classCode2017',
      'registrationNo',
      'baseUnit',
      'identifierPolicy',
      'state',
    ],
    search: ['code', 'nameZh', 'nameEn', 'model', 'specification', 'registrationNo'],
    sort: { field: 'number', descending: false },
  },
  title: (p) =>
    text(`${p.nameZh}${p.specification ? ` ${p.specification}` : ''}`, `${p.nameEn}${p.specification ? ` ${p.specification}` : ''}`),
  icon: 'medicine-box',
  derive: normalProduct,
  check: checkProduct,
});
