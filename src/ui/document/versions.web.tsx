import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useMemo, useState } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { read } from '../client.web.ts';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { RowsSkeleton } from '../common/states.web.tsx';
import { DateText, InstantText } from '../common/values.web.tsx';
import { LineGrid } from '../grid/line-grid.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { fieldsOf, formOf, lineSetsOf } from './form-content.ts';
import { FieldsGrid } from './header-form.web.tsx';

interface Version {
  readonly version: number;
  readonly validFrom: string;
  readonly changedByName: LocalText | string;
  readonly reason: string | null;
  readonly recordedAt: string;
  readonly content: Readonly<Record<string, unknown>>;
}

const words = {
  version: text('第 {version} 版', 'Version {version}'),
  current: text('现行', 'in force'),
  future: text('将生效', 'from a later day'),
  since: text('自 ', 'From '),
  look: text('查看此版', 'Look at it'),
  compare: text('与上一版的差异', 'Differences to the one before'),
  title: text('{name} · 第 {version} 版', '{name} · version {version}'),
  marked: text('标出的字段与上一版不同', 'Marked fields differ from the version before'),
  first: text('这是第一版', 'This is the first version'),
};

/** Every dated version of a record: who changed what from when and why, and how it looked then. */
export function Versions({ definition, id, name, today }: { definition: AnyDefinition; id: string; name: string; today: string }) {
  const { t } = useLocale();
  const [shown, setShown] = useState<number | null>(null);
  const { data, error, isPending } = useQuery({
    queryKey: ['versions', definition.kind, id],
    queryFn: () => read<readonly Version[]>(`/${definition.module}/${definition.plural}/${id}/versions`),
  });
  if (isPending) return <RowsSkeleton rows={3} />;
  if (error) return <ErrorPanel error={error} />;
  const inForce = [...data]
    .filter((v) => v.validFrom <= today)
    .sort((a, b) => b.validFrom.localeCompare(a.validFrom) || b.version - a.version)[0];
  const at = data.findIndex((v) => v.version === shown);
  const open = data[at];
  return (
    <>
      <ol className="tl">
        {data.map((v) => (
          <li key={v.version} className="tl-event">
            <p className="tl-head">
              <strong>{t(words.version, { version: v.version })}</strong>
              {v === inForce && <span className="chip chip-good">{t(words.current)}</span>}
              {v.validFrom > today && <span className="chip chip-waiting">{t(words.future)}</span>}
            </p>
            <p className="tl-when">
              {t(words.since)}
              <DateText day={v.validFrom} /> · {typeof v.changedByName === 'string' ? v.changedByName : t(v.changedByName)} ·{' '}
              <InstantText at={v.recordedAt} />
            </p>
            {v.reason && <p className="tl-reason">{v.reason}</p>}
            <button type="button" className="link-button" onClick={() => setShown(v.version)}>
              {t(words.look)}
            </button>
          </li>
        ))}
      </ol>
      {open && (
        <VersionDrawer
          definition={definition}
          version={open}
          before={data[at + 1]}
          name={name}
          today={today}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
}

interface DrawerProps {
  readonly definition: AnyDefinition;
  readonly version: Version;
  readonly before: Version | undefined;
  readonly name: string;
  readonly today: string;
  readonly onClose: () => void;
}

function VersionDrawer({ definition, version, before, name, today, onClose }: DrawerProps) {
  const { t } = useLocale();
  const form = useMemo(() => formOf(definition, version.content), [definition, version]);
  const marked = useMemo(
    () =>
      new Set(
        before
          ? fieldsOf(definition)
              .map(([n]) => n)
              .filter((n) => JSON.stringify(version.content[n] ?? null) !== JSON.stringify(before.content[n] ?? null))
          : [],
      ),
    [definition, version, before],
  );
  return (
    <Drawer open onClose={onClose} size={820} title={t(words.title, { name, version: version.version })}>
      <p className="field-hint dp-version-hint">{t(before ? words.marked : words.first)}</p>
      <FieldsGrid
        fields={fieldsOf(definition)}
        values={form.header}
        errors={{}}
        isEditing={false}
        entityId={null}
        today={today}
        onChange={() => undefined}
        marked={marked}
      />
      {lineSetsOf(definition).map(([setName, set]) => (
        <section key={setName} className="dp-part">
          <h3>{t(set.label)}</h3>
          <LineGrid set={set} rows={form.lines[setName] ?? []} isReadOnly today={today} />
        </section>
      ))}
    </Drawer>
  );
}
