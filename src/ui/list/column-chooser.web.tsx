import { Popover } from 'antd';
import { text } from '#kernel/i18n/text.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import type { ListColumn } from './list-columns.ts';

const words = {
  columns: text('列', 'Columns'),
  shown: text('显示的列', 'Shown'),
  hidden: text('其他列', 'More'),
  up: text('上移“{label}”', 'Move {label} up'),
  down: text('下移“{label}”', 'Move {label} down'),
  reset: text('恢复默认', 'Back to the default'),
};

interface ChooserProps {
  readonly all: readonly ListColumn[];
  readonly shown: readonly ListColumn[];
  readonly onChange: (names: readonly string[]) => void;
  readonly onReset: () => void;
}

/** Which columns, in which order: by mouse and by keyboard alike. */
export function ColumnChooser(props: ChooserProps) {
  const { t } = useLocale();
  return (
    <Popover trigger="click" placement="bottomRight" destroyOnHidden content={<ChooserList {...props} />}>
      <button type="button" className="lp-tool">
        <Icon name="columns" size={15} />
        {t(words.columns)}
      </button>
    </Popover>
  );
}

function ChooserList({ all, shown, onChange, onReset }: ChooserProps) {
  const { t } = useLocale();
  const names = shown.map((c) => c.name);
  const move = (index: number, step: number) => {
    const next = [...names];
    const [name] = next.splice(index, 1);
    if (name !== undefined) next.splice(index + step, 0, name);
    onChange(next);
  };
  return (
    <div className="lp-chooser">
      <p className="lp-editor-title">{t(words.shown)}</p>
      <ol>
        {shown.map((column, i) => (
          <li key={column.name}>
            <label className="lp-option">
              <input
                type="checkbox"
                checked
                disabled={shown.length === 1}
                onChange={() => onChange(names.filter((n) => n !== column.name))}
              />
              {t(column.label)}
            </label>
            <button type="button" aria-label={t(words.up, { label: column.label })} disabled={i === 0} onClick={() => move(i, -1)}>
              ↑
            </button>
            <button
              type="button"
              aria-label={t(words.down, { label: column.label })}
              disabled={i === shown.length - 1}
              onClick={() => move(i, 1)}
            >
              ↓
            </button>
          </li>
        ))}
      </ol>
      <p className="lp-editor-title">{t(words.hidden)}</p>
      <ul>
        {all
          .filter((c) => !names.includes(c.name))
          .map((column) => (
            <li key={column.name}>
              <label className="lp-option">
                <input type="checkbox" checked={false} onChange={() => onChange([...names, column.name])} />
                {t(column.label)}
              </label>
            </li>
          ))}
      </ul>
      <button type="button" className="lp-clear" onClick={onReset}>
        {t(words.reset)}
      </button>
    </div>
  );
}
