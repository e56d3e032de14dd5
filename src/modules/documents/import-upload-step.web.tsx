import { Progress } from 'antd';
import { useState } from 'react';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { urlOf } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { InstantText } from '#ui/common/values.web.tsx';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { useEntity } from '#ui/session.web.ts';
import { DropZone } from './drop-zone.web.tsx';
import { importTemplateOperation, importUpload, type importHome, type importSession } from './import-operations.ts';
import { stateChips, words } from './import-words.ts';
import { sendFile } from './upload.web.ts';

export type Home = OperationOutput<typeof importHome>;
export type SessionAnswer = OperationOutput<typeof importSession>;

interface UploadStepProps {
  readonly home: Home;
  readonly onUploaded: (answer: SessionAnswer) => void;
  readonly onOpen: (sessionId: string) => void;
}

/** Take the template, or drop a spreadsheet of one's own; or go back to an import that is under way. */
export function UploadStep({ home, onUploaded, onOpen }: UploadStepProps) {
  const { t, locale } = useLocale();
  const { entity } = useEntity();
  const [part, setPart] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const needsEntity = home.isEntityScoped && !entity;
  const upload = async ([file]: readonly File[]) => {
    if (!file) return;
    setError(null);
    setPart(0);
    try {
      const url = urlOf(importUpload, {
        params: { kind: home.kind },
        query: { name: file.name, ...(home.isEntityScoped && entity ? { entityId: entity.id } : {}) },
      });
      onUploaded(await sendFile<SessionAnswer>(url, file, setPart));
    } catch (e) {
      setError(e);
    } finally {
      setPart(null);
    }
  };
  return (
    <>
      <p className="import-buttons">
        <a className="button" href={urlOf(importTemplateOperation, { params: { kind: home.kind }, query: { locale } })} download>
          <Icon name="download" size={15} />
          {t(words.template)}
        </a>
        <span className="secondary">{t(words.templateHint)}</span>
      </p>
      {needsEntity && (
        <p role="status" className="secondary">
          {t(words.chooseEntity)}
        </p>
      )}
      {home.isEntityScoped && entity && <p className="secondary">{t(words.into, { name: t({ zh: entity.nameZh, en: entity.nameEn }) })}</p>}
      {!needsEntity && (
        <DropZone
          label={words.drop}
          hint={words.dropHint}
          accept=".xlsx,.csv,.tsv,.txt"
          isLarge
          isBusy={part !== null}
          onFiles={(files) => void upload(files)}
        />
      )}
      {part !== null && <Progress percent={Math.round(part * 100)} aria-label={t(words.steps[0])} />}
      {error !== null && <ErrorPanel error={error} takesFocus />}
      <Recent home={home} onOpen={onOpen} />
    </>
  );
}

function Recent({ home, onOpen }: { home: Home; onOpen: (sessionId: string) => void }) {
  const { t } = useLocale();
  return (
    <section className="card">
      <h2>{t(words.recent)}</h2>
      {home.recent.length === 0 && <p className="secondary">{t(words.noRecent)}</p>}
      <ul className="rail-list">
        {home.recent.map((session) => (
          <li key={session.id} className="related">
            <div>
              <button type="button" className="link-button" onClick={() => onOpen(session.id)}>
                {session.fileName}
              </button>
              <p className="secondary">
                <InstantText at={session.createdAt} />
              </p>
            </div>
            <Chip {...stateChips[session.state]} />
          </li>
        ))}
      </ul>
    </section>
  );
}
