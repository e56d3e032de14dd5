import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented, Table } from 'antd';
import { useState } from 'react';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { EmptyState } from '#ui/common/states.web.tsx';
import { InstantText, MoneyText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { definitionOf } from '#ui/product.web.ts';
import './approval.css';
import { listApprovals } from './operations.ts';
import { requestSubject } from './subject.ts';
import { requestStates } from './words.ts';

type Box = 'waiting' | 'requested' | 'decided';
type Row = OperationOutput<typeof listApprovals>['items'][number];

const words = {
  title: text('审批中心', 'Approvals'),
  waiting: text('待我审批', 'Waiting for me'),
  requested: text('我发起的', 'Asked by me'),
  decided: text('我已审批', 'Decided by me'),
  what: text('事项', 'What'),
  document: text('操作', 'Action'),
  requester: text('申请人', 'Requester'),
  asked: text('申请时间', 'Asked'),
  state: text('状态', 'State'),
  none: text('没有待处理的审批', 'Nothing waits here'),
  noneHint: text('需要您决定的事项会立即出现在这里和「我的工作」。', 'What you have to decide appears here and in “my work” at once.'),
};

/** Everything that waits for a decision of mine, that I asked for, and that I decided. */
export function ApprovalsPage() {
  const { t } = useLocale();
  const [box, setBox] = useState<Box>('waiting');
  const query = useQuery({ queryKey: ['approvals', box], queryFn: () => call(listApprovals, { query: { box } }) });
  const rows = query.data?.items ?? [];
  return (
    <div className="page">
      <PageHeader title={t(words.title)} />
      {query.error && <ErrorPanel error={query.error} />}
      <Segmented<Box>
        value={box}
        onChange={setBox}
        style={{ marginBottom: 12 }}
        options={(['waiting', 'requested', 'decided'] as const).map((name) => ({ value: name, label: t(words[name]) }))}
      />
      <section className="card">
        {query.isSuccess && rows.length === 0 ? (
          <EmptyState title={words.none} hint={words.noneHint} icon="approval" />
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
                title: t(words.what),
                key: 'title',
                render: (_, r) => (
                  <Link to={`/approvals/${r.id}`}>
                    {t(requestSubject(definitionOf(r.kind)?.label, r.title))}
                    {r.amount !== null && (
                      <>
                        {' · '}
                        <MoneyText amount={r.amount} />
                      </>
                    )}
                  </Link>
                ),
              },
              {
                title: t(words.document),
                key: 'kind',
                render: (_, r) => (
                  <span>
                    {t(r.actionLabel)} {r.number && <span className="number">{r.number}</span>}
                  </span>
                ),
              },
              { title: t(words.requester), dataIndex: 'requesterName' },
              { title: t(words.asked), key: 'at', render: (_, r) => <InstantText at={r.requestedAt} /> },
              {
                title: t(words.state),
                key: 'state',
                render: (_, r) => {
                  const state = requestStates[r.state] ?? requestStates['open']!;
                  return (
                    <div className="approval-state">
                      <Chip tone={state.tone} label={state.label} />
                      <span className="secondary">{t(r.waiting)}</span>
                    </div>
                  );
                },
              },
            ]}
          />
        )}
      </section>
    </div>
  );
}
