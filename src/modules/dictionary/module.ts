import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';
import { dictionaryOperations } from './operations.ts';

export const dictionary = defineModule({
  name: 'dictionary',
  label: text('数据字典', 'Data dictionary'),
  icon: 'read',
  isGround: true,
  operations: dictionaryOperations,
  menu: [
    { label: text('数据字典', 'Data dictionary'), path: '/dictionary' },
    { label: text('接口文档', 'API reference'), path: '/api-reference' },
  ],
});
