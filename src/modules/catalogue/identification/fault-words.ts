import type { Refusal } from '#kernel/command/refusal.ts';
import { type LocalText, text } from '#kernel/i18n/text.ts';
import { applicationIdentifiers } from './gs1-grammar.ts';
import type { Gs1Fault } from './gs1-element-string.ts';
import { aiUnknown, codeNotUnderstood, companionMissing, linkWrong, notTogether, saidTwice, valueWrong } from './refusals.ts';

const words: readonly (readonly [RegExp, LocalText])[] = [
  [/^INCORRECT_CHECK_(DIGIT|PAIR)$/, text('校验位不对', 'the check digit does not fit')],
  [/^INCORRECT_IBAN_CHECKSUM$/, text('账号校验位不对', 'the check digits of the account do not fit')],
  [/IBAN/, text('不是有效的国际银行账号', 'no valid bank account number')],
  [/^NON_DIGIT_CHARACTER$/, text('只能是数字', 'only digits may stand here')],
  [/CSET|CHARACTER/, text('含有不允许的字符', 'it has characters that may not stand here')],
  [/MONTH/, text('没有这个月份', 'there is no such month')],
  [/DAY/, text('没有这一天', 'there is no such day')],
  [/HOUR|MINUTE|SECOND/, text('时刻无效', 'the time is not valid')],
  [/DATE/, text('日期无效', 'the date is not valid')],
  [/ISO3166/, text('没有这个国家代码', 'there is no such country')],
  [/ISO4217/, text('没有这个币种代码', 'there is no such currency')],
  [/GCP|KEY/, text('厂商识别代码无效', 'the company prefix is not valid')],
  [/COUPON/, text('优惠券内容不完整或无效', 'the coupon is cut short or not valid')],
  [/PIECE|POSITION|SEQUENCE|TOTAL/, text('序号与总数不符', 'position and total do not fit')],
  [/ZERO/, text('零的位置不对', 'a zero stands where none may, or lacks where one must')],
  [/TOO_SHORT/, text('太短', 'it is too short')],
  [/TOO_LONG/, text('太长', 'it is too long')],
];
const otherwise = text('不符合该标识符的格式', 'it does not have the form this identifier asks for');

/** A failed check in words. */
const wordsOf = (code: string): LocalText => words.find(([pattern]) => pattern.test(code))?.[1] ?? otherwise;

const cut = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}…` : value);

/** A fault of GS1 data as the refusal a person reads. */
export function refusalOf(found: Gs1Fault, code: string): Refusal {
  const entry = applicationIdentifiers.get(found.ai ?? '');
  const label = entry ? text(`（${entry.ai}）${entry.label.zh}`, `(${entry.ai}) ${entry.label.en}`) : text('内容', 'The content');
  const value = cut(found.value ?? '');
  switch (found.code) {
    case 'unknown-ai':
      return aiUnknown({ ai: cut(found.ai ?? code) });
    case 'too-short':
    case 'too-long':
      return valueWrong({ label, value, why: wordsOf(found.code === 'too-short' ? 'TOO_SHORT' : 'TOO_LONG') });
    case 'check':
      return valueWrong({ label, value, why: wordsOf(found.fault?.code ?? '') });
    case 'not-together':
      return notTogether({ first: found.ai ?? '', second: found.others?.[0] ?? '' });
    case 'missing':
      return companionMissing({
        ai: found.ai ?? '',
        label: entry?.label ?? otherwise,
        others: (found.others ?? []).map((o) => `(${o})`).join(' / '),
      });
    case 'repeated':
      return saidTwice({ label, first: value, second: found.others?.[0] ?? '' });
    case 'link':
      return linkWrong({ link: cut(found.value ?? code) });
    case 'empty':
    case 'syntax':
      return codeNotUnderstood({ code: cut(code) });
    default:
      return found.code satisfies never;
  }
}
