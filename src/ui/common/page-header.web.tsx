import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import type { LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';

export interface Crumb {
  readonly label: LocalText | string;
  readonly to?: string | undefined;
}

interface PageHeaderProps {
  readonly title: ReactNode;
  /** The words of the browser tab; needed where `title` is not a plain string. */
  readonly tabTitle?: string;
  /** Number, state chip and other small facts beside the title. */
  readonly beside?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  /** Secondary things first, the one primary action last. */
  readonly actions?: ReactNode;
  /** Second line: key facts. */
  readonly facts?: ReactNode;
}

/** Title, where one is, what can be done: the same place on every page. */
export function PageHeader({ title, tabTitle, beside, crumbs, actions, facts }: PageHeaderProps) {
  const { t } = useLocale();
  const tab = tabTitle ?? (typeof title === 'string' ? title : undefined);
  useEffect(() => {
    if (tab) document.title = `${tab} · MedTrade`;
  }, [tab]);
  return (
    <div className="page-header">
      {crumbs && crumbs.length > 0 && <Breadcrumb crumbs={crumbs} />}
      <div className="page-header-row">
        <h1 className="page-title" tabIndex={-1}>
          {title}
        </h1>
        {beside && <div className="page-beside">{beside}</div>}
        {actions && (
          <div className="page-actions" role="group" aria-label={t({ zh: '操作', en: 'Actions' })}>
            {actions}
          </div>
        )}
      </div>
      {facts && <div className="page-facts">{facts}</div>}
    </div>
  );
}

function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { t } = useLocale();
  return (
    <nav className="breadcrumb" aria-label={t({ zh: '当前位置', en: 'Breadcrumb' })}>
      <ol>
        {crumbs.map((crumb, at) => {
          const label = typeof crumb.label === 'string' ? crumb.label : t(crumb.label);
          return <li key={`${at}-${label}`}>{crumb.to ? <Link to={crumb.to}>{label}</Link> : <span>{label}</span>}</li>;
        })}
      </ol>
    </nav>
  );
}
