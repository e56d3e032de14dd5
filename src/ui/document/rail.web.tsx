import { createElement, lazy, Suspense, useState, type ComponentType } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { ErrorBoundary } from '../common/error-boundary.web.tsx';
import { RowsSkeleton } from '../common/states.web.tsx';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { getProduct } from '../product.web.ts';
import { makePreference, useStore } from '../store.web.ts';
import { Timeline } from './timeline.web.tsx';
import { Versions } from './versions.web.tsx';

type PanelProps = { readonly kind: string; readonly id: string };
const panel = (name: 'FilesPanel' | 'CommentsPanel' | 'RelatedPanel') => {
  const found = Object.values(import.meta.glob<Record<string, ComponentType<PanelProps>>>('../../modules/documents/rail.web.tsx'))[0];
  return found && lazy(async () => ({ default: (await found())[name]! }));
};
const FilesPanel = panel('FilesPanel');
const CommentsPanel = panel('CommentsPanel');
const RelatedPanel = panel('RelatedPanel');

const words = {
  rail: text('单据信息', 'About this document'),
  timeline: text('时间线', 'Timeline'),
  files: text('文件', 'Files'),
  comments: text('评论', 'Comments'),
  related: text('关联', 'Related'),
  versions: text('版本', 'Versions'),
  hide: text('收起侧栏', 'Hide the side rail'),
  show: text('展开侧栏', 'Show the side rail'),
};

const railPreference = makePreference<'open' | 'closed'>('rail', 'open');

interface RailProps {
  readonly definition: AnyDefinition;
  readonly answer: DocumentAnswer;
  readonly id: string;
  readonly name: string;
  readonly today: string;
}

interface Tab {
  readonly name: string;
  readonly label: LocalText;
  readonly draw: () => React.ReactNode;
}

/** Beside the document: what happened, what belongs to it, what others say. */
export function Rail(props: RailProps) {
  const { t } = useLocale();
  const isOpen = useStore(railPreference) === 'open';
  const tabs = tabsOf(props);
  const [chosen, setChosen] = useState(tabs[0]?.name);
  const tab = tabs.find((one) => one.name === chosen) ?? tabs[0];
  const toggle = () => railPreference.set(isOpen ? 'closed' : 'open');
  if (!isOpen || !tab) {
    return (
      <button type="button" className="rail-closed" aria-label={t(words.show)} title={t(words.show)} onClick={toggle}>
        <Icon name="history" size={17} />
      </button>
    );
  }
  return (
    <aside className="rail" aria-label={t(words.rail)}>
      <div className="rail-tabs">
        <div role="tablist" aria-label={t(words.rail)}>
          {tabs.map((one) => (
            <button
              key={one.name}
              type="button"
              role="tab"
              id={`rail-${one.name}`}
              aria-selected={one === tab}
              aria-controls="rail-panel"
              tabIndex={one === tab ? 0 : -1}
              onClick={() => setChosen(one.name)}
              onKeyDown={(e) => {
                const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
                const next = step && tabs[(tabs.indexOf(one) + step + tabs.length) % tabs.length];
                if (next) {
                  setChosen(next.name);
                  document.getElementById(`rail-${next.name}`)?.focus();
                }
              }}
            >
              {t(one.label)}
            </button>
          ))}
        </div>
        <button type="button" className="rail-hide" aria-label={t(words.hide)} title={t(words.hide)} onClick={toggle}>
          <Icon name="right" size={15} />
        </button>
      </div>
      <div role="tabpanel" id="rail-panel" aria-labelledby={`rail-${tab.name}`} className="rail-panel" tabIndex={0}>
        <ErrorBoundary resetKey={tab.name}>
          <Suspense fallback={<RowsSkeleton rows={4} />}>{tab.draw()}</Suspense>
        </ErrorBoundary>
      </div>
    </aside>
  );
}

function tabsOf({ definition, answer, id, name, today }: RailProps): readonly Tab[] {
  const place = { kind: definition.kind, id };
  const shared: (readonly [string, LocalText, ComponentType<PanelProps> | undefined])[] = [
    ['files', words.files, FilesPanel],
    ['comments', words.comments, CommentsPanel],
    ['related', words.related, RelatedPanel],
  ];
  const own = getProduct()
    .webModules.flatMap((m) => m.documentPanels)
    .filter((p) => p.kind === definition.kind);
  return [
    { name: 'timeline', label: words.timeline, draw: () => <Timeline definition={definition} id={id} /> },
    ...(definition.nature === 'record'
      ? [{ name: 'versions', label: words.versions, draw: () => <Versions definition={definition} id={id} name={name} today={today} /> }]
      : []),
    ...shared.flatMap(([key, label, Panel]) => (Panel ? [{ name: key, label, draw: () => <Panel {...place} /> }] : [])),
    ...own.map((p, i) => ({ name: `own-${i}`, label: p.label, draw: () => createElement(p.component, { definition, answer }) })),
  ];
}
