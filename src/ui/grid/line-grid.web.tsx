import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useState } from 'react';
import type { LineSet } from '#kernel/document/definition.ts';
import { say, text, type Locale, type LocalText } from '#kernel/i18n/text.ts';
import { fieldWords } from '../document/field-words.web.ts';
import { rowErrors, type RowErrors } from '../document/form-errors.ts';
import type { FormRow } from '../document/form-content.ts';
import { useTitles } from '../document/titles.web.ts';
import { useLocale } from '../locale.web.tsx';
import { GridFoot, GridHead, GridRow } from './grid-row.web.tsx';
import { GridTools } from './grid-tools.web.tsx';
import { rangeOf } from './grid-state.ts';
import type { GridColumn } from './paste.ts';
import { useGridKeys } from './use-grid-keys.web.ts';
import { useGridScan } from './use-grid-scan.web.ts';
import { useLineGrid } from './use-line-grid.web.ts';
import './grid.css';

export interface LineGridProps {
  readonly set: LineSet;
  readonly rows: readonly FormRow[];
  readonly onChange?: (rows: readonly FormRow[]) => void;
  readonly isReadOnly?: boolean;
  /** What the server refused, by row key and field. */
  readonly refused?: RowErrors | undefined;
  /** Whether the fields' own checks are shown for cells that were never touched. */
  readonly showsErrors?: boolean;
  readonly setError?: LocalText | undefined;
  readonly entityId?: string | null;
  readonly today: string;
  /** Moves the cursor to a row, when the number changes. */
  readonly goTo?: { readonly row: number; readonly field?: string | undefined; readonly times: number } | undefined;
}

const words = {
  help: text(
    '方向键移动，回车或 F2 编辑，Tab 下一格，Ctrl+D 向下填充，Ctrl+Insert 插入行，Ctrl+Delete 删除行，Ctrl+Z 撤销，可直接粘贴 Excel 区域，按 Esc 后再按 Tab 离开表格',
    'Arrow keys move, Enter or F2 edits, Tab goes on, Ctrl+D fills down, Ctrl+Insert adds a row, Ctrl+Delete removes it, Ctrl+Z undoes. ' +
      'Paste straight from a spreadsheet. Escape and then Tab leaves the table.',
  ),
  empty: text(
    '还没有明细。按“添加行”、扫码，或直接粘贴 Excel 区域。',
    'No lines yet. Add one, scan, or paste straight from a spreadsheet.',
  ),
  emptyRead: text('没有明细', 'No lines'),
};

const rowsShownMax = 16;

/** The error of each cell: what the server refused first, then the field's own check. */
const errorsOf = (
  set: LineSet,
  row: FormRow,
  refused: RowErrors | undefined,
  showsErrors: boolean,
): Readonly<Record<string, LocalText>> => {
  const own = rowErrors(set, row);
  // A missing value is no error while the line is still being typed; a wrong one is, at once.
  const shown = showsErrors
    ? own
    : Object.fromEntries(Object.entries(own).filter(([name]) => row.values[name] !== null && row.values[name] !== undefined));
  const said = refused?.get(row.key);
  return said ? { ...shown, ...said } : shown;
};

/** Lines of a document as a spreadsheet: keyboard, paste from Excel, scan; 2 000 rows stay smooth as only those in view are drawn. */
export function LineGrid(props: LineGridProps) {
  const { set, rows, refused, isReadOnly = false, showsErrors = false, entityId = null, today } = props;
  const { t, locale } = useLocale();
  const titles = useTitles();
  const id = useId();
  const [notice, setNotice] = useState<string>();
  const grid = useLineGrid({
    set,
    rows,
    isReadOnly,
    entityId,
    today,
    onChange: props.onChange ?? (() => undefined),
    onNotice: (said, params) => setNotice(t(said, params)),
  });
  const { columns, cursor, actions, editing, root } = grid;
  const rowHeight = useRowHeight();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => root.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The active row is always drawn: the screen reader follows it by its id.
    rangeExtractor: (r) => [...new Set([...defaultRangeExtractor(r), ...(rows.length ? [cursor.active.row] : [])])].sort((a, b) => a - b),
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
  });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  useEffect(() => {
    if (rows.length) virtual.scrollToIndex(cursor.active.row, { align: 'auto' });
  }, [cursor.active.row, rows.length === 0]);
  const keys = useGridKeys(grid, rows, Math.max(1, Math.floor((rowsShownMax * 32) / rowHeight) - 2), (value, column) =>
    fieldWords(column.field, value, locale, titles),
  );
  useGridScan(grid, rows, { isReadOnly, entityId, set, today, onNotice: (said, params) => setNotice(t(said, params)) });
  useGoTo(
    props.goTo,
    columns.map((c) => c.name),
    actions,
  );
  const template = useMemo(() => templateOf(columns, locale), [columns, locale]);
  const range = rangeOf(cursor);
  const activeName = columns[cursor.active.col]?.name ?? '';
  const activeRow = rows[cursor.active.row];
  const activeError =
    activeRow && (errorsOf(set, activeRow, refused, showsErrors)[activeName] ?? errorsOf(set, activeRow, refused, showsErrors)['']);
  return (
    <section className="lg" aria-label={t(set.label)}>
      <div
        ref={root}
        className={`lg-scroll${isReadOnly ? ' lg-read' : ''}`}
        role="grid"
        tabIndex={0}
        aria-label={t(set.label)}
        aria-describedby={`${id}-help`}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-readonly={isReadOnly}
        aria-activedescendant={rows.length ? `${id}-${cursor.active.row}-${cursor.active.col}` : undefined}
        {...keys}
        style={{ maxHeight: `calc(${rowsShownMax} * var(--row, 32px) + 2 * var(--row, 32px) + 2px)` }}
      >
        <GridHead columns={columns} template={template.columns} minWidth={template.minWidth} isReadOnly={isReadOnly} />
        <div role="rowgroup" className="lg-body" style={{ height: virtual.getTotalSize(), minWidth: template.minWidth }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const isActive = item.index === cursor.active.row;
            const isSelected = item.index >= range.top && item.index <= range.bottom;
            return (
              <GridRow
                key={row.key}
                id={id}
                row={row}
                index={item.index}
                top={item.start}
                columns={columns}
                template={template.columns}
                activeCol={isActive ? cursor.active.col : -1}
                left={isSelected ? range.left : -1}
                right={isSelected ? range.right : -1}
                editing={isActive ? editing : null}
                errors={errorsOf(set, row, refused, showsErrors)}
                actions={actions}
                entityId={entityId}
                today={today}
                size={grid.size}
              />
            );
          })}
        </div>
        {rows.length === 0 && <p className="lg-empty">{t(isReadOnly ? words.emptyRead : words.empty)}</p>}
        <GridFoot columns={columns} rows={rows} template={template.columns} minWidth={template.minWidth} />
      </div>
      <p id={`${id}-help`} className="visually-hidden">
        {t(words.help)}
      </p>
      <GridTools
        set={set}
        rows={rows}
        isReadOnly={isReadOnly}
        actions={actions}
        refused={refused}
        showsErrors={showsErrors}
        message={activeError ? t(activeError) : props.setError ? t(props.setError) : undefined}
        notice={notice}
      />
    </section>
  );
}

function useGoTo(goTo: LineGridProps['goTo'], names: readonly string[], actions: ReturnType<typeof useLineGrid>['actions']) {
  useEffect(() => {
    if (!goTo) return;
    actions.select({ row: goTo.row, col: Math.max(0, names.indexOf(goTo.field ?? '')) });
    actions.focus();
  }, [goTo?.times]);
}

/** Row height as the density asks; read from the style sheet, which knows it. */
function useRowHeight(): number {
  const read = () => Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 32;
  const [height, setHeight] = useState(read);
  useEffect(() => {
    const watch = new MutationObserver(() => setHeight(read()));
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-density', 'style'] });
    return () => watch.disconnect();
  }, []);
  return height;
}

const elastic = new Set(['ref', 'text', 'longText', 'textList']);
const numberColumn = 46;

/** A column is at least as wide as its own name, within reason: Chinese signs take twice a letter. */
function widthIn(column: GridColumn, locale: Locale): number {
  const label = say(column.field.label, locale);
  return Math.max(column.width, Math.min(150, 30 + [...label].reduce((px, sign) => px + (sign > '\u2e80' ? 13 : 7.2), 0)));
}

function templateOf(given: readonly GridColumn[], locale: Locale): { columns: string; minWidth: number } {
  const columns = given.map((c) => ({ ...c, width: Math.round(widthIn(c, locale)) }));
  const hasElastic = columns.some((c) => elastic.has(c.field.kind));
  const tracks = columns.map((c) =>
    (elastic.has(c.field.kind) && c.width > 100) || !hasElastic ? `minmax(${c.width}px, ${c.width}fr)` : `${c.width}px`,
  );
  return { columns: `${numberColumn}px ${tracks.join(' ')}`, minWidth: numberColumn + columns.reduce((sum, c) => sum + c.width, 0) };
}
