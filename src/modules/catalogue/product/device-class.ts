import { text } from '#kernel/i18n/text.ts';

export const deviceClasses = { I: text('第一类', 'Class I'), II: text('第二类', 'Class II'), III: text('第三类', 'Class III') } as const;
export type ClassOfDevice = keyof typeof deviceClasses;
