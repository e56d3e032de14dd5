import { fileRefusals } from '#kernel/files/refusals.ts';
import { spreadsheetRefusals } from '#kernel/http/spreadsheet-refusals.ts';
import { text } from '#kernel/i18n/text.ts';
import { importRefusals } from '#kernel/import/refusals.ts';
import { defineModule } from '#kernel/module.ts';
import { documentsOperations } from './operations.ts';
import { documentsRefusals } from './refusals.ts';

/** Files, comments, related things, saved views and imports: what every record and document has, whatever its kind. */
export const documents = defineModule({
  name: 'documents',
  label: text('文件与导入', 'Files and imports'),
  icon: 'file',
  isGround: true,
  operations: documentsOperations,
  permissions: [
    { name: 'documents.file.add', label: text('添加附件', 'Add files') },
    { name: 'documents.file.remove', label: text('移除附件', 'Remove files') },
    { name: 'documents.file.inspect', label: text('查看附件完整性检查', 'See the check of stored files') },
    { name: 'documents.comment.add', label: text('发表评论', 'Comment') },
    { name: 'documents.view.share', label: text('共享列表视图', 'Share list views') },
  ],
  refusals: [
    ...Object.values(documentsRefusals),
    ...Object.values(fileRefusals),
    ...Object.values(importRefusals),
    ...Object.values(spreadsheetRefusals),
  ],
});
