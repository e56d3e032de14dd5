import { Input, Progress, Select } from 'antd';
import { useId, useState } from 'react';
import type { StateTone } from '#kernel/document/definition.ts';
import { DropZone, sendFile } from '#modules/documents/index.web.tsx';
import { urlOf } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { InstantText } from '#ui/common/values.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { deviceClasses, type ClassOfDevice } from '../product/device-class.ts';
import { deviceImportUpload, type DeviceImportState, type DeviceImportWire, deviceSources, deviceStates } from './operations.ts';
import { words } from './words.ts';

interface UploadStepProps {
  readonly recent: readonly DeviceImportWire[];
  readonly onUploaded: (answer: DeviceImportWire) => void;
  readonly onOpen: (id: string) => void;
}

/** Choose what no database says, then drop the file; or go back to an import under way. */
export function UploadStep({ recent, onUploaded, onOpen }: UploadStepProps) {
  const { t } = useLocale();
  const classId = useId();
  const unitId = useId();
  const [deviceClass, setDeviceClass] = useState<ClassOfDevice>('III');
  const [baseUnit, setBaseUnit] = useState('件');
  const [part, setPart] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const upload = async ([file]: readonly File[]) => {
    if (!file) return;
    setError(null);
    setPart(0);
    try {
      const unit = baseUnit.trim();
      const url = urlOf(deviceImportUpload, { query: { name: file.name, deviceClass, ...(unit ? { baseUnit: unit } : {}) } });
      onUploaded(await sendFile<DeviceImportWire>(url, file, setPart));
    } catch (e) {
      setError(e);
    } finally {
      setPart(null);
    }
  };
  return (
    <>
      <section className="card">
        <p>{t(words.defaults)}</p>
        <div className="device-choices">
          <label htmlFor={classId}>
            {t(words.deviceClass)}
            <Select
              id={classId}
              value={deviceClass}
              style={{ width: 140 }}
              onChange={setDeviceClass}
              options={Object.entries(deviceClasses).map(([value, label]) => ({ value: value as ClassOfDevice, label: t(label) }))}
            />
          </label>
          <label htmlFor={unitId}>
            {t(words.baseUnit)}
            <Input id={unitId} value={baseUnit} maxLength={16} style={{ width: 120 }} onChange={(e) => setBaseUnit(e.target.value)} />
          </label>
        </div>
      </section>
      <DropZone
        label={words.drop}
        hint={words.dropHint}
        accept=".xml,.json"
        isLarge
        isBusy={part !== null}
        onFiles={(files) => void upload(files)}
      />
      {part !== null && <Progress percent={Math.round(part * 100)} aria-label={t(words.steps[0])} />}
      {error !== null && <ErrorPanel error={error} takesFocus />}
      <Recent recent={recent} onOpen={onOpen} />
    </>
  );
}

const tones: Readonly<Record<DeviceImportState, StateTone>> = {
  checking: 'info',
  checked: 'waiting',
  running: 'info',
  done: 'good',
  failed: 'refused',
};

function Recent({ recent, onOpen }: { recent: readonly DeviceImportWire[]; onOpen: (id: string) => void }) {
  const { t } = useLocale();
  return (
    <section className="card">
      <h2>{t(words.recent)}</h2>
      {recent.length === 0 && <p className="secondary">{t(words.noRecent)}</p>}
      <ul className="device-recent">
        {recent.map((known) => (
          <li key={known.id}>
            <button type="button" className="link-button" onClick={() => onOpen(known.id)}>
              {known.fileName}
            </button>
            <span className="secondary">
              {known.source ? `${t(deviceSources[known.source])} · ` : ''}
              <InstantText at={known.createdAt} />
            </span>
            <Chip tone={tones[known.state]} label={deviceStates[known.state]} />
          </li>
        ))}
      </ul>
    </section>
  );
}
