import { describe, expect, test } from 'vitest';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { fieldGroups, type NamedField } from './field-groups.ts';

const label = text('字段', 'Field');
const typed = (name: string): NamedField => [name, field.text({ label })];
const ticked = (name: string): NamedField => [name, field.boolean({ label })];
const chosen = (name: string): NamedField => [name, field.choice({ a: label }, { label })];
const shape = (fields: readonly NamedField[]) => fieldGroups(fields).map((g) => [g.name, ...g.fields.map(([n]) => n)]);

describe('groups of a form', () => {
  test('switches stand together behind what is typed', () => {
    expect(shape([typed('a'), ticked('b'), chosen('c'), ticked('d'), typed('e')])).toEqual([
      ['main', 'a', 'c', 'e'],
      ['switches', 'b', 'd'],
    ]);
  });

  test('a long form puts its choices together, too', () => {
    const many = Array.from({ length: 14 }, (_, i) => typed(`t${i}`));
    expect(shape([chosen('x'), ...many]).map(([name]) => name)).toEqual(['main', 'choices']);
  });

  test('a form without switches stays one group in its own order', () => {
    expect(shape([typed('b'), chosen('a')])).toEqual([['main', 'b', 'a']]);
  });
});
