import { expect, test } from 'vitest';
import { text } from '#kernel/i18n/text.ts';
import { requestSubject } from './subject.ts';

const voucher = text('记账凭证', 'Journal voucher');

test('a request is called by the kind of its document and what that says of itself', () => {
  expect(requestSubject(voucher, text('银行手续费', 'Bank charges'))).toEqual(text('记账凭证 银行手续费', 'Journal voucher Bank charges'));
});

test('the kind is not said twice, and a kind nobody knows is left out', () => {
  expect(requestSubject(voucher, text('记账凭证 12', 'Journal voucher 12'))).toEqual(text('记账凭证 12', 'Journal voucher 12'));
  expect(requestSubject(undefined, text('十二', 'Twelve'))).toEqual(text('十二', 'Twelve'));
});
