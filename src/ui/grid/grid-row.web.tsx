import { memo, useMemo, type MouseEvent } from 'react';
import type { LocalText } from '#kernel/i18n/text.ts';
import { text } from '#kernel/i18n/text.ts';
import { fieldWords, isNumeric } from '../document/field-words.web.ts';
import type { FormRow } from '../document/form-content.ts';
import { useTitles, useWantedTitles } from '../document/titles.web.ts';
import { useLocale } from '../locale.web.tsx';
import { CellEditor, type After } from './cell-editor.web.tsx';
import { columnTotal } from './column-total.ts';
import { at, tabbed, type Size } from './grid-state.ts';
import { isRefId, type GridColumn } from './paste.ts';
import type { Editing, GridActions } from './use-line-grid.web.ts';

const words = {
  line: text('行', 'Line'),
  total: text('合计', 'Total'),
  computed: text('自动计算', 'Computed'),
  required: text('必填', 'Required'),
};

interface HeadProps {
  readonly isReadOnly?: boolean;
  readonly columns: readonly GridColumn[];
  readonly template: string;
  readonly minWidth: number;
}

export function GridHead({ columns, template, minWidth, isReadOnly = false }: HeadProps) {
  const { t } = useLocale();
  return (
    <div role="rowgroup" className="lg-head" style={{ minWidth }}>
      <div role="row" aria-rowindex={1} className="lg-row" style={{ gridTemplateColumns: template }}>
        <div role="columnheader" aria-colindex={1} className="lg-cell lg-no" aria-label={t(words.line)}>
          #
        </div>
        {columns.map(({ name, field }, i) => (
          <div
            key={name}
            role="columnheader"
            aria-colindex={i + 2}
            className={`lg-cell${isNumeric(field.kind) ? ' lg-digits' : ''}`}
            title={[t(field.label), field.help ? t(field.help) : '', field.isDerived ? t(words.computed) : ''].filter(Boolean).join(' · ')}
          >
            <span className="lg-words">{t(field.label)}</span>
            {!isReadOnly && !field.isOptional && !field.isDerived && field.kind !== 'boolean' && (
              <span className="required" title={t(words.required)} aria-hidden="true">
                {' '}
                *
              </span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly row: FormRow;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly GridColumn[];
  readonly template: string;
  /** -1 where the row is not the active one. */
  readonly activeCol: number;
  readonly left: number;
  readonly right: number;
  readonly editing: Editing | null;
  readonly errors: Readonly<Record<string, LocalText>>;
  readonly actions: GridActions;
  readonly entityId: string | null;
  readonly today: string;
  readonly size: Size;
}

const isSameRow = (a: RowProps, b: RowProps): boolean =>
  a.row === b.row &&
  a.index === b.index &&
  a.top === b.top &&
  a.columns === b.columns &&
  a.template === b.template &&
  a.activeCol === b.activeCol &&
  a.left === b.left &&
  a.right === b.right &&
  a.editing === b.editing &&
  sameErrors(a.errors, b.errors) &&
  a.size.rows === b.size.rows;

function sameErrors(a: RowProps['errors'], b: RowProps['errors']): boolean {
  const names = Object.keys(a);
  return a === b || (names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]));
}

/** One line; drawn again only when something in it changed. */
export const GridRow = memo(function GridRow(props: RowProps) {
  const { id, index, top, columns, template, actions, errors, left, right } = props;
  const { t } = useLocale();
  const rowError = errors[''];
  const selectLine = (event: MouseEvent) => {
    event.preventDefault();
    actions.focus();
    actions.setCursor({ anchor: { row: index, col: 0 }, active: { row: index, col: columns.length - 1 } });
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="lg-row lg-line"
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className={`lg-cell lg-no${rowError ? ' lg-wrong' : ''}`}
        title={rowError && t(rowError)}
        onMouseDown={selectLine}
      >
        {index + 1}
      </div>
      {columns.map((column, col) => (
        <GridCell
          key={column.name}
          {...props}
          domId={`${id}-${index}-${col}`}
          column={column}
          col={col}
          isActive={col === props.activeCol}
          isSelected={left >= 0 && col >= left && col <= right}
          error={errors[column.name]}
        />
      ))}
    </div>
  );
}, isSameRow);

interface CellProps extends RowProps {
  readonly domId: string;
  readonly column: GridColumn;
  readonly col: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly error: LocalText | undefined;
}

function GridCell(props: CellProps) {
  const { domId, column, col, isActive, isSelected, error, row, index, actions, editing } = props;
  const { t, locale } = useLocale();
  const titles = useTitles();
  const { field } = column;
  const value = row.values[column.name];
  useWantedTitles(field.target, [value]);
  const isEditing = isActive && editing !== null;
  const said = field.kind === 'ref' && isRefId(value) && titles[value] === undefined ? '…' : fieldWords(field, value, locale, titles);
  const className = [
    'lg-cell',
    isNumeric(field.kind) ? 'lg-digits' : '',
    field.isDerived ? 'lg-derived' : '',
    isActive ? 'lg-active' : '',
    isSelected ? 'lg-selected' : '',
    error ? 'lg-wrong' : '',
    typeof value === 'string' && value.startsWith('-') && isNumeric(field.kind) ? 'negative' : '',
  ]
    .filter(Boolean)
    .join(' ');
  const onMouseDown = (event: MouseEvent) => {
    if (isEditing) return;
    event.preventDefault();
    const wasHere = event.currentTarget.closest('[role="grid"]') === document.activeElement;
    actions.focus();
    // A second tap on the active cell opens it: on a tablet there is no double click. The tap that enters the grid only enters it.
    if (isActive && wasHere && !event.shiftKey) actions.edit();
    else actions.select({ row: index, col }, event.shiftKey);
  };
  return (
    <div
      role="gridcell"
      id={domId}
      aria-colindex={col + 2}
      aria-selected={isSelected}
      aria-invalid={error ? true : undefined}
      className={className}
      title={error ? t(error) : said}
      onMouseDown={onMouseDown}
      onMouseEnter={(event) => event.buttons === 1 && !isEditing && actions.select({ row: index, col }, true)}
    >
      {isEditing ? <Editor {...props} value={value} /> : <Shown kind={field.kind} value={value} said={said} />}
    </div>
  );
}

function Shown({ kind, value, said }: { kind: string; value: unknown; said: string }) {
  if (kind === 'boolean' && typeof value === 'boolean') {
    return <span className={`lg-check${value ? ' lg-checked' : ''}`} role="img" aria-label={said} />;
  }
  return <span className="lg-words">{said}</span>;
}

function Editor({ column, col, index, value, editing, actions, entityId, today, size }: CellProps & { value: unknown }) {
  const { t } = useLocale();
  const here = { row: index, col };
  const onCommit = (next: unknown, after: After) => {
    if (next !== undefined) actions.set(here, next);
    if (after === 'stay') {
      actions.leaveEditing();
      return;
    }
    actions.stopEditing();
    const cursor = at(index, col);
    if (after === 'next' || after === 'back') actions.setCursor(tabbed(cursor, after === 'back', size) ?? cursor);
    else actions.setCursor(at(Math.max(0, Math.min(size.rows - 1, index + (after === 'down' ? 1 : -1))), col));
  };
  return (
    <CellEditor
      column={column}
      value={value}
      typed={editing?.typed ?? null}
      label={`${t(column.field.label)} ${index + 1}`}
      entityId={entityId}
      today={today}
      onCommit={onCommit}
      onValue={(next) => actions.set(here, next)}
      onCancel={actions.stopEditing}
    />
  );
}

/** Totals of the columns that may be summed: quantities and amounts, never prices of one; nothing where values are hidden. */
export function GridFoot({ columns, rows, template, minWidth }: HeadProps & { readonly rows: readonly FormRow[] }) {
  const { t, locale } = useLocale();
  const totals = useMemo(() => columns.map((c) => columnTotal(c, rows)), [columns, rows]);
  if (totals.every((total) => total === undefined)) return null;
  return (
    <div role="rowgroup" className="lg-foot" style={{ minWidth }}>
      <div role="row" aria-rowindex={rows.length + 2} className="lg-row" style={{ gridTemplateColumns: template }}>
        <div role="rowheader" aria-colindex={1} className="lg-cell lg-no" aria-label={t(words.total)}>
          Σ
        </div>
        {columns.map((c, i) => (
          <div key={c.name} role="gridcell" aria-colindex={i + 2} className="lg-cell lg-digits">
            {totals[i] === undefined ? '' : fieldWords(c.field, totals[i], locale, {})}
          </div>
        ))}
      </div>
    </div>
  );
}
