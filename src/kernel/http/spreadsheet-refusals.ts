import { defineRefusal } from '../command/refusal.ts';
import { text } from '../i18n/text.ts';

/** Why a spreadsheet is not read. */
export const spreadsheetRefusals = {
  unreadable: defineRefusal({
    code: 'spreadsheet/unreadable',
    text: text('无法读取该表格文件：内容损坏，或不是 XLSX / CSV', 'The spreadsheet cannot be read: it is damaged, or neither XLSX nor CSV'),
    wayOut: text('用 Excel 或 WPS 打开后另存为 XLSX，再上传。', 'Open it in Excel, save it as XLSX and upload it again.'),
  }),
  oldOrProtected: defineRefusal({
    code: 'spreadsheet/old-or-protected',
    text: text('这是旧版 XLS 文件，或设有打开密码', 'This is an old XLS file, or it opens only with a password'),
    wayOut: text('另存为不带密码的 XLSX 后再上传。', 'Save it as XLSX without a password and upload it again.'),
  }),
  tooManyRows: defineRefusal<{ max: number }>({
    code: 'spreadsheet/too-many-rows',
    status: 413,
    text: text('表格超过 {max} 行', 'The spreadsheet has more than {max} rows'),
    wayOut: text('拆成几个文件分别导入。', 'Split it over several files.'),
  }),
  tooManyColumns: defineRefusal<{ max: number; row: number }>({
    code: 'spreadsheet/too-many-columns',
    status: 413,
    text: text('第 {row} 行超过 {max} 列', 'Row {row} has more than {max} columns'),
    wayOut: text('删除多余的列后再上传。', 'Remove the columns that are not needed and upload again.'),
  }),
  cellTooLong: defineRefusal<{ row: number; column: number; max: number }>({
    code: 'spreadsheet/cell-too-long',
    status: 413,
    text: text(
      '第 {row} 行第 {column} 列的内容超过 {max} 个字符',
      'The cell in row {row}, column {column} is longer than {max} characters',
    ),
    wayOut: text('缩短该单元格的内容；常见原因是引号没有成对。', 'Shorten that cell; an unclosed quotation mark is the usual cause.'),
  }),
  unpacksTooLarge: defineRefusal<{ max: string }>({
    code: 'spreadsheet/unpacks-too-large',
    status: 413,
    text: text('该文件解压后超过 {max}', 'The file unpacks to more than {max}'),
    wayOut: text('删除图片与多余的工作表，或拆成几个文件。', 'Remove pictures and sheets that are not needed, or split the file.'),
  }),
} as const;
