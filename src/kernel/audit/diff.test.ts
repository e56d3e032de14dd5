import { describe, expect, test } from 'vitest';
import { lineSet } from '../document/definition.ts';
import { defineRecord } from '../document/define-record.ts';
import { field } from '../document/field.ts';
import { text } from '../i18n/text.ts';
import { diffContent } from './diff.ts';

const label = text('测试', 'Test');
const record = defineRecord()({
  kind: 'kit',
  module: 'catalogue',
  plural: 'kits',
  idPrefix: 'kit',
  label,
  pluralLabel: label,
  table: 'catalogue.kit',
  codeField: 'code',
  title: () => label,
  header: { code: field.code({ label }), tags: field.textList({ label, optional: true }), note: field.text({ label, optional: true }) },
  lines: { parts: lineSet(label, { product: field.text({ label }), quantity: field.quantity({ label }) }) },
  list: { columns: ['code'], search: ['code'], sort: { field: 'code', descending: false } },
});
const kit = (more: object = {}, parts: object[] = []) => ({ code: 'K1', tags: ['a', 'b'], note: null, lines: { parts }, ...more });

describe('what changed in a record', () => {
  test('is nothing where both are the same, whether a value is absent or null', () => {
    expect(diffContent(kit(), { code: 'K1', tags: ['a', 'b'] }, record)).toEqual([]);
  });

  test('is every value of a new one, without empty ones', () => {
    expect(diffContent(null, kit({}, [{ lineNo: 1, product: 'p', quantity: '2' }]), record)).toEqual([
      { field: 'code', old: null, new: 'K1' },
      { field: 'tags', old: null, new: ['a', 'b'] },
      { field: '*', lines: 'parts', line: 1, old: null, new: { product: 'p', quantity: '2' } },
    ]);
  });

  test('names the field and the line, keeps the old value, and matches lines by number wherever they stand', () => {
    const before = kit({ note: 'old' }, [
      { lineNo: 1, product: 'p', quantity: '2' },
      { lineNo: 2, product: 'q', quantity: '1' },
    ]);
    const after = kit({ tags: ['b', 'a'] }, [
      { lineNo: 2, product: 'q', quantity: '3' },
      { lineNo: 10, product: 'r', quantity: '1' },
    ]);
    expect(diffContent(before, after, record)).toEqual([
      { field: 'tags', old: ['a', 'b'], new: ['b', 'a'] },
      { field: 'note', old: 'old', new: null },
      { field: '*', lines: 'parts', line: 1, old: { product: 'p', quantity: '2' }, new: null },
      { field: 'quantity', lines: 'parts', line: 2, old: '1', new: '3' },
      { field: '*', lines: 'parts', line: 10, old: null, new: { product: 'r', quantity: '1' } },
    ]);
  });

  test('leaves out what no definition names', () => {
    expect(diffContent(kit(), kit({ updatedAt: 'now', version: 2 }), record)).toEqual([]);
  });
});
