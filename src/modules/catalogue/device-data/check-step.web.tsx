import { useMutation } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import type { LocalText } from '#kernel/i18n/text.ts';
import { call, newKey } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { DeviceItems } from './device-items.web.tsx';
import { deviceImportCheck, deviceImportRun, type DeviceImportWire, deviceSources } from './operations.ts';
import { Totals } from './totals.web.tsx';
import { words } from './words.ts';

interface CheckStepProps {
  readonly known: DeviceImportWire;
  readonly fields: readonly { readonly name: string; readonly label: LocalText }[];
  readonly onChanged: (answer: DeviceImportWire) => void;
  readonly onAnother: () => void;
}

/** What the file would do, what to leave alone, and the decision. */
export function CheckStep({ known, fields, onChanged, onAnother }: CheckStepProps) {
  const { t } = useLocale();
  const keepId = useId();
  const reasonId = useId();
  const count = (known.totals.toCreate ?? 0) + (known.totals.toChange ?? 0);
  const [skippedFields, setSkippedFields] = useState<string[]>([...known.options.skippedFields]);
  const [reason, setReason] = useState(
    t(words.reasonText, { source: known.source ? t(deviceSources[known.source]) : '', file: known.fileName }),
  );
  const params = { importId: known.id };
  const check = useMutation({
    mutationFn: () => call(deviceImportCheck, { params, body: { ...known.options, skippedFields } }, { key: newKey() }),
    onSuccess: onChanged,
  });
  const run = useMutation({
    mutationFn: () => call(deviceImportRun, { params, body: { reason: reason.trim() } }, { key: newKey() }),
    onSuccess: onChanged,
  });
  const isOtherChoice = skippedFields.toSorted().join() !== known.options.skippedFields.toSorted().join();
  return (
    <>
      <Totals known={known} names={['records', 'toCreate', 'toChange', 'unchanged', 'refused', 'toComplete', 'withdrawn']} />
      <section className="card">
        <div className="device-choices">
          <label htmlFor={keepId} className="grows">
            {t(words.keep)}
            <Select
              id={keepId}
              mode="multiple"
              allowClear
              value={skippedFields}
              onChange={setSkippedFields}
              optionFilterProp="label"
              options={fields.map((f) => ({ value: f.name, label: t(f.label) }))}
            />
          </label>
          <Button disabled={!isOtherChoice} loading={check.isPending} onClick={() => check.mutate()}>
            {t(words.recheck)}
          </Button>
        </div>
        <div className="device-choices">
          <label htmlFor={reasonId} className="grows">
            {t(words.reason)}
            <Input id={reasonId} value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />
          </label>
          <Button onClick={onAnother}>{t(words.another)}</Button>
          <Button
            type="primary"
            disabled={count === 0 || isOtherChoice || reason.trim() === ''}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            {t(words.run, { count })}
          </Button>
        </div>
        {(check.error ?? run.error) !== null && <ErrorPanel error={check.error ?? run.error} takesFocus />}
      </section>
      <DeviceItems known={known} canMatch onChanged={onChanged} />
    </>
  );
}
