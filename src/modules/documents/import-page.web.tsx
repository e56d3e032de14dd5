import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Progress, Steps } from 'antd';
import { useState } from 'react';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { RowsSkeleton } from '#ui/common/states.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { listPath } from '#ui/product.web.ts';
import { CheckStep } from './import-check-step.web.tsx';
import { MappingStep } from './import-mapping-step.web.tsx';
import { importHome, importSession, type ImportSessionWire } from './import-operations.ts';
import { ResultStep } from './import-result-step.web.tsx';
import { UploadStep } from './import-upload-step.web.tsx';
import { words } from './import-words.ts';
import './documents.css';

const POLL_MS = 800;
const isWorking = (state: ImportSessionWire['state']): boolean => state === 'checking' || state === 'running' || state === 'rolling-back';

/** The step a session stands at; going back to the columns is the person's own choice. */
function stepOf(session: ImportSessionWire | undefined, wantsMapping: boolean): 0 | 1 | 2 | 3 {
  if (!session) return 0;
  if (session.state === 'uploaded' || (wantsMapping && (session.state === 'checked' || session.state === 'failed'))) return 1;
  if (session.state === 'checking' || session.state === 'checked') return 2;
  return session.state === 'failed' && (session.totals.items ?? 0) === 0 ? 1 : 3;
}

/** The session named in the address, asked again while work goes on, so that the page can be left and found again. */
function useImport(kind: string) {
  const { session: id } = useSearch({ strict: false }) as { session?: string };
  const navigate = useNavigate();
  const queries = useQueryClient();
  const home = useQuery({ queryKey: ['import-home', kind], queryFn: () => call(importHome, { params: { kind } }) });
  const session = useQuery({
    queryKey: ['import', id],
    enabled: id !== undefined,
    queryFn: () => call(importSession, { params: { sessionId: id ?? '' } }),
    refetchInterval: (query) => (query.state.data && isWorking(query.state.data.session.state) ? POLL_MS : false),
  });
  const open = (sessionId: string | undefined) =>
    void navigate({ to: '/import/$kind' as never, params: { kind } as never, search: (sessionId ? { session: sessionId } : {}) as never });
  const put = (answer: NonNullable<typeof session.data>) => {
    queries.setQueryData(['import', answer.session.id], answer);
    void queries.invalidateQueries({ queryKey: ['import-home', kind] });
    if (answer.session.id !== id) open(answer.session.id);
  };
  return { home, session, open, put };
}

/** Import of any kind of record or document: upload, match the columns, check, run. */
export function ImportPage() {
  const { t } = useLocale();
  const { kind = '' } = useParams({ strict: false }) as { kind?: string };
  const { home, session, open, put } = useImport(kind);
  const [wantsMapping, setWantsMapping] = useState(false);
  if (home.error)
    return (
      <div className="page">
        <ErrorPanel error={home.error} />
      </div>
    );
  if (!home.data)
    return (
      <div className="page">
        <RowsSkeleton />
      </div>
    );
  const answer = session.data;
  const step = stepOf(answer?.session, wantsMapping);
  const list = listPath(kind);
  const crumbs = [{ label: home.data.label, to: list }];
  const title = t(words.title, { label: t(home.data.label) });
  return (
    <div className="page import-page">
      <PageHeader title={title} crumbs={crumbs} />
      <Steps size="small" current={step} items={words.steps.map((w) => ({ title: t(w) }))} aria-label={title} />
      {session.error && <ErrorPanel error={session.error} />}
      {step === 0 && <UploadStep home={home.data} onUploaded={put} onOpen={open} />}
      {answer && isWorking(answer.session.state) && <Working session={answer.session} />}
      {answer && step === 1 && (
        <MappingStep
          key={answer.session.id}
          home={home.data}
          answer={answer}
          onChecking={(next) => {
            setWantsMapping(false);
            put(next);
          }}
        />
      )}
      {answer && step === 2 && answer.session.state === 'checked' && (
        <CheckStep home={home.data} answer={answer} onRunning={put} onBack={() => setWantsMapping(true)} />
      )}
      {answer && step === 3 && !isWorking(answer.session.state) && (
        <ResultStep home={home.data} answer={answer} listPath={list} onChanged={put} onAnother={() => open(undefined)} />
      )}
    </div>
  );
}

function Working({ session }: { session: ImportSessionWire }) {
  const { t } = useLocale();
  const label = session.state === 'checking' ? words.checking : session.state === 'running' ? words.running : words.rollingBack;
  const percent = session.total > 0 ? Math.floor((session.done / session.total) * 100) : 0;
  return (
    <section className="card" role="status" aria-live="polite">
      <h2>{t(label)}</h2>
      <Progress percent={percent} aria-label={t(label)} />
      <p className="number">{t(words.progress, { done: session.done, total: session.total })}</p>
      <p className="secondary">{t(words.leave)}</p>
    </section>
  );
}
