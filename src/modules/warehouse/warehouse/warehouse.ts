import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';

/** A warehouse of one legal entity, at an address its licence names. */
export const warehouse = defineRecord()({
  kind: 'warehouse',
  module: 'warehouse',
  plural: 'warehouses',
  idPrefix: 'wh',
  label: text('仓库', 'Warehouse'),
  pluralLabel: text('仓库', 'Warehouses'),
  table: 'warehouse.warehouse',
  isEntityScoped: true,
  header: {
    code: field.code({ label: text('仓库编码', 'Code'), max: 20 }),
    nameZh: field.text({ label: text('仓库名称', 'Name (Chinese)') }),
    nameEn: field.text({ label: text('英文名称', 'Name (English)') }),
    address: field.longText({
      label: text('库房地址', 'Warehouse address'),
      max: 500,
      help: text('须与许可证上的库房地址一致', 'As on the licence'),
    }),
  },
  codeField: 'code',
  list: {
    columns: ['number', 'nameZh', 'address', 'entityId', 'state'],
    search: ['code', 'nameZh', 'nameEn'],
    sort: { field: 'number', descending: false },
  },
  title: (w) => text(w.nameZh, w.nameEn),
  icon: 'home',
});
