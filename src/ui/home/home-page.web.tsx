import { Link } from '@tanstack/react-router';
import { createElement, Suspense } from 'react';
import type { OperationOutput } from '#kernel/http/operation.ts';
import type { myWorkOperation } from '#kernel/http/workspace-operations.ts';
import { text } from '#kernel/i18n/text.ts';
import { EmptyState, Offline, RowsSkeleton } from '../common/states.web.tsx';
import { NoAnswerError } from '#kernel/http/client.ts';
import { ErrorBoundary } from '../common/error-boundary.web.tsx';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { PageHeader } from '../common/page-header.web.tsx';
import { StateChip } from '../common/state-chip.web.tsx';
import { DateText } from '../common/values.web.tsx';
import { daysBetween } from '../format.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { useToday } from '../document/today.web.ts';
import { useNow } from '../now.web.ts';
import { definitionOf, documentPath, getProduct } from '../product.web.ts';
import { recentOf } from '../recent.web.ts';
import { useCan, useSession } from '../session.web.ts';
import { useMyWork } from '../shell/header.web.tsx';
import { useStore } from '../store.web.ts';
import { waitingItems } from './waiting.ts';

type MyWorkSection = OperationOutput<typeof myWorkOperation>['sections'][number];
type MyWorkItem = MyWorkSection['items'][number];

const words = {
  title: text('我的工作', 'My work'),
  morning: text('{name}，上午好', 'Good morning, {name}'),
  afternoon: text('{name}，下午好', 'Good afternoon, {name}'),
  evening: text('{name}，晚上好', 'Good evening, {name}'),
  waits: text('{count} 项等待处理', '{count} waiting'),
  late: text('{count} 项已逾期', '{count} late'),
  clear: text('没有等待您处理的事项', 'Nothing waits for you'),
  clearHint: text('新的审批、任务和提醒会立即出现在这里。', 'New approvals, tasks and mentions appear here at once.'),
  recent: text('最近打开', 'Recently opened'),
  recentNone: text('打开过的单据会列在这里', 'Documents you open are listed here'),
};

const isLate = (item: MyWorkItem, today: string): boolean => item.due !== null && daysBetween(item.due, today) > 0;

function WorkRow({ item, today }: { item: MyWorkItem; today: string }) {
  const { t } = useLocale();
  const definition = definitionOf(item.kind);
  const path = item.path ?? documentPath(item.kind, item.id);
  const content = (
    <>
      <span className="work-words">
        <span className="work-title">{t(item.title)}</span>
        <span className="work-under">
          {definition && <span>{t(definition.label)}</span>}
          {item.number && <span className="number">{item.number}</span>}
          {item.action && <span>{t(item.action)}</span>}
        </span>
      </span>
      <span className={isLate(item, today) ? 'work-due is-late' : 'work-due'}>
        {item.due && <DateText day={item.due} lateAfter={today} />}
      </span>
      <span>{definition && item.state && <StateChip definition={definition} state={item.state} />}</span>
    </>
  );
  return path ? (
    <Link to={path} className="work-item">
      {content}
    </Link>
  ) : (
    <div className="work-item">{content}</div>
  );
}

function WorkSection({ section, today }: { section: MyWorkSection; today: string }) {
  const { t } = useLocale();
  const hasLate = section.items.some((item) => isLate(item, today));
  return (
    <section className="card" aria-labelledby={`work-${section.name}`}>
      <div className="card-head">
        <h2 id={`work-${section.name}`}>{t(section.label)}</h2>
        <span className={`work-count ${hasLate ? 'is-late' : 'is-waiting'}`}>{section.items.length}</span>
      </div>
      <ul className="work-list">
        {section.items.map((item) => (
          <li key={`${item.id}-${item.action?.en ?? ''}`}>
            <WorkRow item={item} today={today} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Work({ today }: { today: string }) {
  const work = useMyWork();
  if (work.isPending)
    return (
      <div className="card">
        <div className="page">
          <RowsSkeleton rows={6} />
        </div>
      </div>
    );
  if (work.error instanceof NoAnswerError) return <Offline onRetry={() => void work.refetch()} />;
  if (work.isError) return <ErrorPanel error={work.error} />;
  const sections = work.data.sections.filter((s) => s.items.length > 0);
  if (sections.length === 0)
    return (
      <div className="card">
        <EmptyState icon="check" title={words.clear} hint={words.clearHint} />
      </div>
    );
  return (
    <>
      {sections.map((section) => (
        <WorkSection key={section.name} section={section} today={today} />
      ))}
    </>
  );
}

function Recent() {
  const { t } = useLocale();
  const { user } = useSession();
  const recent = useStore(recentOf(user.id));
  return (
    <section className="card" aria-labelledby="recent">
      <div className="card-head">
        <h2 id="recent">{t(words.recent)}</h2>
      </div>
      {recent.length === 0 && <p className="card-hint">{t(words.recentNone)}</p>}
      <ul>
        {recent.map((thing) => {
          const path = documentPath(thing.kind, thing.id);
          const definition = definitionOf(thing.kind);
          return (
            path && (
              <li key={thing.id}>
                <Link to={path} className="recent-item">
                  <Icon name={definition?.icon ?? 'file'} size={15} />
                  {thing.number && <span className="found-first">{thing.number}</span>}
                  <span className="found-second">{t(thing.title)}</span>
                </Link>
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

function Widgets() {
  const { t } = useLocale();
  const may = useCan();
  const widgets = getProduct()
    .webModules.flatMap((m) => m.homeWidgets)
    .filter((w) => may(w.permission));
  if (widgets.length === 0) return null;
  return (
    <div className="widgets">
      {widgets.map((widget) => (
        <section key={widget.name} className="card" style={{ gridColumn: `span ${widget.width}` }} aria-label={t(widget.label)}>
          <div className="card-head">
            <h2>{t(widget.label)}</h2>
          </div>
          <ErrorBoundary>
            <Suspense fallback={<RowsSkeleton rows={4} />}>{createElement(widget.component)}</Suspense>
          </ErrorBoundary>
        </section>
      ))}
    </div>
  );
}

function Greeting({ today }: { today: string }) {
  const { t } = useLocale();
  const { user } = useSession();
  const items = waitingItems(useMyWork().data?.sections ?? []);
  const late = items.filter((item) => isLate(item, today)).length;
  const hour = new Date(useNow()).getHours();
  const greeting = hour < 12 ? words.morning : hour < 18 ? words.afternoon : words.evening;
  return (
    <PageHeader
      title={t(greeting, { name: user.name })}
      tabTitle={t(words.title)}
      facts={
        items.length > 0 && (
          <>
            <span>{t(words.waits, { count: items.length })}</span>
            {late > 0 && <span className="overdue">{t(words.late, { count: late })}</span>}
          </>
        )
      }
    />
  );
}

/** My work: what waits for me, what is late, what will lapse; then the few charts of my role. */
export function HomePage() {
  const today = useToday();
  return (
    <div className="page">
      <Greeting today={today} />
      <div className="home">
        <div className="home-column">
          <Work today={today} />
        </div>
        <div className="home-column">
          <Widgets />
          <Recent />
        </div>
      </div>
    </div>
  );
}
