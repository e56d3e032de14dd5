import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
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
import { cancelJobRun, listJobs, type JobRun } from './operations.ts';
import { jobStates, jobWords } from './words.ts';
import './audit.css';

const words = {
  title: text('后台任务', 'Background jobs'),
  mine: text('我的', 'Mine'),
  all: text('全部', 'Everyone’s'),
  none: text('没有后台任务', 'No background jobs'),
  noneHint: text(
    '导入、校验等耗时工作会显示在这里，可以离开页面等它完成。',
    'Imports, verifications and other long work show here; you can leave the page meanwhile.',
  ),
  columns: [
    text('任务', 'Job'),
    text('状态', 'State'),
    text('进度', 'Progress'),
    text('开始', 'Started'),
    text('结束', 'Ended'),
    text('说明', 'Message'),
  ],
  cancel: text('取消', 'Cancel'),
  more: text('显示更早的任务', 'Show earlier jobs'),
  attempt: text('第 {n} 次尝试', 'attempt {n}'),
};
const POLL_MS = 1500;
const isOpen = (job: JobRun): boolean => job.state === 'queued' || job.state === 'running';

/** Long work and how far it is; what runs may be cancelled, what failed says why. */
export function JobsPage() {
  const { t } = useLocale();
  const may = useCan();
  const [of, setOf] = useState<'mine' | 'all'>('mine');
  const pages = useInfiniteQuery({
    queryKey: ['jobs', of],
    queryFn: ({ pageParam }) => call(listJobs, { query: { of, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => (query.state.data?.pages.some((p) => p.rows.some(isOpen)) ? POLL_MS : false),
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="page audit-page">
      <PageHeader
        title={t(words.title)}
        actions={
          may('audit.job.view') &&
          (['mine', 'all'] as const).map((which) => (
            <button key={which} type="button" className="button" aria-pressed={of === which} onClick={() => setOf(which)}>
              {t(words[which])}
            </button>
          ))
        }
      />
      {pages.error && <ErrorPanel error={pages.error} />}
      {pages.isPending && !pages.error && <RowsSkeleton />}
      {pages.isSuccess && rows.length === 0 && <EmptyState icon="clock" title={words.none} hint={words.noneHint} />}
      {rows.length > 0 && <JobTable rows={rows} />}
      {pages.hasNextPage && (
        <button type="button" className="button audit-more" onClick={() => void pages.fetchNextPage()}>
          {t(words.more)}
        </button>
      )}
    </div>
  );
}

function JobTable({ rows }: { rows: readonly JobRun[] }) {
  const { t } = useLocale();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: (jobId: string) => call(cancelJobRun, { params: { jobId } }, { key: newKey() }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
  return (
    <div className="audit-scroll">
      {cancel.error && <ErrorPanel error={cancel.error} />}
      <table className="audit-table" aria-label={t(words.title)}>
        <thead>
          <tr>
            {words.columns.map((w) => (
              <th key={w.en} scope="col">
                {t(w)}
              </th>
            ))}
            <th aria-label={t(words.cancel)} />
          </tr>
        </thead>
        <tbody>
          {rows.map((job) => (
            <tr key={job.id} className="audit-row">
              <td>{t(jobWords[job.name] ?? { zh: job.name, en: job.name })}</td>
              <td>
                <Chip {...jobStates[job.state]} />
              </td>
              <td>
                <Progress job={job} />
              </td>
              <td>
                <InstantText at={job.startedAt ?? job.createdAt} />
              </td>
              <td>
                <InstantText at={job.finishedAt} />
              </td>
              <td className="audit-reason">
                {job.message}
                {job.attempts > 1 && <span className="secondary"> ({t(words.attempt, { n: job.attempts })})</span>}
              </td>
              <td>
                {isOpen(job) && (
                  <button type="button" className="link-button" disabled={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
                    {t(words.cancel)}
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

function Progress({ job }: { job: JobRun }) {
  const { t } = useLocale();
  if (job.total === 0) return null;
  const label = `${job.done} / ${job.total}`;
  return (
    <span className="audit-progress">
      <progress value={job.done} max={job.total} aria-label={t(words.columns[2]!)} /> <span className="number">{label}</span>
    </span>
  );
}
