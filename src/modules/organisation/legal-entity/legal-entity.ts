import type { Refusal } from '#kernel/command/refusal.ts';
import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { isCurrency } from '#kernel/money/currency.ts';
import { currencyAndZoneStay, currencyIsUnknown, parentMakesACircle, timeZoneIsUnknown, usccDoesNotHold } from '../refusals.ts';
import { isUscc } from './uscc.ts';

export interface LegalEntityFacts {
  /** Currency and time zone as stored; nothing while the entity is being created. */
  readonly stored: { readonly functionalCurrency: string; readonly timeZone: string } | undefined;
  /** The chosen parent and its own parents upward. */
  readonly ancestors: readonly { readonly id: string; readonly nameZh: string }[];
}

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** A company of the group with its own licences, books, currency, warehouses and number series. */
export const legalEntity = defineRecord<LegalEntityFacts>()({
  kind: 'legal-entity',
  module: 'organisation',
  plural: 'legal-entities',
  idPrefix: 'ent',
  label: text('法人公司', 'Legal entity'),
  pluralLabel: text('法人公司', 'Legal entities'),
  table: 'organisation.legal_entity',
  header: {
    code: field.code({ label: text('公司代码', 'Code'), max: 20, pattern: /^[A-Z0-9][A-Z0-9-]*$/ }),
    nameZh: field.text({ label: text('中文名称', 'Name (Chinese)') }),
    nameEn: field.text({ label: text('英文名称', 'Name (English)') }),
    uscc: field.code({
      label: text('统一社会信用代码', 'Unified social credit code'),
      optional: true,
      max: 18,
      help: text('18 位，末位为校验位', '18 signs, the last one is a check sign'),
    }),
    country: field.code({ label: text('国家/地区', 'Country'), max: 2, pattern: /^[A-Z]{2}$/, initial: 'CN' }),
    functionalCurrency: field.code({ label: text('记账本位币', 'Functional currency'), max: 3, pattern: /^[A-Z]{3}$/, initial: 'CNY' }),
    timeZone: field.code({ label: text('时区', 'Time zone'), initial: 'Asia/Shanghai' }),
    address: field.longText({ label: text('地址', 'Address'), optional: true, max: 500 }),
    parentId: field.ref('legal-entity', { label: text('上级公司', 'Parent'), optional: true }),
  },
  codeField: 'code',
  list: {
    columns: ['number', 'nameZh', 'nameEn', 'functionalCurrency', 'state'],
    search: ['code', 'nameZh', 'nameEn', 'uscc'],
    sort: { field: 'number', descending: false },
  },
  title: (entity) => text(entity.nameZh, entity.nameEn),
  icon: 'bank',
  check: (entity, facts) => {
    const refused: Refusal[] = [];
    if (entity.uscc !== null && !isUscc(entity.uscc)) refused.push(usccDoesNotHold({ uscc: entity.uscc }, { field: 'uscc' }));
    if (!isCurrency(entity.functionalCurrency)) {
      refused.push(currencyIsUnknown({ currency: entity.functionalCurrency }, { field: 'functionalCurrency' }));
    }
    if (!isTimeZone(entity.timeZone)) refused.push(timeZoneIsUnknown({ timeZone: entity.timeZone }, { field: 'timeZone' }));
    if (facts.ancestors.some((ancestor) => ancestor.id === entity.id)) {
      refused.push(parentMakesACircle({ parent: facts.ancestors[0]?.nameZh ?? '' }, { field: 'parentId' }));
    }
    for (const name of ['functionalCurrency', 'timeZone'] as const) {
      if (facts.stored && facts.stored[name] !== entity[name])
        refused.push(currencyAndZoneStay({ field: facts.stored[name] }, { field: name }));
    }
    return refused;
  },
});
