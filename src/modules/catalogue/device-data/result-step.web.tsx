import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useLocale } from '#ui/locale.web.tsx';
import { listPath } from '#ui/product.web.ts';
import { DeviceItems } from './device-items.web.tsx';
import type { DeviceImportWire } from './operations.ts';
import { Totals } from './totals.web.tsx';
import { words } from './words.ts';

/** What became of every record. */
export function ResultStep({ known, onAnother }: { known: DeviceImportWire; onAnother: () => void }) {
  const { t } = useLocale();
  const list = listPath('product');
  return (
    <>
      <h2 role="status">{t(known.state === 'done' ? words.done : words.failed)}</h2>
      <Totals known={known} names={['records', 'done', 'unchanged', 'refused', 'toComplete']} />
      <div className="device-choices">
        <Button onClick={onAnother}>{t(words.another)}</Button>
        {list && (
          <Link to={list} className="button">
            {t(words.products)}
          </Link>
        )}
      </div>
      {known.total > 0 && <DeviceItems known={known} />}
    </>
  );
}
