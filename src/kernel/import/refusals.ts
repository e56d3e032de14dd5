import { defineRefusal } from '../command/refusal.ts';
import { text, type LocalText } from '../i18n/text.ts';

/** A word put into a sentence: text, or text in both languages. */
type Word = string | LocalText;

/** Why a file, one of its rows or one of its cells is not imported. */
export const importRefusals = {
  required: defineRefusal<{ label: Word }>({
    code: 'import/required',
    text: text('「{label}」必填', '“{label}” is required'),
    wayOut: text('在文件中补上该值后重新上传。', 'Fill it in the file and upload again.'),
  }),
  notADate: defineRefusal<{ label: Word; value: string }>({
    code: 'import/not-a-date',
    text: text('「{label}」的值「{value}」不是日期', '“{label}”: {value} is not a date'),
    wayOut: text('请写成 2026-03-02。', 'Write it as 2026-03-02.'),
  }),
  notANumber: defineRefusal<{ label: Word; value: string }>({
    code: 'import/not-a-number',
    text: text('「{label}」的值「{value}」不是数字', '“{label}”: {value} is not a number'),
    wayOut: text('只写数字，例如 1234.50。', 'Write digits only, for example 1234.50.'),
  }),
  notABoolean: defineRefusal<{ label: Word; value: string }>({
    code: 'import/not-yes-or-no',
    text: text('「{label}」的值「{value}」不是「是」或「否」', '“{label}”: {value} is neither yes nor no'),
    wayOut: text('请写「是」或「否」。', 'Write yes or no.'),
  }),
  unknownChoice: defineRefusal<{ label: Word; value: string; choices: Word }>({
    code: 'import/unknown-choice',
    text: text('「{label}」没有「{value}」这个选项', '“{label}” has no choice “{value}”'),
    wayOut: text('可选：{choices}', 'Choices: {choices}'),
  }),
  referenceNotFound: defineRefusal<{ label: Word; value: string }>({
    code: 'import/reference-not-found',
    text: text('「{label}」找不到「{value}」', '“{label}”: there is no {value}'),
    wayOut: text('请核对编号，或先建立该记录再导入。', 'Check the number, or create that record first.'),
  }),
  referenceAmbiguous: defineRefusal<{ label: Word; value: string; count: number }>({
    code: 'import/reference-ambiguous',
    text: text('「{label}」有 {count} 条记录叫「{value}」', '“{label}”: {count} records are called {value}'),
    wayOut: text('请改写编号，编号是唯一的。', 'Write the number instead, which is unique.'),
  }),
  headerDiffers: defineRefusal<{ label: Word; first: string; other: string }>({
    code: 'import/header-differs',
    text: text('同一单据的「{label}」前后不一致：「{first}」与「{other}」', '“{label}” differs within one document: {first} and {other}'),
    wayOut: text(
      '同一单据的各行保持一致，或只在第一行填写。',
      'Keep it equal on all rows of the document, or fill it on the first row only.',
    ),
  }),
  keyMissing: defineRefusal({
    code: 'import/key-missing',
    text: text('该行没有单据标识，不知道属于哪张单据', 'The row does not say which document it belongs to'),
    wayOut: text(
      '在单据标识列填写任意能区分单据的文字，例如旧单号。',
      'Put any text that tells documents apart into the document key, for example the old number.',
    ),
  }),
  codeRepeated: defineRefusal<{ label: Word; code: string; row: number }>({
    code: 'import/code-repeated',
    text: text('{label}「{code}」在文件第 {row} 行已出现', '{label} “{code}” already stands in row {row} of the file'),
    wayOut: text('每个编码只保留一行。', 'Keep one row per code.'),
  }),
  codeExists: defineRefusal<{ label: Word; code: string }>({
    code: 'import/code-exists',
    text: text('{label}「{code}」已存在', '{label} “{code}” exists already'),
    wayOut: text('从文件中删去该行，或选择「更新已有记录」。', 'Remove the row, or choose to update existing records.'),
  }),
  codeUnknown: defineRefusal<{ label: Word; code: string }>({
    code: 'import/code-unknown',
    text: text('{label}「{code}」不存在，无法更新', '{label} “{code}” does not exist, so it cannot be updated'),
    wayOut: text('核对编码，或选择「新建并更新」。', 'Check the code, or choose to create and update.'),
  }),
  columnUnmapped: defineRefusal<{ label: Word }>({
    code: 'import/required-column-unmapped',
    text: text('必填项「{label}」没有对应的列', 'No column is mapped to the required “{label}”'),
    wayOut: text('在「对应列」一步为它选择一列。', 'Choose a column for it in the mapping step.'),
  }),
  columnMappedTwice: defineRefusal<{ label: Word }>({
    code: 'import/mapped-twice',
    text: text('有两列都对应「{label}」', 'Two columns are mapped to “{label}”'),
    wayOut: text('只保留其中一列。', 'Keep one of them.'),
  }),
  nothingToImport: defineRefusal({
    code: 'import/nothing-to-import',
    text: text('文件里没有可导入的数据行', 'The file has no rows to import'),
    wayOut: text('第一行放列名，从第二行起放数据。', 'Put column names in the first row and data below.'),
  }),
  wrongState: defineRefusal<{ state: Word }>({
    code: 'import/wrong-state',
    status: 409,
    text: text('本次导入当前是「{state}」，不能进行该操作', 'The import is “{state}” and does not allow this now'),
    wayOut: text('等当前步骤结束，或重新上传文件。', 'Wait for the running step, or upload the file again.'),
  }),
  hasErrors: defineRefusal<{ count: number }>({
    code: 'import/has-errors',
    status: 409,
    text: text('有 {count} 条未通过检查，按「全部成功才导入」不能执行', '{count} did not pass the check, and all or nothing was chosen'),
    wayOut: text(
      '更正文件后重新上传，或选择「跳过有错误的」。',
      'Correct the file and upload it again, or choose to skip what has errors.',
    ),
  }),
  sameFile: defineRefusal<{ at: string; count: number }>({
    code: 'import/same-file-imported-before',
    status: 409,
    text: text(
      '内容完全相同的文件已于 {at} 导入过，当时处理了 {count} 条',
      'A file with exactly this content was imported at {at}; {count} were processed',
    ),
    wayOut: text('确认不是重复导入后，勾选「我知道，仍要导入」。', 'If it is not a mistake, confirm that you want to import it again.'),
  }),
  notFound: defineRefusal({
    code: 'import/not-found',
    status: 404,
    text: text('找不到该次导入，或您无权查看', 'There is no such import, or you may not see it'),
    wayOut: text('重新打开导入页面。', 'Open the import page again.'),
  }),
  updateNeedsRecords: defineRefusal<{ what: Word }>({
    code: 'import/update-needs-records',
    text: text('{what}是单据，不能用导入更新', '{what} are documents and cannot be updated by import'),
    wayOut: text('选择「只新建」。', 'Choose to create only.'),
  }),
  noRollback: defineRefusal<{ what: Word }>({
    code: 'import/no-rollback',
    status: 409,
    text: text('{what}没有可用于撤回导入的操作', '{what} has no action that could take the import back'),
    wayOut: text('逐条更正。', 'Correct them one by one.'),
  }),
  cancelled: defineRefusal({
    code: 'import/cancelled',
    status: 409,
    text: text('导入已被取消', 'The import was cancelled'),
    wayOut: text('再次执行即可接着做完，已完成的不会重复导入。', 'Run it again to finish it; what is done is not done twice.'),
  }),
  fault: defineRefusal({
    code: 'import/fault',
    status: 503,
    text: text('导入中断：系统发生故障', 'The import stopped: something failed in the system'),
    wayOut: text('稍后再次执行，已完成的不会重复导入。', 'Run it again later; what is done is not done twice.'),
  }),
} as const;
