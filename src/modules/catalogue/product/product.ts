import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { implantNeedsIdentifier, shelfLifeNeedsExpiry } from '../refusals.ts';

export const identifierPolicies = {
  lot: text('批号', 'Lot'),
  serial: text('序列号', 'Serial'),
  lotAndSerial: text('批号和序列号', 'Lot and serial'),
  none: text('无批号和序列号', 'Neither'),
} as const;

export const deviceClasses = { I: text('第一类', 'Class I'), II: text('第二类', 'Class II'), III: text('第三类', 'Class III') } as const;

/** A device article as it is traded: one row per specification and package base unit. */
export const product = defineRecord()({
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
    registrationNo: field.text({ label: text('注册证/备案编号', 'Registration no.'), optional: true, max: 80 }),
    registrantName: field.text({ label: text('注册人/备案人', 'Registrant'), optional: true }),
    baseUnit: field.code({
      label: text('基本单位', 'Base unit'),
      max: 16,
      help: text('库存与价格按此单位', 'Stock and prices count in it'),
    }),
    identifierPolicy: field.choice(identifierPolicies, { label: text('标识方式', 'Identifier policy'), initial: 'lot' }),
    isExpiryTracked: field.boolean({ label: text('管理效期', 'Expiry tracked'), initial: true }),
    shelfLifeMonths: field.integer({ label: text('有效期（月）', 'Shelf life (months)'), optional: true, min: 1, max: 600 }),
    isImplant: field.boolean({ label: text('植入类', 'Implantable'), initial: false }),
    isSterile: field.boolean({ label: text('无菌', 'Sterile'), initial: false }),
    isColdChain: field.boolean({ label: text('冷链', 'Cold chain'), initial: false }),
    storageCondition: field.text({ label: text('贮存条件', 'Storage condition'), optional: true }),
  },
  codeField: 'code',
  list: {
    columns: ['number', 'nameZh', 'specification', 'model', 'deviceClass', 'registrationNo', 'baseUnit', 'identifierPolicy', 'state'],
    search: ['code', 'nameZh', 'nameEn', 'model', 'specification', 'registrationNo'],
    sort: { field: 'number', descending: false },
  },
  title: (p) =>
    text(`${p.nameZh}${p.specification ? ` ${p.specification}` : ''}`, `${p.nameEn}${p.specification ? ` ${p.specification}` : ''}`),
  icon: 'medicine-box',
  check: (p) => [
    // Implants are traced to the patient for life: each piece needs an identity (GSP 23, R739 45).
    ...(p.isImplant && p.identifierPolicy === 'none' ? [implantNeedsIdentifier({ product: p.nameZh }, { field: 'identifierPolicy' })] : []),
    ...(p.shelfLifeMonths !== null && !p.isExpiryTracked ? [shelfLifeNeedsExpiry({}, { field: 'isExpiryTracked' })] : []),
  ],
});
