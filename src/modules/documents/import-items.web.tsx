import { Link } from '@tanstack/react-router';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { call } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import { importItems, type ImportItemWire, type ImportSessionWire } from './import-operations.ts';
import { words } from './import-words.ts';

type Show = 'errors' | 'changes' | 'all';

interface ImportItemsProps {
  readonly session: ImportSessionWire;
  readonly initial: Show;
}

/** Errors, differences, or everything of an import, filtered and page by page. */
export function ImportItems({ session, initial }: ImportItemsProps) {
  const { t } = useLocale();
  const [show, setShow] = useState<Show>(initial);
  const [q, setQ] = useState('');
  const pages = useInfiniteQuery({
    queryKey: ['import-items', session.id, session.updatedAt, show, q],
    queryFn: ({ pageParam }) => call(importItems, { params: { sessionId: session.id }, query: { show, q, after: String(pageParam) } }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const items = pages.data?.pages.flatMap((p) => p.items) ?? [];
  const shows: Show[] = session.mode === 'create' ? ['errors', 'all'] : ['errors', 'changes', 'all'];
  const isClean = show === 'errors' && q === '';
  return (
    <section className="card">
      <div className="import-choices">
        <Radio.Group
          value={show}
          aria-label={t(words.show)}
          optionType="button"
          onChange={(e) => setShow(e.target.value as Show)}
          options={shows.map((s) => ({ value: s, label: t(words.shows[s]) }))}
        />
        <Input.Search
          allowClear
          style={{ width: 260 }}
          placeholder={t(words.search)}
          aria-label={t(words.search)}
          onSearch={(value) => setQ(value.trim())}
        />
      </div>
      {pages.error && <ErrorPanel error={pages.error} />}
      {pages.isPending && !pages.error && <RowsSkeleton rows={4} />}
      {pages.isSuccess && items.length === 0 && (
        <EmptyState
          icon={isClean ? 'check' : 'table'}
          title={isClean ? words.noErrors : words.nothing}
          hint={isClean ? words.noErrorsHint : words.nothingHint}
        />
      )}
      {items.length > 0 && <ItemTable session={session} items={items} />}
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t(words.more)}
        </Button>
      )}
    </section>
  );
}

function ItemTable({ session, items }: { session: ImportSessionWire; items: readonly ImportItemWire[] }) {
  const { t } = useLocale();
  return (
    <div className="import-scroll">
      <table className="import-table">
        <thead>
          <tr>
            {[words.row, words.record, words.field, words.problem, words.wayOut].map((w) => (
              <th key={w.en} scope="col">
                {t(w)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.flatMap((item) => [
            ...(item.errors.length === 0 ? [<PlainRow key={item.item} session={session} item={item} />] : []),
            ...item.errors.map((error, at) => (
              <tr key={`${item.item}-${at}`}>
                <td className="number">{placeOf(session, error.sheet, error.row)}</td>
                <td>{item.number ?? item.label}</td>
                <td>{error.column === null ? '' : (session.sheets[error.sheet]?.headers[error.column] ?? '')}</td>
                <td>{t(error.refusal.text)}</td>
                <td className="secondary">{t(error.refusal.wayOut)}</td>
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </div>
  );
}

const placeOf = (session: ImportSessionWire, sheet: number, row: number): string =>
  session.sheets.filter((s) => s.rows > 0).length > 1 ? `${session.sheets[sheet]?.name ?? ''} ${row}` : String(row);

function PlainRow({ session, item }: { session: ImportSessionWire; item: ImportItemWire }) {
  const { t } = useLocale();
  const path = item.recordId && documentPath(session.kind, item.recordId);
  const said = (value: unknown): string =>
    value === null || value === '' ? t(words.empty) : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return (
    <tr>
      <td className="number">{placeOf(session, item.sheet, item.row)}</td>
      <td>{path ? <Link to={path}>{item.number ?? item.label}</Link> : (item.number ?? item.label)}</td>
      <td colSpan={3}>
        {item.changes.map((c, at) => (
          <p key={`${at}-${c.label.en}`}>
            <span className="secondary">{[c.lines && `${t(c.lines)} ${c.line ?? ''}`, t(c.label)].filter(Boolean).join(' ')}</span>{' '}
            {t(words.value, { old: said(c.old), new: said(c.new) })}
          </p>
        ))}
      </td>
    </tr>
  );
}

/** Figures to compare with the source of the file. */
export function Totals({ session, names }: { session: ImportSessionWire; names: readonly (keyof typeof words.totals)[] }) {
  const { t } = useLocale();
  return (
    <dl className="import-totals">
      {names.map((name) =>
        session.totals[name] === undefined ? null : (
          <div key={name}>
            <dt>{t(words.totals[name])}</dt>
            <dd className={name === 'refused' && (session.totals.refused ?? 0) > 0 ? 'overdue' : undefined}>{session.totals[name]}</dd>
          </div>
        ),
      )}
      {session.totals.sums?.map((s) => (
        <div key={s.label.en}>
          <dt>Σ {t(s.label)}</dt>
          <dd>{s.sum}</dd>
        </div>
      ))}
    </dl>
  );
}
