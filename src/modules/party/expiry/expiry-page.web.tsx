import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select, Table } from 'antd';
import { useState } from 'react';
import type { StateTone } from '#kernel/document/definition.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip, StateChip } from '#ui/common/state-chip.web.tsx';
import { EmptyState } from '#ui/common/states.web.tsx';
import { DateText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import { paperStates } from '../licence/paper.ts';
import { expiryList } from '../operations.ts';
import { partyStates } from '../party/party.ts';
import '../party.css';

type Row = OperationOutput<typeof expiryList>['rows'][number];

const words = {
  title: text('资质到期', 'Running out'),
  hint: text('已有更长有效期的同类文件者不再列出。', 'Papers already followed by a longer one are left out.'),
  within: text('{days} 天内到期', 'within {days} days'),
  horizon: text('提前期', 'Lead time'),
  paper: text('文件', 'Document'),
  owner: text('所属单位', 'Belongs to'),
  ownerState: text('单位状态', 'Its file'),
  own: text('本公司', 'our company'),
  endsOn: text('有效期至', 'Valid to'),
  left: text('剩余', 'Left'),
  state: text('文件状态', 'State'),
  lapsed: text('已过期 {days} 天', '{days} days over'),
  today: text('今天到期', 'ends today'),
  days: text('{days} 天', '{days} days'),
  none: text('没有即将到期的资质', 'Nothing runs out'),
  noneHint: text('放宽提前期可以看得更远。', 'Widen the lead time to look further ahead.'),
  cut: text('只显示最早到期的一部分。', 'Only the earliest are shown.'),
};

/** Shades follow the steps of warning: over, a week, a month, further. */
function leftChip(days: number): { readonly tone: StateTone; readonly label: LocalText; readonly params: { readonly days: number } } {
  if (days < 0) return { tone: 'refused', label: words.lapsed, params: { days: -days } };
  if (days === 0) return { tone: 'refused', label: words.today, params: { days } };
  return { tone: days <= 7 ? 'refused' : days <= 30 ? 'waiting' : 'info', label: words.days, params: { days } };
}

/** Licences, agreements and letters that run out, the earliest first, with what rests on them. */
export function ExpiryPage() {
  const { t } = useLocale();
  const [days, setDays] = useState(90);
  const query = useQuery({
    queryKey: ['expiries', days],
    queryFn: () => call(expiryList, { query: { days: String(days) } }),
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.rows ?? [];
  return (
    <div className="page">
      <PageHeader
        title={t(words.title)}
        facts={<span className="secondary">{t(words.hint)}</span>}
        actions={
          <Select
            aria-label={t(words.horizon)}
            style={{ width: 160 }}
            value={days}
            onChange={setDays}
            options={[7, 30, 60, 90, 180, 365].map((value) => ({ value, label: t(words.within, { days: value }) }))}
          />
        }
      />
      {query.error && <ErrorPanel error={query.error} />}
      <section className="card">
        {query.isSuccess && rows.length === 0 ? (
          <EmptyState title={words.none} hint={words.noneHint} icon="shield" />
        ) : (
          <Table<Row>
            size="small"
            rowKey="id"
            loading={query.isPending}
            dataSource={[...rows]}
            pagination={{ pageSize: 50, hideOnSinglePage: true }}
            scroll={{ x: 'max-content' }}
            columns={[
              {
                title: t(words.left),
                key: 'left',
                render: (_, r) => {
                  const { tone, label, params } = leftChip(r.daysLeft);
                  return <Chip tone={tone} label={text(t(label, params), t(label, params))} />;
                },
              },
              { title: t(words.endsOn), key: 'endsOn', render: (_, r) => <DateText day={r.endsOn} /> },
              { title: t(words.paper), key: 'paper', render: (_, r) => <Link to={documentPath(r.kind, r.id) ?? '/'}>{t(r.title)}</Link> },
              { title: t(words.state), key: 'state', render: (_, r) => <StateChip definition={{ states: paperStates }} state={r.state} /> },
              {
                title: t(words.owner),
                key: 'owner',
                render: (_, r) => <Link to={documentPath(r.ownerKind, r.ownerId) ?? '/'}>{t(r.ownerName)}</Link>,
              },
              {
                title: t(words.ownerState),
                key: 'ownerState',
                render: (_, r) =>
                  r.ownerState === null ? (
                    <span className="secondary">{t(words.own)}</span>
                  ) : (
                    <StateChip definition={{ states: partyStates }} state={r.ownerState} />
                  ),
              },
            ]}
          />
        )}
        {query.data?.isCut && (
          <p className="secondary" style={{ padding: '8px 16px' }}>
            {t(words.cut)}
          </p>
        )}
      </section>
    </div>
  );
}
