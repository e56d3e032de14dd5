import { expect, test } from 'vitest';
import { lineSet } from '../document/definition.ts';
import { defineRecord } from '../document/define-record.ts';
import { field } from '../document/field.ts';
import { text } from '../i18n/text.ts';
import type { Actor } from './actor.ts';
import { hiddenFields, levelFor, maskRow, restoreHidden, type LevelOf } from './masking.ts';

const supplier = defineRecord()({
  kind: 'supplier',
  module: 'party',
  plural: 'suppliers',
  idPrefix: 'sup',
  label: text('供应商', 'Supplier'),
  pluralLabel: text('供应商', 'Suppliers'),
  table: 'party.supplier',
  header: {
    code: field.code({ label: text('代码', 'Code') }),
    account: field.text({ label: text('银行账号', 'Bank account'), sensitivity: 'bank-account', optional: true }),
  },
  lines: {
    prices: lineSet(text('价格', 'Prices'), {
      product: field.code({ label: text('产品', 'Product') }),
      price: field.money({ label: text('进价', 'Purchase price'), sensitivity: 'purchase-price', optional: true }),
    }),
  },
  codeField: 'code',
  list: { columns: ['code'], search: ['code'], sort: { field: 'code', descending: false } },
  title: (s) => text(s.code, s.code),
});

const row = { id: 'x', code: 'S1', account: '6222020200112233', lines: { prices: [{ lineNo: 1, product: 'P', price: '12.50' }] } };
const levels =
  (account: 'full' | 'masked' | 'none', price: 'full' | 'masked' | 'none'): LevelOf =>
  (name) =>
    name === 'bank-account' ? account : price;

test('who sees everything sees the row as it is', () => {
  expect(maskRow(supplier, row, levels('full', 'full'))).toEqual(row);
});

test('a masked account keeps four signs, a masked amount nothing, in header and lines', () => {
  expect(maskRow(supplier, row, levels('masked', 'masked'))).toEqual({
    ...row,
    account: '••••2233',
    lines: { prices: [{ lineNo: 1, product: 'P', price: null }] },
  });
  expect(maskRow(supplier, { ...row, account: '62220202' }, levels('masked', 'full')).account).toBe('••••');
});

test('without any level the values are gone, and list rows without lines work too', () => {
  expect(maskRow(supplier, { code: 'S1', account: '6222020200112233' }, levels('none', 'none'))).toEqual({ code: 'S1', account: null });
  expect(hiddenFields(supplier, levels('masked', 'none'))).toEqual(['account']);
  expect(hiddenFields(supplier, levels('full', 'none'))).toEqual([]);
});

test('what one cannot see one cannot overwrite; a new line keeps nothing', () => {
  const sent = {
    code: 'S2',
    account: '••••2233',
    lines: {
      prices: [
        { lineNo: 1, product: 'Q', price: null },
        { lineNo: 2, product: 'R', price: '1.00' },
      ],
    },
  };
  expect(restoreHidden(supplier, row, sent, levels('masked', 'none')).content).toEqual({
    code: 'S2',
    account: '6222020200112233',
    lines: {
      prices: [
        { lineNo: 1, product: 'Q', price: '12.50' },
        { lineNo: 2, product: 'R', price: '1.00' },
      ],
    },
  });
  expect(restoreHidden(supplier, row, sent, levels('full', 'full')).content).toEqual(sent);
});

test('overwriting what one cannot see is told, at its line', () => {
  const sent = { code: 'S2', account: null, lines: { prices: [{ lineNo: 1, product: 'Q', price: '1.00' }] } };
  expect(restoreHidden(supplier, row, sent, levels('masked', 'none')).overwritten).toMatchObject([
    { field: 'price', lines: 'prices', line: 1 },
  ]);
  expect(restoreHidden(supplier, row, sent, levels('full', 'full')).overwritten).toEqual([]);
});

test('the level comes from the permissions, full before masked before nothing, in the company asked for', () => {
  const actor = (permission: string, entityIds: '*' | string[] = '*'): Actor => ({
    kind: 'user',
    id: 'u',
    name: 'U',
    sessionId: null,
    grants: [{ permission, entityIds, warehouseIds: '*', regions: '*', isOwnOnly: false }],
  });
  expect(levelFor(actor('sensitive.bank-account.full'), 'bank-account')).toBe('full');
  expect(levelFor(actor('sensitive.*'), 'bank-account')).toBe('full');
  expect(levelFor(actor('sensitive.bank-account.masked'), 'bank-account')).toBe('masked');
  expect(levelFor(actor('sensitive.bank-account.masked'), 'margin')).toBe('none');
  expect(levelFor(actor('sensitive.bank-account.full', ['ent_a']), 'bank-account', 'ent_b')).toBe('none');
});
