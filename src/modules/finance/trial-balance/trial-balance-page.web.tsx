import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Drawer, Input, Select, Table } from 'antd';
import { useState } from 'react';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { EmptyState } from '#ui/common/states.web.tsx';
import { DateText, MoneyText } from '#ui/common/values.web.tsx';
import { useToday } from '#ui/document/today.web.ts';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import { useEntity } from '#ui/session.web.ts';
import { accountLines, trialBalance } from './operations.ts';

type Row = OperationOutput<typeof trialBalance>['rows'][number];

const words = {
  title: text('科目余额表', 'Trial balance'),
  company: text('公司', 'Company'),
  from: text('起始期间', 'From'),
  to: text('截止期间', 'To'),
  account: text('科目', 'Account'),
  opening: text('期初余额', 'Opening'),
  debit: text('借方', 'Debit'),
  credit: text('贷方', 'Credit'),
  closing: text('期末余额', 'Closing'),
  total: text('合计', 'Total'),
  none: text('所选期间没有发生额', 'Nothing was posted in these months'),
  noneHint: text('凭证记账或货物过账后，余额显示在这里。', 'Balances appear once vouchers or goods are posted.'),
  lines: text('明细账：{account}', 'Lines of {account}'),
  day: text('日期', 'Day'),
  document: text('单据', 'Document'),
  summary: text('摘要', 'Summary'),
  debitSign: text('借方为正，贷方为负', 'Debit positive, credit negative'),
};

interface Months {
  readonly from: string;
  readonly to: string;
}

/** Opening, turnover and closing of every account; each figure opens its lines, each line its document. */
export function TrialBalancePage() {
  const { t } = useLocale();
  const { entity, entities } = useEntity();
  const [chosen, setChosen] = useState<string | undefined>();
  const entityId = chosen ?? entity?.id ?? entities[0]?.id ?? '';
  const month = useToday().slice(0, 7);
  const [months, setMonths] = useState<Months>({ from: `${month.slice(0, 4)}-01`, to: month });
  const [open, setOpen] = useState<Row | null>(null);
  const query = useQuery({
    queryKey: ['trial-balance', entityId, months],
    queryFn: () => call(trialBalance, { query: { entityId, ...months } }),
    enabled: entityId !== '' && months.from <= months.to,
    placeholderData: keepPreviousData,
  });
  const money = (key: 'opening' | 'debit' | 'credit' | 'closing') => ({
    title: t(words[key]),
    key,
    align: 'right' as const,
    render: (_: unknown, r: Row) => <MoneyText amount={r[key]} />,
  });
  const totals = query.data?.totals;
  return (
    <div className="page">
      <PageHeader
        title={t(words.title)}
        facts={
          <span className="secondary">
            {t(words.debitSign)}
            {query.data && ` · ${query.data.currency}`}
          </span>
        }
      />
      {query.error && <ErrorPanel error={query.error} />}
      <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', marginBottom: 12 }}>
        <Select
          aria-label={t(words.company)}
          style={{ minWidth: 260 }}
          value={entityId}
          onChange={setChosen}
          options={entities.map((e) => ({ value: e.id, label: t(text(e.nameZh, e.nameEn)) }))}
        />
        <Input
          aria-label={t(words.from)}
          addonBefore={t(words.from)}
          type="month"
          style={{ width: 220 }}
          value={months.from}
          onChange={(e) => setMonths({ ...months, from: e.target.value || months.from })}
        />
        <Input
          aria-label={t(words.to)}
          addonBefore={t(words.to)}
          type="month"
          style={{ width: 220 }}
          value={months.to}
          onChange={(e) => setMonths({ ...months, to: e.target.value || months.to })}
        />
      </div>
      <section className="card">
        {query.isSuccess && query.data.rows.length === 0 ? (
          <EmptyState title={words.none} hint={words.noneHint} icon="ledger" />
        ) : (
          <Table<Row>
            size="small"
            rowKey="accountId"
            loading={query.isPending}
            dataSource={[...(query.data?.rows ?? [])]}
            pagination={false}
            scroll={{ x: 'max-content' }}
            columns={[
              {
                title: t(words.account),
                key: 'account',
                render: (_, r) => (
                  <button type="button" className="link-button" onClick={() => setOpen(r)}>
                    <span className="number">{r.code}</span> {t(r.name)}
                  </button>
                ),
              },
              money('opening'),
              money('debit'),
              money('credit'),
              money('closing'),
            ]}
            summary={() =>
              totals && (
                <Table.Summary.Row>
                  <Table.Summary.Cell index={0}>
                    <strong>{t(words.total)}</strong>
                  </Table.Summary.Cell>
                  {(['opening', 'debit', 'credit', 'closing'] as const).map((key, i) => (
                    <Table.Summary.Cell key={key} index={i + 1} align="right">
                      <strong>
                        <MoneyText amount={totals[key]} />
                      </strong>
                    </Table.Summary.Cell>
                  ))}
                </Table.Summary.Row>
              )
            }
          />
        )}
      </section>
      {open && <Lines entityId={entityId} account={open} months={months} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Lines({ entityId, account, months, onClose }: { entityId: string; account: Row; months: Months; onClose: () => void }) {
  const { t } = useLocale();
  const query = useQuery({
    queryKey: ['account-lines', entityId, account.accountId, months],
    queryFn: () => call(accountLines, { query: { entityId, accountId: account.accountId, ...months } }),
  });
  return (
    <Drawer open onClose={onClose} size={760} title={t(words.lines, { account: `${account.code} ${t(account.name)}` })}>
      {query.error && <ErrorPanel error={query.error} />}
      <Table
        size="small"
        loading={query.isPending}
        dataSource={(query.data?.lines ?? []).map((line, key) => ({ ...line, key }))}
        pagination={false}
        columns={[
          { title: t(words.day), dataIndex: 'day', render: (day: string) => <DateText day={day} /> },
          {
            title: t(words.document),
            key: 'document',
            render: (_, r) => {
              const path = r.documentKind && documentPath(r.documentKind, r.documentId);
              return path ? <Link to={path}>{r.documentNumber ?? '–'}</Link> : (r.documentNumber ?? '–');
            },
          },
          { title: t(words.summary), dataIndex: 'summary' },
          { title: t(words.debit), key: 'debit', align: 'right', render: (_, r) => <MoneyText amount={r.debit || null} /> },
          { title: t(words.credit), key: 'credit', align: 'right', render: (_, r) => <MoneyText amount={r.credit || null} /> },
        ]}
      />
    </Drawer>
  );
}
