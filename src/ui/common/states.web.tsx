import type { ReactNode } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';

interface BlankProps {
  readonly icon: string;
  readonly title: LocalText;
  readonly hint?: LocalText | undefined;
  /** What to do next: a button or link. */
  readonly action?: ReactNode;
  readonly isPage?: boolean;
}

function Blank({ icon, title, hint, action, isPage = false }: BlankProps) {
  const { t } = useLocale();
  return (
    <div className={isPage ? 'blank blank-page' : 'blank'}>
      <span className="blank-icon">
        <Icon name={icon} size={26} />
      </span>
      {isPage ? <h1 className="blank-title">{t(title)}</h1> : <p className="blank-title">{t(title)}</p>}
      {hint && <p className="blank-hint">{t(hint)}</p>}
      {action && <div className="blank-action">{action}</div>}
    </div>
  );
}

/** Nothing here yet, and what to do next. */
export const EmptyState = ({ title, hint, action, icon = 'file' }: Omit<BlankProps, 'icon' | 'isPage'> & { icon?: string }) => (
  <Blank icon={icon} title={title} hint={hint} action={action} />
);

export const NotFound = ({ action }: { action?: ReactNode }) => (
  <Blank
    isPage
    icon="search"
    title={text('找不到这个页面或单据', 'This page or document does not exist')}
    action={action}
    hint={text('地址可能有误，或者它不在您可以查看的公司里。', 'The address may be wrong, or it belongs to a company you cannot see.')}
  />
);

export const NoPermission = ({ permission, action }: { permission?: string | undefined; action?: ReactNode }) => (
  <Blank
    isPage
    icon="lock"
    title={text('您没有查看这里的权限', 'You may not see this')}
    action={action}
    hint={
      permission
        ? text(
            `需要权限“${permission}”，请向权限管理员申请。`,
            `It needs the permission “${permission}”; ask your permission administrator.`,
          )
        : text('请向权限管理员申请。', 'Ask your permission administrator.')
    }
  />
);

export const Offline = ({ onRetry }: { onRetry?: () => void }) => {
  const { t } = useLocale();
  return (
    <Blank
      icon="offline"
      title={text('连不上服务器', 'The server cannot be reached')}
      hint={text(
        '已输入的内容保存在这台设备上，恢复连接后继续。',
        'What you typed is kept on this device; go on when the connection is back.',
      )}
      action={
        onRetry && (
          <button type="button" className="button" onClick={onRetry}>
            {t(text('重试', 'Try again'))}
          </button>
        )
      }
    />
  );
};

/** Rows in the place where rows will be; the page does not jump when they come. */
export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useLocale();
  return (
    <div className="skeleton-rows" role="status" aria-label={t(text('正在加载', 'Loading'))}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="skeleton-row">
          <span style={{ width: `${82 - ((at * 17) % 40)}%` }} />
        </div>
      ))}
    </div>
  );
}

/** A whole page: title, tool row, body. */
export function PageSkeleton() {
  const { t } = useLocale();
  return (
    <div className="page">
      <div className="skeleton-title">
        <h1 className="visually-hidden">{t(text('正在加载', 'Loading'))}</h1>
      </div>
      <RowsSkeleton />
    </div>
  );
}
