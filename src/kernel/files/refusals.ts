import { defineRefusal } from '../command/refusal.ts';
import { text } from '../i18n/text.ts';

/** Why a file is not taken or not given. */
export const fileRefusals = {
  tooLarge: defineRefusal<{ name: string; max: string }>({
    code: 'files/too-large',
    status: 413,
    text: text('文件「{name}」超过上限 {max}', 'The file “{name}” is larger than {max}'),
    wayOut: text('请压缩或拆分后再上传。', 'Compress or split it and upload again.'),
  }),
  empty: defineRefusal<{ name: string }>({
    code: 'files/empty',
    text: text('文件「{name}」是空的', 'The file “{name}” is empty'),
    wayOut: text('请检查文件内容后重新选择。', 'Check the file and choose it again.'),
  }),
  notAdmitted: defineRefusal<{ name: string; admitted: string }>({
    code: 'files/type-not-admitted',
    text: text(
      '文件「{name}」的内容不是允许的类型，或与扩展名不符',
      'The content of “{name}” is not of an admitted type, or is not what its ending says',
    ),
    wayOut: text(
      '允许的类型：{admitted}。请转换为其中一种（例如 PDF）后上传。',
      'Admitted: {admitted}. Convert it to one of these, for example PDF, and upload again.',
    ),
  }),
  missing: defineRefusal<{ name: string }>({
    code: 'files/content-missing',
    status: 404,
    text: text('文件「{name}」的内容在存储中找不到', 'The content of “{name}” is not in the file store'),
    wayOut: text('请联系系统管理员从备份中恢复该文件。', 'Ask the administrator to restore it from the backup.'),
  }),
} as const;
