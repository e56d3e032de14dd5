import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call, newKey, urlOf } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { InstantText } from '#ui/common/values.web.tsx';
import { formatDecimal } from '#ui/format.ts';
import { useLocale } from '#ui/locale.web.tsx';
import { useCan } from '#ui/session.web.ts';
import { exportAuditLedger, listVerifications, readAuditHead, readVerifier, verifyAuditNow, type Verification } from './operations.ts';
import { problemWords } from './words.ts';

const words = {
  title: text('审计链', 'Audit chain'),
  whole: text('完整', 'Whole'),
  broken: text('发现篡改', 'Tampering found'),
  late: text('封存滞后', 'Sealing is late'),
  head: text('最新区块 {block}', 'Newest block {block}'),
  sealed: text('封存于', 'sealed'),
  none: text('还没有区块：第一条记录会在一秒内封存。', 'No block yet: the first row is sealed within a second.'),
  verify: text('立即校验', 'Verify now'),
  verifying: text('正在校验 {done} / {total} 个区块…', 'Verifying {done} of {total} blocks…'),
  last: text('上次校验', 'Last verification'),
  clean: text('{events} 条记录、{postings} 次过账，与封存时完全一致', '{events} rows and {postings} postings, exactly as they were sealed'),
  problems: text('{count} 处与封存时不一致', '{count} things differ from what was sealed'),
  by: text('由 {name} 发起', 'asked for by {name}'),
  system: text('每夜自动', 'every night'),
  export: text('导出审计链', 'Export the chain'),
  verifier: text('独立校验程序', 'Stand-alone verifier'),
  block: text('区块 {block}', 'block {block}'),
  row: text('记录 {row}', 'row {row}'),
};
const POLL_MS = 700;
const PROBLEMS_SHOWN = 20;

/** Asks again while a verification runs, so that its result appears by itself. */
function useVerifications() {
  const queries = useQueryClient();
  const answer = useQuery({
    queryKey: ['audit-verifications'],
    queryFn: () => call(listVerifications),
    refetchInterval: (query) => (query.state.data?.running ? POLL_MS : false),
  });
  const wasRunning = useRef(false);
  const isRunning = Boolean(answer.data?.running);
  useEffect(() => {
    if (wasRunning.current && !isRunning) void queries.invalidateQueries({ queryKey: ['audit-head'] });
    wasRunning.current = isRunning;
  }, [isRunning, queries]);
  return answer;
}

/** Whether everything still is as it was written: the newest block, the last verification, and a new one on demand. */
export function ChainCard() {
  const { t } = useLocale();
  const may = useCan();
  const queries = useQueryClient();
  const head = useQuery({ queryKey: ['audit-head'], queryFn: () => call(readAuditHead), refetchInterval: 15_000 });
  const { data, error } = useVerifications();
  const verify = useMutation({
    mutationFn: () => call(verifyAuditNow, { body: {} }, { key: newKey() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['audit-verifications'] }),
  });
  const last = data?.rows[0];
  const running = data?.running;
  const failure = verify.error ?? error ?? head.error;
  return (
    <section className="card audit-chain" aria-label={t(words.title)}>
      <div className="card-head">
        <h2>{t(words.title)}</h2>
        {head.data && <Health isHealthy={head.data.isHealthy} hasProblems={(last?.problemCount ?? 0) > 0} />}
        <span className="beside audit-chain-actions">
          {may('audit.chain.export') && (
            <a className="link-button" href={urlOf(readVerifier)}>
              {t(words.verifier)}
            </a>
          )}
          {may('audit.chain.export') && (
            <a className="button" href={urlOf(exportAuditLedger)}>
              {t(words.export)}
            </a>
          )}
          {may('audit.chain.verify') && (
            <button
              type="button"
              className="button button-primary"
              disabled={verify.isPending || Boolean(running)}
              onClick={() => verify.mutate()}
            >
              {t(words.verify)}
            </button>
          )}
        </span>
      </div>
      <div className="audit-chain-body">
        {failure && <ErrorPanel error={failure} />}
        {head.data && !head.data.head && <p className="secondary">{t(words.none)}</p>}
        {head.data?.head && (
          <p>
            {t(words.head, { block: head.data.head.blockNo })} · {t(words.sealed)} <InstantText at={head.data.head.sealedAt} /> ·{' '}
            <code className="audit-hash">{head.data.head.blockHash}</code>
          </p>
        )}
        <div role="status" aria-live="polite">
          {running && <p>{t(words.verifying, { done: String(running.done), total: String(running.total || '…') })}</p>}
          {!running && last && <Result result={last} />}
        </div>
      </div>
    </section>
  );
}

function Health({ isHealthy, hasProblems }: { isHealthy: boolean; hasProblems: boolean }) {
  if (isHealthy) return <Chip tone="good" label={words.whole} />;
  return hasProblems ? <Chip tone="refused" label={words.broken} /> : <Chip tone="waiting" label={words.late} />;
}

function Result({ result }: { result: Verification }) {
  const { t, locale } = useLocale();
  const who = result.startedBy === 'system' ? t(words.system) : t(words.by, { name: result.startedBy });
  return (
    <>
      <p>
        {t(words.last)} <InstantText at={result.finishedAt} /> ({who}):{' '}
        {result.problemCount === 0 ? (
          <strong className="audit-clean">
            {t(words.clean, { events: formatDecimal(result.eventCount, locale), postings: formatDecimal(result.postingCount, locale) })}
          </strong>
        ) : (
          <strong className="audit-alarm">{t(words.problems, { count: result.problemCount })}</strong>
        )}
      </p>
      {result.problems.length > 0 && (
        <ul className="audit-problems">
          {result.problems.slice(0, PROBLEMS_SHOWN).map((p) => (
            <li key={`${p.problem}-${p.blockNo}-${p.eventId}-${p.postingId}`}>
              <strong>{t(problemWords[p.problem] ?? { zh: p.problem, en: p.problem })}</strong>
              <span className="secondary">
                {[p.blockNo && t(words.block, { block: p.blockNo }), p.eventId && t(words.row, { row: p.eventId }), p.postingId]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {p.detail && <code className="audit-detail">{p.detail}</code>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
