import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Progress, Steps } from 'antd';
import { call } from '#ui/client.web.ts';
import { PageHeader } from '#ui/common/page-header.web.tsx';
import { ErrorPanel, RefusalPanel } from '#ui/common/refusal-panel.web.tsx';
import { RowsSkeleton } from '#ui/common/states.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { CheckStep } from './check-step.web.tsx';
import { deviceImport, deviceImportHome, type DeviceImportWire } from './operations.ts';
import { ResultStep } from './result-step.web.tsx';
import { UploadStep } from './upload-step.web.tsx';
import { words } from './words.ts';
import './device-data.css';

const POLL_MS = 800;
const isWorking = (known: DeviceImportWire): boolean => known.state === 'checking' || known.state === 'running';
const stepOf = (known: DeviceImportWire | undefined): number =>
  !known ? 0 : known.state === 'checking' || known.state === 'checked' ? 1 : 2;

/** The import named in the address, asked again while work goes on, so that the page can be left and found again. */
function useDeviceImport() {
  const { import: id } = useSearch({ strict: false }) as { import?: string };
  const navigate = useNavigate();
  const queries = useQueryClient();
  const home = useQuery({ queryKey: ['device-imports'], queryFn: () => call(deviceImportHome, {}) });
  const known = useQuery({
    queryKey: ['device-import', id],
    enabled: id !== undefined,
    queryFn: () => call(deviceImport, { params: { importId: id ?? '' } }),
    refetchInterval: (query) => (query.state.data && isWorking(query.state.data) ? POLL_MS : false),
  });
  const open = (next: string | undefined) =>
    void navigate({ to: '/catalogue/device-data' as never, search: (next ? { import: next } : {}) as never });
  const put = (answer: DeviceImportWire) => {
    queries.setQueryData(['device-import', answer.id], answer);
    void queries.invalidateQueries({ queryKey: ['device-imports'] });
    if (answer.id !== id) open(answer.id);
  };
  return { home, known: id === undefined ? undefined : known.data, error: home.error ?? known.error, open, put };
}

/** Device data of public databases: upload, see the differences, carry out. */
export function DeviceDataPage() {
  const { t } = useLocale();
  const { home, known, error, open, put } = useDeviceImport();
  return (
    <div className="page device-data">
      <PageHeader title={t(words.title)} />
      <p className="secondary">{t(words.about)}</p>
      <Steps size="small" current={stepOf(known)} items={words.steps.map((w) => ({ title: t(w) }))} aria-label={t(words.title)} />
      {error && <ErrorPanel error={error} />}
      {!home.data && !error && <RowsSkeleton />}
      {home.data && !known && <UploadStep recent={home.data.recent} onUploaded={put} onOpen={open} />}
      {known && isWorking(known) && <Working known={known} />}
      {home.data && known?.state === 'checked' && (
        <CheckStep key={known.updatedAt} known={known} fields={home.data.fields} onChanged={put} onAnother={() => open(undefined)} />
      )}
      {known?.state === 'failed' && known.failure && <RefusalPanel refusals={known.failure} takesFocus />}
      {known && (known.state === 'done' || known.state === 'failed') && <ResultStep known={known} onAnother={() => open(undefined)} />}
    </div>
  );
}

function Working({ known }: { known: DeviceImportWire }) {
  const { t } = useLocale();
  const label = known.state === 'checking' ? words.checking : words.running;
  return (
    <section className="card" role="status" aria-live="polite">
      <h2>{t(label)}</h2>
      <Progress percent={known.total > 0 ? Math.floor((known.done / known.total) * 100) : 0} aria-label={t(label)} />
      <p className="number">{t(words.progress, { done: known.done, total: known.total })}</p>
      <p className="secondary">{t(words.leave)}</p>
    </section>
  );
}
