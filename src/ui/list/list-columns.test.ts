import { describe, expect, test } from 'vitest';
import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { shownColumns } from './list-columns.ts';

const label = text('名', 'Name');
const record = defineRecord()({
  kind: 'shelf',
  module: 'store',
  plural: 'shelves',
  idPrefix: 'sh',
  label,
  pluralLabel: label,
  table: 'store.shelf',
  header: {
    code: field.code({ label }),
    nameZh: field.text({ label }),
    nameEn: field.text({ label }),
    makerZh: field.text({ label }),
  },
  codeField: 'code',
  list: { columns: ['code', 'nameZh', 'makerZh', 'state'], search: ['code'], sort: { field: 'number', descending: false } },
  title: (d) => text(d.nameZh, d.nameEn),
});
const names = (...given: Parameters<typeof shownColumns>) => shownColumns(...given).map((c) => c.name);

describe('columns of a list', () => {
  test('lead with the names of the reader: English where the kind has both', () => {
    expect(names(record, undefined, 'zh-CN')).toEqual(['number', 'nameZh', 'makerZh', 'state']);
    expect(names(record, undefined, 'en')).toEqual(['number', 'nameEn', 'makerZh', 'state']);
  });

  test('are left as the person chose them, in either language', () => {
    expect(names(record, ['nameZh', 'state'], 'en')).toEqual(['nameZh', 'state']);
  });
});
