import { Link } from '@tanstack/react-router';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import type { StateTone } from '#kernel/document/definition.ts';
import type { LocalText } from '#kernel/i18n/text.ts';
import { call, newKey } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import { deviceImportItems, deviceImportMatch, type DeviceImportWire, type DeviceItemWire } from './operations.ts';
import { words } from './words.ts';

type Show = keyof typeof words.shows;

interface DeviceItemsProps {
  readonly known: DeviceImportWire;
  readonly canMatch?: boolean;
  readonly onChanged?: (answer: DeviceImportWire) => void;
}

/** Every record with what it would change, filtered and page by page. */
export function DeviceItems({ known, canMatch = false, onChanged }: DeviceItemsProps) {
  const { t } = useLocale();
  const [show, setShow] = useState<Show>((known.totals.toChange ?? 0) > 0 ? 'changes' : 'all');
  const [q, setQ] = useState('');
  const pages = useInfiniteQuery({
    queryKey: ['device-items', known.id, known.updatedAt, show, q],
    queryFn: ({ pageParam }) => call(deviceImportItems, { params: { importId: known.id }, query: { show, q, after: String(pageParam) } }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const items = pages.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <section className="card">
      <div className="device-choices">
        <Radio.Group
          value={show}
          aria-label={t(words.show)}
          optionType="button"
          onChange={(e) => setShow(e.target.value as Show)}
          options={(Object.keys(words.shows) as Show[]).map((s) => ({ value: s, label: t(words.shows[s]) }))}
        />
        <Input.Search
          allowClear
          style={{ width: 260 }}
          placeholder={t(words.search)}
          aria-label={t(words.search)}
          onSearch={(v) => setQ(v.trim())}
        />
      </div>
      {pages.error && <ErrorPanel error={pages.error} />}
      {pages.isPending && !pages.error && <RowsSkeleton rows={4} />}
      {pages.isSuccess && items.length === 0 && <EmptyState icon="table" title={words.nothing} hint={words.nothingHint} />}
      {items.length > 0 && (
        <div className="device-scroll">
          <table className="device-table">
            <thead>
              <tr>
                {[words.record, words.outcome, words.field, words.old, words.now].map((w) => (
                  <th key={w.en} scope="col">
                    {t(w)}
                  </th>
                ))}
              </tr>
            </thead>
            {items.map((item) => (
              <ItemRows key={item.item} known={known} item={item} canMatch={canMatch} onChanged={onChanged} />
            ))}
          </table>
        </div>
      )}
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t(words.more)}
        </Button>
      )}
    </section>
  );
}

const tones: Readonly<Record<DeviceItemWire['state'], StateTone>> = {
  staged: 'draft',
  ready: 'waiting',
  refused: 'refused',
  unchanged: 'draft',
  done: 'good',
};

interface ItemProps {
  readonly known: DeviceImportWire;
  readonly item: DeviceItemWire;
  readonly canMatch: boolean;
  readonly onChanged: ((answer: DeviceImportWire) => void) | undefined;
}

function ItemRows({ known, item, canMatch, onChanged }: ItemProps) {
  const { t } = useLocale();
  const rows = Math.max(1, item.changes.length);
  const said = (value: LocalText | null) => (value === null ? <span className="secondary">{t(words.empty)}</span> : t(value));
  return (
    <tbody>
      {Array.from({ length: rows }, (_, i) => {
        const change = item.changes[i];
        return (
          <tr key={i}>
            {i === 0 && (
              <>
                <td rowSpan={rows}>
                  <span className="number">{item.di ?? `#${item.row}`}</span>
                  <p>{item.label}</p>
                </td>
                <td rowSpan={rows}>
                  <Outcome item={item} />
                  {canMatch && onChanged && <Match known={known} item={item} onChanged={onChanged} />}
                </td>
              </>
            )}
            {change ? (
              <>
                <td>{[change.lines && `${t(change.lines)} ${change.line ?? ''}`, t(change.label)].filter(Boolean).join(' · ')}</td>
                <td className="old">{said(change.old)}</td>
                <td className="new">{said(change.new)}</td>
              </>
            ) : (
              <td colSpan={3} className="secondary">
                —
              </td>
            )}
          </tr>
        );
      })}
    </tbody>
  );
}

function Outcome({ item }: { item: DeviceItemWire }) {
  const { t } = useLocale();
  const path = item.productId && documentPath('product', item.productId);
  return (
    <>
      <Chip tone={tones[item.state]} label={words.states[item.state]} />{' '}
      {item.state !== 'refused' && item.state !== 'unchanged' && <span className="secondary">{t(words.actions[item.action])}</span>}
      {path && (
        <p>
          <Link to={path}>{item.productCode}</Link>
        </p>
      )}
      {item.openPoints.length > 0 && (
        <p className="device-open">{t(words.toComplete, { points: item.openPoints.map((p) => t(p)).join(' / ') })}</p>
      )}
      {item.isWithdrawn && <p className="overdue">{t(words.withdrawn)}</p>}
      {item.errors.map((e) => (
        <p key={`${e.code}-${t(e.text)}`}>
          {t(e.text)} <span className="secondary">{t(e.wayOut)}</span>
        </p>
      ))}
    </>
  );
}

/** Names the product of a record by its code; the whole file is compared again then. */
function Match({
  known,
  item,
  onChanged,
}: {
  known: DeviceImportWire;
  item: DeviceItemWire;
  onChanged: (answer: DeviceImportWire) => void;
}) {
  const { t } = useLocale();
  const [code, setCode] = useState<string | null>(null);
  const match = useMutation({
    mutationFn: (productCode: string) =>
      call(
        deviceImportMatch,
        { params: { importId: known.id, item: String(item.item) }, body: { productCode: productCode || null } },
        { key: newKey() },
      ),
    onSuccess: onChanged,
  });
  if (code === null) {
    return (
      <button type="button" className="link-button" onClick={() => setCode(item.productCode ?? '')}>
        {t(words.match)}
      </button>
    );
  }
  return (
    <>
      <Input.Search
        autoFocus
        size="small"
        value={code}
        style={{ maxWidth: 240 }}
        loading={match.isPending}
        enterButton={t(words.matchSave)}
        aria-label={t(words.match)}
        placeholder={t(words.matchHint)}
        onChange={(e) => setCode(e.target.value)}
        onSearch={(value) => match.mutate(value.trim())}
      />
      {match.error && <ErrorPanel error={match.error} />}
    </>
  );
}
