import { Button, Table } from 'antd';
import { text } from '#kernel/i18n/text.ts';
import type * as z from 'zod';
import { InstantText } from '#ui/common/values.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { deviceOf } from './device.ts';
import type { sessionRow } from './operations.ts';

export type SessionRow = z.output<typeof sessionRow>;

const words = {
  actions: text('操作', 'Actions'),
  device: text('设备', 'Device'),
  address: text('地址', 'Address'),
  began: text('登录时间', 'Signed in'),
  seen: text('最近活动', 'Last seen'),
  here: text('本次会话', 'This one'),
  single: text('单点登录', 'Single sign-on'),
  end: text('结束', 'End'),
  unknown: text('未知设备', 'Unknown device'),
};

/** Running sessions; `onEnd` where single ones may be ended here. */
export function SessionList({
  sessions,
  onEnd,
  isBusy = false,
}: {
  sessions: readonly SessionRow[];
  onEnd?: (sessionId: string) => void;
  isBusy?: boolean;
}) {
  const { t } = useLocale();
  return (
    <Table<SessionRow>
      size="small"
      rowKey="sessionId"
      pagination={false}
      dataSource={sessions}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t(words.device),
          key: 'device',
          render: (_, s) => (
            <span title={s.userAgent ?? undefined}>
              {deviceOf(s.userAgent) ?? t(words.unknown)} {s.isCurrent && <Chip tone="good" label={words.here} />}
              {s.kind === 'single-sign-on' && <Chip tone="info" label={words.single} />}
            </span>
          ),
        },
        { title: t(words.address), dataIndex: 'ip', render: (ip: string | null) => ip ?? '–' },
        { title: t(words.began), dataIndex: 'createdAt', render: (at: string) => <InstantText at={at} isExact /> },
        { title: t(words.seen), dataIndex: 'lastSeenAt', render: (at: string) => <InstantText at={at} /> },
        ...(onEnd
          ? [
              {
                key: 'end',
                title: <span className="visually-hidden">{t(words.actions)}</span>,
                render: (_: unknown, s: SessionRow) =>
                  !s.isCurrent && (
                    <Button size="small" disabled={isBusy} onClick={() => onEnd(s.sessionId)}>
                      {t(words.end)}
                    </Button>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}
