import { useMemo } from 'react';
import type { LineSet } from '#kernel/document/definition.ts';
import { text } from '#kernel/i18n/text.ts';
import { isBlankRow, type FormRow } from '../document/form-content.ts';
import { rowErrors, type RowErrors } from '../document/form-errors.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import type { GridActions } from './use-line-grid.web.ts';

const words = {
  add: text('添加行', 'Add line'),
  copy: text('复制行', 'Duplicate'),
  remove: text('删除行', 'Delete'),
  undo: text('撤销', 'Undo'),
  lines: text('{count} 行', '{count} lines'),
  wrong: text('{count} 行需要处理', '{count} lines need attention'),
  paste: text('可直接粘贴 Excel 区域或扫码', 'Paste from a spreadsheet, or scan'),
};

interface GridToolsProps {
  readonly set: LineSet;
  readonly rows: readonly FormRow[];
  readonly isReadOnly: boolean;
  readonly actions: GridActions;
  readonly refused: RowErrors | undefined;
  readonly showsErrors: boolean;
  /** What is wrong with the active cell. */
  readonly message: string | undefined;
  readonly notice: string | undefined;
}

/** Below the grid: what can be done with lines, how many there are, and what is wrong where the cursor stands. */
export function GridTools(props: GridToolsProps) {
  const { set, rows, isReadOnly, actions, refused, showsErrors, message, notice } = props;
  const { t } = useLocale();
  const wrong = useMemo(
    () =>
      rows
        .map((row, i) => (refused?.has(row.key) || (showsErrors && Object.keys(rowErrors(set, row)).length > 0) ? i : -1))
        .filter((i) => i >= 0),
    [rows, refused, showsErrors, set],
  );
  const filled = useMemo(() => rows.filter((row) => !isBlankRow(set, row)).length, [rows, set]);
  const first = wrong[0];
  return (
    <div className="lg-tools">
      {!isReadOnly && (
        <>
          <button type="button" className="lg-tool" onClick={actions.appendRow}>
            <Icon name="plus" size={15} />
            {t(words.add)}
          </button>
          <button type="button" className="lg-tool" onClick={actions.duplicateRows} disabled={rows.length === 0}>
            {t(words.copy)}
          </button>
          <button type="button" className="lg-tool" onClick={actions.deleteRows} disabled={rows.length === 0}>
            {t(words.remove)}
          </button>
          <button type="button" className="lg-tool" onClick={actions.undo}>
            {t(words.undo)}
          </button>
        </>
      )}
      <span className="lg-status" role="status" aria-live="polite">
        {message !== undefined ? (
          <span className="lg-message">
            <Icon name="refused" size={14} />
            {message}
          </span>
        ) : (
          (notice ?? (isReadOnly ? '' : t(words.paste)))
        )}
      </span>
      {first !== undefined && (
        <button
          type="button"
          className="lg-tool lg-attention"
          onClick={() => {
            actions.select({ row: first, col: 0 });
            actions.focus();
          }}
        >
          {t(words.wrong, { count: wrong.length })}
        </button>
      )}
      <span className="lg-count">{t(words.lines, { count: filled })}</span>
    </div>
  );
}
