import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, type PointerEvent, type RefObject } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { ListAnswer } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { Chip, StateChip } from '../common/state-chip.web.tsx';
import { DateText, EntityText, InstantText, PersonText } from '../common/values.web.tsx';
import { colourTone } from '../common/zone-tone.ts';
import { fieldWords } from '../document/field-words.web.ts';
import { useLocale } from '../locale.web.tsx';
import { documentPath } from '../product.web.ts';
import type { ListColumn } from './list-columns.ts';
import type { Row } from './use-list.web.ts';

const words = {
  all: text('选择已加载的全部行', 'Select all rows loaded'),
  one: text('选择 {name}', 'Select {name}'),
  resize: text('拖动调整“{label}”列宽', 'Drag to change the width of “{label}”'),
  sort: text('按“{label}”排序', 'Sort by {label}'),
  unnamed: text('（未编号）', '(no number yet)'),
};

export interface ListTableProps {
  readonly definition: AnyDefinition;
  readonly columns: readonly ListColumn[];
  readonly widths: Readonly<Record<string, number>>;
  readonly rows: readonly Row[];
  readonly titles: ListAnswer['titles'];
  readonly sort: string;
  readonly selected: ReadonlySet<string>;
  /** Index of the row the keyboard stands on; -1 for none. */
  readonly active: number;
  readonly hasMore: boolean;
  readonly onSort: (field: string) => void;
  readonly onWidth: (field: string, width: number) => void;
  readonly onSelect: (ids: readonly string[], isSelected: boolean) => void;
  readonly onMore: () => void;
}

const template = (columns: readonly ListColumn[], widths: ListTableProps['widths']): { columns: string; minWidth: number } => {
  const px = columns.map((c) => widths[c.name] ?? c.width);
  // The last column takes what is left over, so that the table fills the page and nothing else moves.
  const tracks = px.map((w, i) => (i === px.length - 1 ? `minmax(${w}px, 1fr)` : `${w}px`));
  return { columns: `40px ${tracks.join(' ')}`, minWidth: 40 + px.reduce((sum, w) => sum + w, 0) };
};

/** Rows of a list; only those in view are drawn, the next page is asked for before the end is reached. */
export function ListTable(props: ListTableProps) {
  const { columns, rows, widths, active, hasMore, onMore } = props;
  const { t } = useLocale();
  const scroll = useRef<HTMLDivElement>(null);
  const rowHeight = Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 32;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 30) onMore();
  }, [hasMore, lastShown, rows.length, onMore]);
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' });
  }, [active]);
  const layout = template(columns, widths);
  return (
    <div
      className="lp-scroll"
      ref={scroll}
      role="grid"
      aria-label={t(props.definition.pluralLabel)}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-colcount={columns.length + 1}
      tabIndex={0}
    >
      <TableHead {...props} layout={layout} scroll={scroll} />
      <div role="rowgroup" className="lp-body" style={{ height: virtual.getTotalSize(), minWidth: layout.minWidth }}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <TableRow
                key={row.id}
                row={row}
                index={item.index}
                top={item.start}
                tracks={layout.columns}
                columns={columns}
                titles={props.titles}
                definition={props.definition}
                isActive={item.index === active}
                isSelected={props.selected.has(row.id)}
                onSelect={props.onSelect}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

type HeadProps = ListTableProps & { readonly layout: ReturnType<typeof template>; readonly scroll: RefObject<HTMLDivElement | null> };

function TableHead({ columns, rows, selected, sort, layout, widths, onSort, onSelect, onWidth }: HeadProps) {
  const { t } = useLocale();
  const isAll = rows.length > 0 && rows.every((row) => selected.has(row.id));
  return (
    <div role="rowgroup" className="lp-head" style={{ minWidth: layout.minWidth }}>
      <div role="row" aria-rowindex={1} className="lp-row" style={{ gridTemplateColumns: layout.columns }}>
        <div role="columnheader" aria-colindex={1} className="lp-cell lp-check">
          <input
            type="checkbox"
            aria-label={t(words.all)}
            checked={isAll}
            onChange={(e) =>
              onSelect(
                rows.map((row) => row.id),
                e.target.checked,
              )
            }
            ref={(node) => {
              if (node) node.indeterminate = !isAll && selected.size > 0;
            }}
          />
        </div>
        {columns.map((column, i) => {
          const order = sort === column.name ? 'ascending' : sort === `-${column.name}` ? 'descending' : 'none';
          return (
            <div
              key={column.name}
              role="columnheader"
              aria-colindex={i + 2}
              aria-sort={column.isSortable ? order : undefined}
              className={`lp-cell${column.isNumeric ? ' lp-digits' : ''}`}
            >
              {column.isSortable ? (
                <button
                  type="button"
                  className="lp-sort"
                  onClick={() => onSort(column.name)}
                  title={t(words.sort, { label: column.label })}
                >
                  <span className="lp-words">{t(column.label)}</span>
                  <span className="lp-arrow" aria-hidden="true">
                    {order === 'ascending' ? '↑' : order === 'descending' ? '↓' : ''}
                  </span>
                </button>
              ) : (
                <span className="lp-words">{t(column.label)}</span>
              )}
              <Resizer
                label={t(words.resize, { label: column.label })}
                width={widths[column.name] ?? column.width}
                onWidth={(width) => onWidth(column.name, width)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Resizer({ label, width, onWidth }: { label: string; width: number; onWidth: (width: number) => void }) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const move = (event: PointerEvent) => {
    if (start.current) onWidth(Math.max(56, Math.min(800, start.current.width + event.clientX - start.current.x)));
  };
  return (
    <span
      className="lp-resize"
      title={label}
      aria-hidden="true"
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}

interface RowProps {
  readonly row: Row;
  readonly index: number;
  readonly top: number;
  readonly tracks: string;
  readonly columns: readonly ListColumn[];
  readonly titles: ListAnswer['titles'];
  readonly definition: AnyDefinition;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onSelect: ListTableProps['onSelect'];
}

const TableRow = memo(function TableRow({
  row,
  index,
  top,
  tracks,
  columns,
  titles,
  definition,
  isActive,
  isSelected,
  onSelect,
}: RowProps) {
  const { t } = useLocale();
  const name = typeof row['number'] === 'string' ? row['number'] : t(words.unnamed);
  const path = documentPath(definition.kind, row.id) ?? '';
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${top}px)` }}
      className={`lp-row lp-line${isActive ? ' lp-active' : ''}${isSelected ? ' lp-selected' : ''}`}
    >
      <div role="gridcell" aria-colindex={1} className="lp-cell lp-check">
        <input
          type="checkbox"
          checked={isSelected}
          aria-label={t(words.one, { name })}
          onChange={(e) => onSelect([row.id], e.target.checked)}
        />
      </div>
      {columns.map((column, i) => (
        <div key={column.name} role="gridcell" aria-colindex={i + 2} className={`lp-cell${column.isNumeric ? ' lp-digits' : ''}`}>
          {/* The link of the first column reaches over the whole row: opening beside with Ctrl or ⌘ is the browser's own. */}
          {i === 0 ? (
            <Link to={path} className="lp-link">
              <CellValue column={column} row={row} titles={titles} definition={definition} isPlain />
            </Link>
          ) : (
            <CellValue column={column} row={row} titles={titles} definition={definition} />
          )}
        </div>
      ))}
    </div>
  );
});

interface CellProps extends Pick<RowProps, 'row' | 'titles' | 'definition'> {
  readonly column: ListColumn;
  /** Inside a link no further link. */
  readonly isPlain?: boolean;
}

function CellValue({ column, row, titles, definition, isPlain = false }: CellProps) {
  const { t, locale } = useLocale();
  const value = row[column.name];
  if (column.name === 'state' && typeof value === 'string') return <StateChip definition={definition} state={value} />;
  if (column.name === 'number' && (value === null || value === undefined)) return <span className="secondary">{t(words.unnamed)}</span>;
  if (value === null || value === undefined || value === '')
    return (
      <span className="nothing" aria-hidden="true">
        –
      </span>
    );
  switch (column.kind) {
    case 'ref':
      if (column.target === 'user') return <PersonText id={String(value)} titles={titles} />;
      return isPlain ? (
        <span className="lp-words">{fieldWords(column, value, locale, titles)}</span>
      ) : (
        <span className="lp-words">
          <EntityText id={String(value)} titles={titles} {...(column.target ? { kind: column.target } : {})} />
        </span>
      );
    case 'choice': {
      const tone = colourTone(column.options, value);
      const label = column.options?.[String(value)];
      if (tone && label) return <Chip tone={tone} label={label} />;
      return <span className="lp-words">{fieldWords(column, value, locale, titles)}</span>;
    }
    case 'date':
      return <DateText day={String(value)} />;
    case 'instant':
      return <InstantText at={String(value)} isExact />;
    default: {
      const said = fieldWords(column, value, locale, titles);
      return (
        <span className={`lp-words${said.startsWith('−') ? ' negative' : ''}`} title={said.length > 24 ? said : undefined}>
          {said}
        </span>
      );
    }
  }
}
