import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';

/** Both catalogues live side by side without an official mapping: an article carries its own code in each. */
export const classCodeFields = {
  classCode2017: field.text({
    label: text('分类编码（2017版）', 'Class code (2017)'),
    optional: true,
    max: 8,
    pattern: /^\d{2}(-\d{2}(-\d{2})?)?$/,
    help: text('如 03-13-06', 'e.g. 03-13-06'),
  }),
  classCode2002: field.text({
    label: text('分类编码（2002版）', 'Class code (2002)'),
    optional: true,
    max: 8,
    pattern: /^68\d{2}(-\d{1,3})?$/,
    help: text('如 6877 或 6840-3', 'e.g. 6877 or 6840-3'),
  }),
} as const;
