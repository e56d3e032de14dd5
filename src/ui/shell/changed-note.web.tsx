import { text } from '#kernel/i18n/text.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { definitionOf } from '../product.web.ts';
import { useChangeByOther } from './live.web.ts';

const words = {
  acted: text('{name} 刚刚执行了“{action}”，页面已更新。', '{name} has just done “{action}”; the page is up to date.'),
  changed: text('{name} 刚刚修改了这里，页面已更新。', '{name} has just changed this; the page is up to date.'),
  somebody: text('有人', 'Somebody'),
  close: text('知道了', 'Got it'),
};

/** Says who changed what is open on this page, so that nobody wonders why it looks different. */
export function ChangedNote({ id }: { id: string | null }) {
  const { t } = useLocale();
  const { change, forget } = useChangeByOther(id);
  const action = change?.action ? definitionOf(change.kind)?.actions[change.action]?.label : undefined;
  const name = change?.actorName ?? t(words.somebody);
  return (
    <div role="status">
      {change && (
        <p className="changed-note">
          <Icon name="info" size={16} />
          {action ? t(words.acted, { name, action }) : t(words.changed, { name })}
          <button type="button" className="link-button" onClick={forget}>
            {t(words.close)}
          </button>
        </p>
      )}
    </div>
  );
}
