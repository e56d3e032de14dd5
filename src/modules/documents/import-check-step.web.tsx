import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Radio } from 'antd';
import { useState } from 'react';
import { call, newKey, urlOf } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { ImportItems, Totals } from './import-items.web.tsx';
import { importResultFile, importRun, type ImportSessionWire } from './import-operations.ts';
import { SameFile } from './import-same-file.web.tsx';
import type { Home, SessionAnswer } from './import-upload-step.web.tsx';
import { words } from './import-words.ts';

interface CheckStepProps {
  readonly home: Home;
  readonly answer: SessionAnswer;
  readonly onRunning: (answer: SessionAnswer) => void;
  readonly onBack: () => void;
}

/** What the check found, and the decision to import. */
export function CheckStep({ home, answer, onRunning, onBack }: CheckStepProps) {
  const { t, locale } = useLocale();
  const { session } = answer;
  const ready = session.totals.ready ?? 0;
  const refused = session.totals.refused ?? 0;
  const [onError, setOnError] = useState<ImportSessionWire['onError']>(refused > 0 ? 'skip' : 'all-or-nothing');
  const [isSameFileWanted, setIsSameFileWanted] = useState(false);
  const run = useMutation({
    mutationFn: () => call(importRun, { params: { sessionId: session.id }, body: { onError, isSameFileWanted } }, { key: newKey() }),
    onSuccess: onRunning,
  });
  const isBlocked = ready === 0 || (onError === 'all-or-nothing' && refused > 0) || (answer.sameFile !== null && !isSameFileWanted);
  const hasLines = home.columns.some((c) => c.set !== null);
  return (
    <>
      <Totals
        session={session}
        names={[
          'rows',
          'items',
          ...(hasLines ? (['lines'] as const) : []),
          'ready',
          'refused',
          ...(home.canUpdate ? (['unchanged', 'toCreate', 'toUpdate'] as const) : []),
        ]}
      />
      <SameFile answer={answer} />
      {answer.sameFile && (
        <Checkbox checked={isSameFileWanted} onChange={(e) => setIsSameFileWanted(e.target.checked)}>
          {t(words.sameFileWanted)}
        </Checkbox>
      )}
      <fieldset className="import-choices">
        <legend className="field-label">{t(words.onError)}</legend>
        <Radio.Group
          value={onError}
          onChange={(e) => setOnError(e.target.value as ImportSessionWire['onError'])}
          options={(['all-or-nothing', 'skip'] as const).map((m) => ({ value: m, label: t(words.onErrors[m]) }))}
        />
      </fieldset>
      {run.error && <ErrorPanel error={run.error} takesFocus />}
      <div className="import-buttons">
        <Button type="primary" disabled={isBlocked} loading={run.isPending} onClick={() => run.mutate()}>
          {t(words.run, { count: ready })}
        </Button>
        <Button onClick={onBack}>{t(words.back)}</Button>
        {refused > 0 && (
          <a
            className="button"
            href={urlOf(importResultFile, { params: { sessionId: session.id }, query: { locale, show: 'errors' } })}
            download
          >
            <Icon name="download" size={15} />
            {t(words.errorsFile)}
          </a>
        )}
      </div>
      <ImportItems session={session} initial={refused === 0 && session.mode !== 'create' ? 'changes' : 'errors'} />
    </>
  );
}
