import { Link, useNavigate } from '@tanstack/react-router';
import { Dropdown } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { actionPermission } from '#kernel/access/permission.ts';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { ListAnswer } from '#kernel/http/wire.ts';
import { fill, text } from '#kernel/i18n/text.ts';
import { ApiError, documents } from '../client.web.ts';
import { PageHeader } from '../common/page-header.web.tsx';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { EmptyState, NoPermission, RowsSkeleton } from '../common/states.web.tsx';
import { computedOptions } from '../document/computed-options.ts';
import { useToday } from '../document/today.web.ts';
import { fieldWords } from '../document/field-words.web.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { documentPath, getProduct, listPath } from '../product.web.ts';
import { useCan } from '../session.web.ts';
import type { ListPageProps } from '../web-module.web.tsx';
import { BulkBar } from './bulk-bar.web.tsx';
import { ColumnChooser } from './column-chooser.web.tsx';
import { FilterBar } from './filter-bar.web.tsx';
import { listColumns, shownColumns, type ListColumn } from './list-columns.ts';
import { useListPreferences, type SavedView } from './list-preferences.web.ts';
import { emptyListState, isSameListState, nextSort } from './list-state.ts';
import { ListTable } from './list-table.web.tsx';
import { useList, useListRequest, useListState } from './use-list.web.ts';
import { useListKeys } from './use-list-keys.web.ts';
import { ViewTabs } from './view-tabs.web.tsx';
import './list.css';
import '../document/fields.css';

const words = {
  create: text('新建{label}', 'New {label}'),
  import: text('导入', 'Import'),
  export: text('导出', 'Export'),
  xlsx: text('Excel 文件（当前筛选的全部行）', 'Excel file (all rows of this filter)'),
  csv: text('CSV 文件（当前筛选的全部行）', 'CSV file (all rows of this filter)'),
  rows: text('{count} 行', '{count} rows'),
  sum: text('Σ {label}', 'Σ {label}'),
  none: text('还没有{label}', 'No {label} yet'),
  noneHint: text('新建第一条，或从 Excel 导入已有数据。', 'Create the first one, or import what you have from a spreadsheet.'),
  noneRead: text('有新的内容时会显示在这里。', 'They will show here as soon as there are any.'),
  noMatch: text('没有符合条件的行', 'Nothing matches'),
  noMatchHint: text('放宽或清除筛选条件再看。', 'Widen the filters, or clear them.'),
  clear: text('清除筛选', 'Clear filters'),
  more: text('正在加载更多…', 'Loading more…'),
};

/** The one list page: every kind of document and record, from its definition. */
export function ListPage({ definition }: ListPageProps) {
  const { t, locale } = useLocale();
  const today = useToday();
  const preferences = useListPreferences(definition.kind);
  const { state, view, setState } = useListState();
  const request = useListRequest(definition, state);
  const { pages, rows, titles, totals } = useList(definition, request);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo(
    () => withOptions(definition, shownColumns(definition, preferences.layout.columns, locale)),
    [definition, preferences.layout.columns, locale],
  );
  const saved = preferences.views.find((v) => v.id === view);
  const isChanged = saved
    ? !isSameListState(saved.state, state) || JSON.stringify(saved.layout) !== JSON.stringify(preferences.layout)
    : !isSameListState(emptyListState, state);
  const select = useCallback(
    (ids: readonly string[], isSelected: boolean) =>
      setSelected((now) => {
        const next = new Set(now);
        for (const id of ids)
          if (isSelected) next.add(id);
          else next.delete(id);
        return next;
      }),
    [],
  );
  const more = useCallback(() => {
    if (!pages.isFetchingNextPage) void pages.fetchNextPage();
  }, [pages.isFetchingNextPage, pages.fetchNextPage]);
  const navigate = useNavigate();
  const active = useListKeys(rows, {
    onOpen: (id, isBeside) => {
      const path = documentPath(definition.kind, id) ?? '';
      if (isBeside) window.open(path, '_blank');
      else void navigate({ to: path });
    },
    onToggle: (id) => select([id], !selected.has(id)),
  });
  const openView = (found: SavedView | undefined) => {
    if (found) preferences.setLayout(found.layout);
    setState(found?.state ?? emptyListState, found?.id ?? '');
  };
  const saveView = async (name: string, isShared: boolean) =>
    setState(state, await preferences.saveView({ name, isShared, state, layout: preferences.layout }));
  if (pages.error instanceof ApiError && pages.error.status === 403) return <NoPermission />;
  const isFiltered = state.filters.length > 0 || state.q !== '';
  return (
    <div className="lp">
      <PageHeader
        title={t(definition.pluralLabel)}
        crumbs={crumbsOf(definition)}
        actions={<ListActions definition={definition} request={request} columns={columns.map((c) => c.name)} />}
      />
      <div className="lp-bar">
        <ViewTabs
          views={preferences.views}
          current={saved}
          isChanged={isChanged}
          canShare={preferences.canShare}
          onOpen={openView}
          onSave={(name, isShared) => void saveView(name, isShared)}
          onRemove={(found) => void preferences.removeView(found.id).then(() => setState(state, ''))}
        />
        <ColumnChooser
          all={listColumns(definition)}
          shown={columns}
          onReset={() => preferences.setLayout({})}
          onChange={(names) => preferences.setLayout({ ...preferences.layout, columns: names })}
        />
      </div>
      <FilterBar definition={definition} state={state} today={today} onChange={(next) => setState(next)} />
      {(pages.error ?? preferences.error) && <ErrorPanel error={pages.error ?? preferences.error} />}
      {pages.isPending && !pages.error && <RowsSkeleton rows={12} />}
      {pages.isSuccess && rows.length === 0 && (
        <Nothing definition={definition} isFiltered={isFiltered} onClear={() => setState({ ...emptyListState, sort: state.sort })} />
      )}
      {rows.length > 0 && (
        <ListTable
          definition={definition}
          columns={columns}
          widths={preferences.layout.widths ?? {}}
          rows={rows}
          titles={titles}
          selected={selected}
          active={active}
          sort={state.sort || defaultSort(definition)}
          hasMore={pages.hasNextPage}
          onMore={more}
          onSelect={select}
          onSort={(field) => setState({ ...state, sort: nextSort(state.sort, field) })}
          onWidth={(field, width) =>
            preferences.setLayout({ ...preferences.layout, widths: { ...preferences.layout.widths, [field]: width } })
          }
        />
      )}
      {selected.size > 0 ? (
        <BulkBar definition={definition} rows={rows.filter((row) => selected.has(row.id))} onClear={() => setSelected(new Set())} />
      ) : (
        rows.length > 0 && <Footer definition={definition} totals={totals} isLoading={pages.isFetchingNextPage} />
      )}
    </div>
  );
}

/** Columns that hold the name of a kind or an action show it in words. */
function withOptions(definition: AnyDefinition, columns: readonly ListColumn[]): readonly ListColumn[] {
  const definitions = getProduct().modules.flatMap((m) => m.definitions);
  return columns.map((column) => {
    const options = computedOptions(definition.kind, column.name, definitions);
    return options ? { ...column, kind: 'choice', options } : column;
  });
}

const defaultSort = (definition: AnyDefinition): string => `${definition.list.sort.descending ? '-' : ''}${definition.list.sort.field}`;

const crumbsOf = (definition: AnyDefinition) => {
  const found = getProduct().modules.find((m) => m.name === definition.module);
  return found ? [{ label: found.label }, { label: definition.pluralLabel }] : [];
};

interface ActionsProps {
  readonly definition: AnyDefinition;
  readonly request: ReturnType<typeof useListRequest>;
  readonly columns: readonly string[];
}

function ListActions({ definition, request, columns }: ActionsProps) {
  const { t, locale } = useLocale();
  const may = useCan();
  const canCreate = definition.actions['create'] !== undefined && may(actionPermission(definition, 'create'));
  const url = (format: 'xlsx' | 'csv') => documents(definition).exportUrl({ ...request, format, locale, columns });
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: (['xlsx', 'csv'] as const).map((format) => ({
            key: format,
            label: (
              <a href={url(format)} download>
                {t(words[format])}
              </a>
            ),
          })),
        }}
      >
        <button type="button" className="button">
          <Icon name="download" size={15} />
          {t(words.export)}
        </button>
      </Dropdown>
      {canCreate && (
        <Link to={`/import/${definition.kind}`} className="button">
          <Icon name="upload" size={15} />
          {t(words.import)}
        </Link>
      )}
      {canCreate && (
        <Link to={`${listPath(definition.kind) ?? ''}/new`} className="button button-primary">
          <Icon name="plus" size={15} />
          {t(newWords(definition))}
        </Link>
      )}
    </>
  );
}

const newWords = (definition: AnyDefinition) =>
  fill(words.create, { label: { zh: definition.label.zh, en: definition.label.en.toLowerCase() } });

function Nothing({ definition, isFiltered, onClear }: { definition: AnyDefinition; isFiltered: boolean; onClear: () => void }) {
  const { t } = useLocale();
  const may = useCan();
  const canCreate = definition.actions['create'] !== undefined && may(actionPermission(definition, 'create'));
  if (isFiltered) {
    return (
      <EmptyState
        icon="search"
        title={words.noMatch}
        hint={words.noMatchHint}
        action={
          <button type="button" className="button" onClick={onClear}>
            {t(words.clear)}
          </button>
        }
      />
    );
  }
  const title = fill(words.none, { label: { zh: definition.pluralLabel.zh, en: definition.pluralLabel.en.toLowerCase() } });
  return (
    <EmptyState
      title={title}
      hint={canCreate ? words.noneHint : words.noneRead}
      action={
        canCreate && (
          <Link to={`${listPath(definition.kind) ?? ''}/new`} className="button button-primary">
            <Icon name="plus" size={15} />
            {t(newWords(definition))}
          </Link>
        )
      }
    />
  );
}

function Footer({
  definition,
  totals,
  isLoading,
}: {
  definition: AnyDefinition;
  totals: NonNullable<ListAnswer['totals']> | null;
  isLoading: boolean;
}) {
  const { t, locale } = useLocale();
  const columns = listColumns(definition);
  return (
    <div className="lp-foot">
      <span className="number">
        {totals
          ? t(words.rows, { count: `${fieldWords({ kind: 'integer' }, totals.count, locale, {})}${totals.isAtLeast ? '+' : ''}` })
          : ' '}
      </span>
      {isLoading && (
        <span className="secondary" role="status">
          {t(words.more)}
        </span>
      )}
      <span className="lp-sums">
        {Object.entries(totals?.sums ?? {}).map(([name, sum]) => {
          const column = columns.find((c) => c.name === name);
          return (
            column && (
              <span key={name} className="lp-sum">
                <span className="secondary">{t(words.sum, { label: column.label })}</span>{' '}
                <span className="number">{fieldWords(column, sum, locale, {})}</span>
              </span>
            )
          );
        })}
      </span>
    </div>
  );
}
