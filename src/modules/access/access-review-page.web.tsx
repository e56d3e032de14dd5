import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input, Segmented, Table } from 'antd';
import { useState } from 'react';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { DateText, InstantText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import './access.css';
import { accessReview } from './administration-operations.ts';

type Row = OperationOutput<typeof accessReview>['rows'][number];
type View = 'all' | 'unused' | 'bare' | 'ending';

const words = {
  title: text('权限复核', 'Access review'),
  user: text('用户', 'User'),
  login: text('登录名', 'Login'),
  role: text('角色', 'Role'),
  company: text('公司', 'Company'),
  all: text('全部公司', 'All companies'),
  from: text('自', 'From'),
  until: text('至', 'Until'),
  seen: text('最近使用', 'Last use'),
  never: text('从未', 'Never'),
  factor: text('第二因素', 'Second factor'),
  on: text('已启用', 'On'),
  off: text('未启用', 'Off'),
  state: text('状态', 'State'),
  active: text('启用', 'Active'),
  inactive: text('停用', 'Inactive'),
  service: text('服务账户', 'Service user'),
  search: text('搜索用户或角色…', 'Search users or roles…'),
  none: text('无角色', 'No role'),
};

const views: Record<View, { readonly label: ReturnType<typeof text>; readonly holds: (row: Row, now: number) => boolean }> = {
  all: { label: text('全部', 'All'), holds: () => true },
  unused: {
    label: text('90 天未使用', 'Unused for 90 days'),
    holds: (r, now) =>
      r.state === 'active' && r.roleId !== null && (r.lastSeenAt === null || now - Date.parse(r.lastSeenAt) > 90 * 86_400_000),
  },
  bare: {
    label: text('仅凭密码', 'Password only'),
    holds: (r) => r.state === 'active' && r.accountKind === 'person' && r.roleId !== null && !r.hasSecondFactor,
  },
  ending: { label: text('有期限', 'With an end'), holds: (r) => r.validUntil !== null },
};

/** Who holds what, where, until when, and when it was last used: for the periodic review of access. */
export function AccessReviewPage() {
  const { t } = useLocale();
  const [view, setView] = useState<View>('all');
  const [search, setSearch] = useState('');
  const query = useQuery({ queryKey: ['access-review'], queryFn: () => call(accessReview) });
  const sought = search.trim().toLowerCase();
  const now = Date.now();
  const rows = (query.data?.rows ?? [])
    .map((row, at) => ({ ...row, key: `${row.userId} ${row.roleId} ${at}` }))
    .filter(
      (row) =>
        views[view].holds(row, now) &&
        (sought === '' || `${row.login} ${row.name} ${row.role ? t(row.role) : ''}`.toLowerCase().includes(sought)),
    );
  return (
    <div className="page">
      <PageHeader title={t(words.title)} />
      {query.error && <ErrorPanel error={query.error} />}
      <div className="access-tools">
        <Input.Search
          allowClear
          style={{ width: 280 }}
          placeholder={t(words.search)}
          aria-label={t(words.search)}
          value={search}
          onChange={(e) => setSearch(e.target.value)}
        />
        <Segmented<View>
          value={view}
          onChange={setView}
          options={(Object.keys(views) as View[]).map((name) => ({ value: name, label: t(views[name].label) }))}
        />
      </div>
      <section className="card access-table">
        <Table
          size="small"
          rowKey="key"
          loading={query.isPending}
          dataSource={rows}
          pagination={{ pageSize: 100, hideOnSinglePage: true }}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: t(words.user),
              key: 'user',
              render: (_, r) => (
                <span className="access-tools">
                  <Link to={documentPath('user', r.userId) ?? '/'}>{r.name}</Link>
                  {r.accountKind === 'service' && <Chip tone="info" label={words.service} />}
                </span>
              ),
            },
            { title: t(words.login), dataIndex: 'login' },
            {
              title: t(words.role),
              key: 'role',
              render: (_, r) => (r.role && r.roleId ? <Link to={documentPath('role', r.roleId) ?? '/'}>{t(r.role)}</Link> : t(words.none)),
            },
            {
              title: t(words.company),
              key: 'company',
              render: (_, r) => (r.roleId === null ? '–' : r.entityName ? t(r.entityName) : t(words.all)),
            },
            { title: t(words.from), dataIndex: 'validFrom', render: (day: string | null) => <DateText day={day} /> },
            { title: t(words.until), dataIndex: 'validUntil', render: (day: string | null) => <DateText day={day} /> },
            {
              title: t(words.seen),
              dataIndex: 'lastSeenAt',
              render: (at: string | null) => (at ? <InstantText at={at} /> : t(words.never)),
            },
            {
              title: t(words.factor),
              key: 'factor',
              render: (_, r) =>
                r.accountKind === 'person' && (
                  <Chip tone={r.hasSecondFactor ? 'good' : 'waiting'} label={r.hasSecondFactor ? words.on : words.off} />
                ),
            },
            {
              title: t(words.state),
              dataIndex: 'state',
              render: (state: string) => (
                <Chip tone={state === 'active' ? 'good' : 'draft'} label={state === 'active' ? words.active : words.inactive} />
              ),
            },
          ]}
        />
      </section>
    </div>
  );
}
