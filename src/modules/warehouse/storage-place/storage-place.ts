import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { zones } from '../quality.ts';

/** A bin, shelf or floor area where goods lie, in one coloured zone of one warehouse. */
export const storagePlace = defineRecord()({
  kind: 'storage-place',
  module: 'warehouse',
  plural: 'storage-places',
  idPrefix: 'pl',
  label: text('库位', 'Storage place'),
  pluralLabel: text('库位', 'Storage places'),
  table: 'warehouse.storage_place',
  isEntityScoped: true,
  header: {
    code: field.code({ label: text('库位编码', 'Code'), max: 40 }),
    warehouseId: field.ref('warehouse', { label: text('仓库', 'Warehouse') }),
    zone: field.choice(zones, { label: text('色标区', 'Zone'), initial: 'green' }),
    nameZh: field.text({ label: text('库位名称', 'Name (Chinese)') }),
    nameEn: field.text({ label: text('英文名称', 'Name (English)') }),
  },
  codeField: 'code',
  list: {
    columns: ['number', 'nameZh', 'warehouseId', 'zone', 'entityId', 'state'],
    search: ['code', 'nameZh', 'nameEn'],
    sort: { field: 'number', descending: false },
  },
  title: (p) => text(p.nameZh, p.nameEn),
  icon: 'appstore',
});
