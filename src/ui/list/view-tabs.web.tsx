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
};

interface ViewTabsProps {
  readonly views: readonly SavedView[];
  /** Name of the view that is open; empty for all. */
  readonly current: string;
  readonly isChanged: boolean;
  readonly onOpen: (name: string) => void;
  readonly onSave: (name: string) => void;
  readonly onRemove: (name: string) => void;
}

/** Saved views as tabs; a dot says that what is shown differs from what was saved. */
export function ViewTabs({ views, current, isChanged, onOpen, onSave, onRemove }: ViewTabsProps) {
  const { t } = useLocale();
  return (
    <div className="lp-views">
      <nav aria-label={t(words.views)}>
        <button type="button" className="lp-view" aria-current={current === '' ? 'true' : undefined} onClick={() => onOpen('')}>{t(words.all)}</button>
        {views.map((view) => (
          <span key={view.name} className="lp-view-item">
            <button type="button" className="lp-view" aria-current={view.name === current ? 'true' : undefined} onClick={() => onOpen(view.name)}>
              {view.name}{view.name === current && isChanged && <span className="lp-dot" aria-label="*" role="img" />}
            </button>
            {view.name === current && (
              <button type="button" className="lp-chip-close" aria-label={t(words.remove, { name: view.name })} onClick={() => onRemove(view.name)}>
                <Icon name="close" size={12} />
              </button>
            )}
          </span>
        ))}
      </nav>
      {current !== '' && isChanged && <button type="button" className="lp-tool" onClick={() => onSave(current)}>{t(words.update, { name: current })}</button>}
      {isChanged && <SaveView onSave={onSave} />}
    </div>
  );
}

function SaveView({ onSave }: { onSave: (name: string) => void }) {
  const { t } = useLocale();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = () => {
    if (name.trim() === '') return;
    onSave(name.trim());
    setName('');
    setOpen(false);
  };
  return (
    <Popover trigger="click" open={isOpen} onOpenChange={setOpen} placement="bottomLeft" content={
      <form className="lp-editor" onSubmit={(e) => {
        e.preventDefault();
        save();
      }}>
        <Input autoFocus maxLength={40} value={name} placeholder={t(words.name)} aria-label={t(words.name)} onChange={(e) => setName(e.target.value)} />
        <p className="field-hint">{t(words.hint)}</p>
        <button type="submit" className="button button-primary" disabled={name.trim() === ''}>{t(words.confirm)}</button>
      </form>
    }>
      <button type="button" className="lp-tool">{t(words.save)}</button>
    </Popover>
  );
}
