import { Input, Popover } from 'antd';
import { useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import type { SavedView } from './list-preferences.web.ts';

const words = {
  views: text('已保存的视图', 'Saved views'),
  all: text('全部', 'All'),
  save: text('保存视图', 'Save view'),
  update: text('更新“{name}”', 'Update “{name}”'),
  name: text('视图名称', 'Name of the view'),
  confirm: text('保存', 'Save'),
  remove: text('删除视图“{name}”', 'Delete the view {name}'),
  hint: text('筛选、排序、列和列宽一起保存。', 'Filters, order, columns and widths are kept together.'),
  share: text('所有同事可见', 'Everybody sees it'),
  shared: text('{owner} 共享的视图', 'Shared by {owner}'),
  changed: text('（有改动）', '(changed)'),
};

interface ViewTabsProps {
  readonly views: readonly SavedView[];
  /** The view that is open; undefined for all. */
  readonly current: SavedView | undefined;
  readonly isChanged: boolean;
  readonly canShare: boolean;
  readonly onOpen: (view: SavedView | undefined) => void;
  readonly onSave: (name: string, isShared: boolean) => void;
  readonly onRemove: (view: SavedView) => void;
}

/** Saved views as tabs; a dot says that what is shown differs from what was saved. */
export function ViewTabs({ views, current, isChanged, canShare, onOpen, onSave, onRemove }: ViewTabsProps) {
  const { t } = useLocale();
  return (
    <div className="lp-views">
      <nav aria-label={t(words.views)}>
        <button
          type="button"
          className="lp-view"
          aria-current={current === undefined ? 'true' : undefined}
          onClick={() => onOpen(undefined)}
        >
          {t(words.all)}
        </button>
        {views.map((view) => (
          <span key={view.id} className="lp-view-item">
            <button
              type="button"
              className="lp-view"
              aria-current={view === current ? 'true' : undefined}
              onClick={() => onOpen(view)}
              title={view.isShared && !view.isMine ? t(words.shared, { owner: view.owner }) : undefined}
            >
              {view.name}
              {view === current && isChanged && (
                <>
                  <span className="lp-dot" aria-hidden="true" />
                  <span className="visually-hidden">{t(words.changed)}</span>
                </>
              )}
            </button>
            {view === current && view.isMine && (
              <button
                type="button"
                className="lp-chip-close"
                aria-label={t(words.remove, { name: view.name })}
                onClick={() => onRemove(view)}
              >
                <Icon name="close" size={12} />
              </button>
            )}
          </span>
        ))}
      </nav>
      {current?.isMine && isChanged && (
        <button type="button" className="lp-tool" onClick={() => onSave(current.name, current.isShared)}>
          {t(words.update, { name: current.name })}
        </button>
      )}
      {isChanged && <SaveView canShare={canShare} onSave={onSave} />}
    </div>
  );
}

function SaveView({ canShare, onSave }: Pick<ViewTabsProps, 'canShare' | 'onSave'>) {
  const { t } = useLocale();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const save = () => {
    if (name.trim() === '') return;
    onSave(name.trim(), isShared);
    setName('');
    setOpen(false);
  };
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setOpen}
      placement="bottomLeft"
      content={
        <form
          className="lp-editor"
          onSubmit={(e) => {
            e.preventDefault();
            save();
          }}
        >
          <Input
            autoFocus
            maxLength={60}
            value={name}
            placeholder={t(words.name)}
            aria-label={t(words.name)}
            onChange={(e) => setName(e.target.value)}
          />
          {canShare && (
            <label className="lp-option">
              <input type="checkbox" checked={isShared} onChange={(e) => setShared(e.target.checked)} />
              {t(words.share)}
            </label>
          )}
          <p className="field-hint">{t(words.hint)}</p>
          <button type="submit" className="button button-primary" disabled={name.trim() === ''}>
            {t(words.confirm)}
          </button>
        </form>
      }
    >
      <button type="button" className="lp-tool">
        {t(words.save)}
      </button>
    </Popover>
  );
}
