import { describe, expect, test } from 'vitest';
import { lineSet } from '../document/definition.ts';
import { defineRecord } from '../document/define-record.ts';
import { field } from '../document/field.ts';
import { text } from '../i18n/text.ts';
import { guessMapping, importColumns } from './column.ts';

const article = defineRecord()({
  kind: 'article',
  module: 'trial',
  plural: 'articles',
  idPrefix: 'art',
  label: text('物品', 'Article'),
  pluralLabel: text('物品', 'Articles'),
  table: 'trial.article',
  header: {
    code: field.code({ label: text('物品编码', 'Article code') }),
    nameZh: field.text({ label: text('物品名称', 'Name (Chinese)') }),
    nameEn: field.text({ label: text('外文', 'Name (English)'), optional: true }),
    baseUnit: field.code({ label: text('基本单位', 'Base unit') }),
    catalogueNo: field.text({ label: text('货号（REF）', 'Catalogue no. (REF)'), optional: true }),
    registrationNo: field.text({ label: text('注册证/备案编号', 'Registration no.'), optional: true }),
    shelfLifeMonths: field.integer({ label: text('有效期（月）', 'Shelf life (months)'), optional: true }),
    identifierPolicy: field.choice({ lot: text('批号', 'Lot') }, { label: text('标识方式', 'Identifier policy'), initial: 'lot' }),
  },
  lines: {
    packages: lineSet(text('包装', 'Packages'), {
      unit: field.text({ label: text('包装单位', 'Package unit'), optional: true }),
      di: field.code({ label: text('产品标识', 'Device identifier') }),
    }),
    codes: lineSet(text('其他编码', 'Other codes'), {
      system: field.text({ label: text('编码类型', 'Kind of code'), initial: 'x' }),
      code: field.code({ label: text('编码值', 'Code value') }),
    }),
  },
  codeField: 'code',
  list: { columns: ['number'], search: ['code'], sort: { field: 'number', descending: false } },
  title: (a) => text(a.nameZh, a.nameZh),
});

const guess = (...headers: string[]) => guessMapping(importColumns(article), headers);

describe('a spreadsheet of the trade is understood', () => {
  test('by what people call things in Chinese', () => {
    expect(guess('编码', '中文名称', '英文名称', '单位', '识别方式')).toEqual([
      'header.code',
      'header.nameZh',
      'header.nameEn',
      'header.baseUnit',
      'header.identifierPolicy',
    ]);
    expect(guess('商品编码', '品名', '英文名', '计量单位', '注册证号', '有效期')).toEqual([
      'header.code',
      'header.nameZh',
      'header.nameEn',
      'header.baseUnit',
      'header.registrationNo',
      'header.shelfLifeMonths',
    ]);
  });

  test('by what people call things in English, in any spelling', () => {
    expect(guess('Item No.', 'Product name', 'English Name', 'UOM', 'Tracking', 'REGISTRATION_NUMBER')).toEqual([
      'header.code',
      'header.nameZh',
      'header.nameEn',
      'header.baseUnit',
      'header.identifierPolicy',
      'header.registrationNo',
    ]);
    expect(guess('Code', 'Name', 'Unit')).toEqual(['header.code', 'header.nameZh', 'header.baseUnit']);
  });

  test('the more telling word gets the code, wherever it stands', () => {
    expect(guess('货号', '编码')).toEqual(['header.catalogueNo', 'header.code']);
    expect(guess('货号', '名称')).toEqual(['header.code', 'header.nameZh']);
  });
});

test('labels, field names and ids come before every likeness', () => {
  expect(guess('物品编码', 'nameZh', 'header.baseUnit', 'Identifier policy', '名称')).toEqual([
    'header.code',
    'header.nameZh',
    'header.baseUnit',
    'header.identifierPolicy',
    null,
  ]);
});

test('a line is meant where its own label is named and what it needs is there', () => {
  expect(guess('编码', '产品标识', '包装单位')).toEqual(['header.code', 'lines.packages.di', 'lines.packages.unit']);
  expect(guess('编码', '编码类型', '编码值')).toEqual(['header.code', 'lines.codes.system', 'lines.codes.code']);
});

test('a guess never leads into lines that then demand more columns; a column named in full does', () => {
  expect(guess('编码', '包装单位', '编码类型')).toEqual(['header.code', null, null]);
  expect(guess('编码', '包装·包装单位')).toEqual(['header.code', 'lines.packages.unit']);
});

test('each target is given once and a foreign column to nobody', () => {
  expect(guess('编码', '编码', '价格说明', '')).toEqual(['header.code', null, null, null]);
});

test('the headings of the template come back as they went out', () => {
  const columns = importColumns(article);
  for (const locale of ['zh', 'en'] as const)
    expect(
      guessMapping(
        columns,
        columns.map((c) => c.label[locale]),
      ),
    ).toEqual(columns.map((c) => c.id));
});
