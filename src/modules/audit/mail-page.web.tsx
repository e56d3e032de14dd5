import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call, newKey } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { InstantText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { useCan } from '#ui/session.web.ts';
import { listMail, readMail, resendMail, type MailRow } from './operations.ts';
import { mailStates } from './words.ts';
import './audit.css';

const words = {
  title: text('发件箱', 'Mail outbox'),
  noServer: text(
    '未设置邮件服务器（SMTP_URL）：邮件保留在此，不会发出。',
    'No mail server is set (SMTP_URL): mail is kept here and does not go out.',
  ),
  none: text('还没有邮件', 'No mail yet'),
  noneHint: text('系统发出的通知会显示在这里。', 'Notices the product sends will show here.'),
  columns: [
    text('收件人', 'To'),
    text('主题', 'Subject'),
    text('状态', 'State'),
    text('写于', 'Written'),
    text('发送于', 'Sent'),
    text('错误', 'Error'),
  ],
  open: text('查看', 'Open'),
  resend: text('重新发送', 'Send again'),
  noted: text('查看他人的邮件会记入审计。', 'Reading other people’s mail is written into the audit ledger.'),
  more: text('显示更早的邮件', 'Show earlier mail'),
};

/** What the product wrote to people, and whether it went out. */
export function MailPage() {
  const { t } = useLocale();
  const queries = useQueryClient();
  const [open, setOpen] = useState<string | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ['mail'],
    queryFn: ({ pageParam }) => call(listMail, { query: pageParam ? { cursor: pageParam } : {} }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const resend = useMutation({
    mutationFn: (messageId: string) => call(resendMail, { params: { messageId } }, { key: newKey() }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['mail'] }),
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const failure = pages.error ?? resend.error;
  return (
    <div className="page audit-page">
      <PageHeader title={t(words.title)} />
      {pages.data?.pages[0]?.hasMailServer === false && <p className="secondary">{t(words.noServer)}</p>}
      {failure && <ErrorPanel error={failure} />}
      {pages.isPending && !pages.error && <RowsSkeleton />}
      {pages.isSuccess && rows.length === 0 && <EmptyState icon="mail" title={words.none} hint={words.noneHint} />}
      {rows.length > 0 && <MailTable rows={rows} onOpen={setOpen} onResend={(messageId) => resend.mutate(messageId)} />}
      {pages.hasNextPage && (
        <button type="button" className="button audit-more" onClick={() => void pages.fetchNextPage()}>
          {t(words.more)}
        </button>
      )}
      <OneMail id={open} onClose={() => setOpen(null)} />
    </div>
  );
}

interface MailTableProps {
  readonly rows: readonly MailRow[];
  readonly onOpen: (messageId: string) => void;
  readonly onResend: (messageId: string) => void;
}

function MailTable({ rows, onOpen, onResend }: MailTableProps) {
  const { t } = useLocale();
  const may = useCan();
  return (
    <div className="audit-scroll">
      <table className="audit-table" aria-label={t(words.title)}>
        <thead>
          <tr>
            {words.columns.map((w) => (
              <th key={w.en} scope="col">
                {t(w)}
              </th>
            ))}
            <th aria-label={t(words.resend)} />
          </tr>
        </thead>
        <tbody>
          {rows.map((mail) => (
            <tr key={mail.messageId} className="audit-row">
              <td>{mail.to}</td>
              <td>
                <button type="button" className="link-button" onClick={() => onOpen(mail.messageId)}>
                  {mail.subject}
                </button>
              </td>
              <td>
                <Chip {...mailStates[mail.state]} />
              </td>
              <td>
                <InstantText at={mail.createdAt} />
              </td>
              <td>
                <InstantText at={mail.sentAt} />
              </td>
              <td className="audit-reason">{mail.lastError}</td>
              <td>
                {mail.state !== 'sent' && mail.state !== 'queued' && may('audit.mail.resend', mail.entityId) && (
                  <button type="button" className="link-button" onClick={() => onResend(mail.messageId)}>
                    {t(words.resend)}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OneMail({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useLocale();
  const { data, error } = useQuery({
    queryKey: ['mail', id],
    queryFn: () => call(readMail, { params: { messageId: id ?? '' } }),
    enabled: id !== null,
    staleTime: Infinity,
  });
  return (
    <Drawer open={id !== null} onClose={onClose} size={560} title={data?.subject ?? t(words.open)}>
      {error && <ErrorPanel error={error} />}
      {data && (
        <>
          <p className="secondary">{data.to}</p>
          <pre className="audit-mail">{data.text}</pre>
        </>
      )}
      <p className="secondary">{t(words.noted)}</p>
    </Drawer>
  );
}
