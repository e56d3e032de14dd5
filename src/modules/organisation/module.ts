import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';
import { legalEntity } from './legal-entity/legal-entity.ts';
import { numberPattern } from './number-pattern/number-pattern.ts';
import { refusals } from './refusals.ts';

export const organisation = defineModule({
  name: 'organisation',
  label: text('组织', 'Organisation'),
  icon: 'bank',
  isGround: true,
  definitions: [legalEntity, numberPattern],
  refusals,
  menu: [
    { label: text('法人公司', 'Legal entities'), kind: 'legal-entity' },
    { label: text('编号规则', 'Number patterns'), kind: 'number-pattern' },
  ],
});
