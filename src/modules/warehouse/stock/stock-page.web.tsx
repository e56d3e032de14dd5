import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Grid, Input, Table, type TableColumnsType } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { StateTone } from '#kernel/document/definition.ts';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { EmptyState } from '#ui/common/states.web.tsx';
import { DateText, MoneyText, QuantityText } from '#ui/common/values.web.tsx';
import { useToday } from '#ui/document/today.web.ts';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import { useEntity } from '#ui/session.web.ts';
import { openingStates, type OpeningState } from '../quality.ts';
import { stockOnHand } from './operations.ts';
import './stock.css';

type Row = OperationOutput<typeof stockOnHand>['rows'][number];

const words = {
  title: text('现有库存', 'Stock on hand'),
  search: text('产品、批号、序列号、库位…', 'Product, lot, serial, place…'),
  product: text('产品', 'Product'),
  lot: text('批号', 'Lot'),
  serial: text('序列号', 'Serial'),
  lotOrSerial: text('批号/序列号', 'Lot / serial'),
  expiry: text('有效期至', 'Expiry'),
  place: text('库位', 'Place'),
  state: text('质量状态', 'Quality state'),
  quantity: text('数量', 'Quantity'),
  value: text('成本金额', 'Cost'),
  none: text('没有库存', 'Nothing on hand'),
  noneHint: text('期初库存或收货过账后，库存显示在这里。', 'Stock appears here once opening stock or a receipt is posted.'),
  cut: text('只显示前 {n} 行，请缩小搜索范围。', 'The first {n} rows; narrow the search.'),
  all: text('显示全部', 'Show all'),
};

const tones: Readonly<Record<OpeningState, StateTone>> = {
  acceptable: 'good',
  awaiting_acceptance: 'waiting',
  quarantined: 'waiting',
  rejected: 'refused',
  expired: 'refused',
};
const stateLabel = (state: string): LocalText => openingStates[state as OpeningState] ?? text(state, state);

/** Batch, serial number and place, as far as there are any; on a narrow screen they stand under the product. */
function Under({ row }: { row: Row }) {
  const { t } = useLocale();
  const facts = [
    row.lotNo === null ? null : ([words.lot, row.lotNo] as const),
    row.serialNo === null ? null : ([words.serial, row.serialNo] as const),
    [words.place, row.placeCode] as const,
  ].filter((fact) => fact !== null);
  return (
    <div className="stock-under secondary">
      {facts.map(([label, value]) => (
        <span key={label.en}>
          {t(label)} <span className="number">{value}</span>
        </span>
      ))}
    </div>
  );
}

/** Wide screens show every fact in a column of its own, as far as any row has it; narrow ones fold them, state and quantity stay. */
function useColumns(rows: readonly Row[]): TableColumnsType<Row> {
  const { t } = useLocale();
  const today = useToday();
  const isWide = Grid.useBreakpoint().xl === true;
  const only = (isShown: boolean, column: TableColumnsType<Row>[number]) => (isShown ? [column] : []);
  return [
    {
      title: t(words.product),
      key: 'product',
      render: (_, r) => (
        <>
          <Link to={documentPath('product', r.productId) ?? '/'}>
            <span className="number">{r.productCode}</span> {t(r.productName)}
          </Link>
          {!isWide && <Under row={r} />}
        </>
      ),
    },
    ...only(isWide, {
      title: t(words.lotOrSerial),
      key: 'lot',
      width: 140,
      render: (_, r) => <span className="number">{[r.lotNo, r.serialNo].filter((no) => no !== null).join(' · ') || '–'}</span>,
    }),
    {
      title: t(words.expiry),
      key: 'expiry',
      width: isWide ? 172 : 124,
      render: (_, r) => (r.expiryDate ? <DateText day={r.expiryDate} lateAfter={today} /> : '–'),
    },
    ...only(isWide, {
      title: t(words.place),
      key: 'place',
      width: 104,
      render: (_, r) => <span title={t(r.placeName)}>{r.placeCode}</span>,
    }),
    {
      title: t(words.state),
      key: 'state',
      width: 178,
      render: (_, r) => <Chip tone={tones[r.qualityState as OpeningState] ?? 'info'} label={stateLabel(r.qualityState)} />,
    },
    {
      title: t(words.quantity),
      key: 'quantity',
      align: 'right',
      width: 110,
      render: (_, r) => <QuantityText quantity={r.quantity} unit={r.unit} />,
    },
    ...only(isWide && rows.some((r) => r.value !== null), {
      title: t(words.value),
      key: 'value',
      align: 'right',
      width: 120,
      render: (_, r) => <MoneyText amount={r.value} />,
    }),
  ];
}

/** What is on the shelves now, lot by lot. */
export function StockPage() {
  const { t } = useLocale();
  const { entity } = useEntity();
  const { lotId } = useSearch({ strict: false }) as { lotId?: string };
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const query = useQuery({
    queryKey: ['stock', entity?.id, lotId, q],
    queryFn: () =>
      call(stockOnHand, { query: { ...(entity ? { entityId: entity.id } : {}), ...(lotId ? { lotId } : {}), ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.rows ?? [];
  const columns = useColumns(rows);
  return (
    <div className="page">
      <PageHeader
        title={t(words.title)}
        actions={
          lotId && (
            <Link className="button" to="/warehouse/stock">
              {t(words.all)}
            </Link>
          )
        }
      />
      {query.error && <ErrorPanel error={query.error} />}
      <Input.Search
        allowClear
        style={{ maxWidth: 360, marginBottom: 12 }}
        placeholder={t(words.search)}
        aria-label={t(words.search)}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
      <section className="card">
        {query.isSuccess && rows.length === 0 ? (
          <EmptyState title={words.none} hint={words.noneHint} icon="box" />
        ) : (
          <Table<Row>
            size="small"
            loading={query.isPending}
            dataSource={[...rows]}
            rowKey={(r) => `${r.lotId} ${r.placeId} ${r.qualityState} ${r.entityId}`}
            pagination={{ pageSize: 100, hideOnSinglePage: true }}
            tableLayout="fixed"
            columns={columns}
          />
        )}
        {query.data?.isCut && (
          <p className="secondary" style={{ padding: '8px 16px' }}>
            {t(words.cut, { n: rows.length })}
          </p>
        )}
      </section>
    </div>
  );
}
