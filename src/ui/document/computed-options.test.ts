import { describe, expect, test } from 'vitest';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { computedOptions, shownField } from './computed-options.ts';

const voucher = {
  kind: 'voucher',
  label: text('凭证', 'Voucher'),
  numbering: { pattern: 'V-{seq:4}' },
  actions: { create: { label: text('新建', 'Create') }, submit: { label: text('提交', 'Submit'), approval: {} } },
} as unknown as AnyDefinition;
const shelf = {
  kind: 'shelf',
  label: text('货架', 'Shelf'),
  actions: { scrap: { label: text('报废', 'Scrap'), approval: {} } },
} as unknown as AnyDefinition;
const bin = { kind: 'bin', label: text('箱', 'Bin'), actions: {} } as unknown as AnyDefinition;
const all = [voucher, shelf, bin];

describe('fields that name a part of the product', () => {
  test('a policy is made for kinds with an action that can wait', () => {
    expect(Object.keys(computedOptions('approval-policy', 'documentKind', all) ?? {})).toEqual(['voucher', 'shelf']);
  });

  test('and for the actions of the kind chosen, every one before it is chosen', () => {
    expect(computedOptions('approval-policy', 'documentAction', all, { documentKind: 'shelf' })).toEqual({ scrap: text('报废', 'Scrap') });
    expect(Object.keys(computedOptions('approval-policy', 'documentAction', all, { documentKind: null }) ?? {})).toEqual([
      'submit',
      'scrap',
    ]);
  });

  test('a number pattern is for kinds that are numbered', () => {
    expect(Object.keys(computedOptions('number-pattern', 'documentKind', all) ?? {})).toEqual(['voucher']);
  });

  test('every other field stays what it is', () => {
    const code = field.code({ label: text('编码', 'Code') });
    expect(shownField('number-pattern', 'code', code, all, {})).toBe(code);
    expect(shownField('number-pattern', 'documentKind', code, all, {}).kind).toBe('choice');
  });
});
