import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Table } from 'antd';
import { useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { DateText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { Card, Labelled } from './labelled.web.tsx';
import { endSubstitution, listSubstitutions, nameSubstitute } from './operations.ts';

const words = {
  actions: text('操作', 'Actions'),
  title: text('代理人', 'Substitutes'),
  why: text(
    '您不在时，代理人可替您审批。审计同时记录代理人与被代理人。',
    'While you are away your substitute may decide approvals for you. The audit names both.',
  ),
  person: text('被代理人', 'For'),
  substitute: text('代理人', 'Substitute'),
  login: text('代理人登录名', 'Login of the substitute'),
  from: text('自', 'From'),
  until: text('至（含当日）', 'Until (that day included)'),
  reason: text('原因', 'Reason'),
  inForce: text('生效中', 'In force'),
  end: text('结束', 'End'),
  name: text('指定', 'Name'),
  none: text('没有代理安排', 'No substitutes named'),
};

const empty = { substituteLogin: '', from: '', until: '', reason: '' };

/** Who acts while one is away: list, name, end. */
export function SubstituteCard() {
  const { t } = useLocale();
  const [given, setGiven] = useState(empty);
  const set = (name: keyof typeof empty) => (e: { target: { value: string } }) => setGiven((now) => ({ ...now, [name]: e.target.value }));
  const list = useQuery({ queryKey: ['substitutions'], queryFn: () => call(listSubstitutions) });
  const refresh = () => void list.refetch();
  const name = useMutation({
    mutationFn: () => call(nameSubstitute, { body: given }),
    onSuccess: () => {
      setGiven(empty);
      refresh();
    },
  });
  const end = useMutation({
    mutationFn: (substitutionId: string) => call(endSubstitution, { params: { substitutionId } }),
    onSuccess: refresh,
  });
  const error = name.error ?? end.error ?? list.error;
  const isReady = Object.values(given).every((value) => value.trim() !== '');
  return (
    <Card title={words.title}>
      <p className="secondary">{t(words.why)}</p>
      {(list.data?.substitutions.length ?? 0) > 0 && (
        <Table
          size="small"
          rowKey="substitutionId"
          pagination={false}
          dataSource={list.data?.substitutions ?? []}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t(words.person), dataIndex: 'userName' },
            { title: t(words.substitute), dataIndex: 'substituteName' },
            { title: t(words.from), dataIndex: 'from', render: (day: string) => <DateText day={day} /> },
            { title: t(words.until), dataIndex: 'until', render: (day: string) => <DateText day={day} /> },
            { title: t(words.reason), dataIndex: 'reason', ellipsis: true },
            {
              key: 'end',
              title: <span className="visually-hidden">{t(words.actions)}</span>,
              render: (_, row) =>
                row.isInForce && (
                  <span className="access-tools">
                    <Chip tone="good" label={words.inForce} />
                    <Button
                      size="small"
                      loading={end.isPending && end.variables === row.substitutionId}
                      onClick={() => end.mutate(row.substitutionId)}
                    >
                      {t(words.end)}
                    </Button>
                  </span>
                ),
            },
          ]}
        />
      )}
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (isReady) name.mutate();
        }}
      >
        <Labelled label={words.login} isRequired>
          {(id) => <Input id={id} maxLength={64} value={given.substituteLogin} onChange={set('substituteLogin')} />}
        </Labelled>
        <div className="access-tools">
          <Labelled label={words.from} isRequired>
            {(id) => <Input id={id} type="date" value={given.from} onChange={set('from')} />}
          </Labelled>
          <Labelled label={words.until} isRequired>
            {(id) => <Input id={id} type="date" value={given.until} onChange={set('until')} />}
          </Labelled>
        </div>
        <Labelled label={words.reason} isRequired>
          {(id) => <Input id={id} maxLength={400} value={given.reason} onChange={set('reason')} />}
        </Labelled>
        {error && <ErrorPanel error={error} />}
        <div className="access-row">
          <Button htmlType="submit" disabled={!isReady} loading={name.isPending}>
            {t(words.name)}
          </Button>
        </div>
      </form>
    </Card>
  );
}
