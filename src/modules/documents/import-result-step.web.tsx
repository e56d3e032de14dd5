import { Link } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call, newKey, urlOf } from '#ui/client.web.ts';
import { ReasonDialog } from '#ui/common/reason-dialog.web.tsx';
import { ErrorPanel, RefusalPanel } from '#ui/common/refusal-panel.web.tsx';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { ImportItems, Totals } from './import-items.web.tsx';
import { importResultFile, importRollback, importRun } from './import-operations.ts';
import type { Home, SessionAnswer } from './import-upload-step.web.tsx';
import { words } from './import-words.ts';

interface ResultStepProps {
  readonly home: Home;
  readonly answer: SessionAnswer;
  readonly listPath: string | undefined;
  readonly onChanged: (answer: SessionAnswer) => void;
  readonly onAnother: () => void;
}

/** What became of the import, with the result as a file, and the way back where there is one. */
export function ResultStep({ home, answer, listPath, onChanged, onAnother }: ResultStepProps) {
  const { t, locale } = useLocale();
  const { session } = answer;
  const [isAsking, setIsAsking] = useState(false);
  const again = useMutation({
    mutationFn: () =>
      call(importRun, { params: { sessionId: session.id }, body: { onError: session.onError, isSameFileWanted: true } }, { key: newKey() }),
    onSuccess: onChanged,
  });
  const rollback = useMutation({
    mutationFn: (reason: string) => call(importRollback, { params: { sessionId: session.id }, body: { reason } }, { key: newKey() }),
    onSuccess: onChanged,
    onSettled: () => setIsAsking(false),
  });
  const outcome = session.state === 'failed' ? 'failed' : session.state === 'rolled-back' ? 'rolled-back' : 'done';
  const canRollBack = home.canRollBack && session.state !== 'rolled-back' && (session.totals.done ?? 0) > 0;
  const failure = again.error ?? rollback.error;
  return (
    <>
      <h2 role="status">{t(words.outcomes[outcome])}</h2>
      {session.state === 'failed' && session.failure && <RefusalPanel refusals={session.failure} takesFocus />}
      <Totals session={session} names={['items', 'done', 'refused', 'unchanged']} />
      {failure && <ErrorPanel error={failure} />}
      <div className="import-buttons">
        {session.state === 'failed' && (
          <Button type="primary" loading={again.isPending} onClick={() => again.mutate()}>
            {t(words.again)}
          </Button>
        )}
        {listPath && (
          <Link to={listPath} className="button">
            {t(words.toList, { label: t(home.label) })}
          </Link>
        )}
        <a
          className="button"
          href={urlOf(importResultFile, { params: { sessionId: session.id }, query: { locale, show: 'all' } })}
          download
        >
          <Icon name="download" size={15} />
          {t(words.resultFile)}
        </a>
        <Button onClick={onAnother}>{t(words.another)}</Button>
        {canRollBack && (
          <Button danger onClick={() => setIsAsking(true)}>
            {t(words.rollback)}
          </Button>
        )}
      </div>
      <ImportItems session={session} initial={(session.totals.refused ?? 0) > 0 ? 'errors' : 'all'} />
      <ReasonDialog
        isOpen={isAsking}
        title={words.rollback}
        body={words.rollbackBody}
        confirm={words.rollback}
        reason="required"
        isDangerous
        isBusy={rollback.isPending}
        onCancel={() => setIsAsking(false)}
        onConfirm={(reason) => rollback.mutate(reason ?? '')}
      />
    </>
  );
}
