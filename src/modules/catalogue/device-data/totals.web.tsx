import { useLocale } from '#ui/locale.web.tsx';
import type { DeviceImportWire } from './operations.ts';
import { words } from './words.ts';

/** How many records stand where. */
export function Totals({ known, names }: { known: DeviceImportWire; names: readonly (keyof typeof words.totals)[] }) {
  const { t } = useLocale();
  return (
    <dl className="device-totals">
      {names.map((name) => (
        <div key={name}>
          <dt>{t(words.totals[name])}</dt>
          <dd className={name === 'refused' && (known.totals.refused ?? 0) > 0 ? 'overdue' : undefined}>{known.totals[name] ?? 0}</dd>
        </div>
      ))}
    </dl>
  );
}
