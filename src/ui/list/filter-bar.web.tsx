import { Dropdown, Popover } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { FilterItem } from '#kernel/http/wire.ts';
import { text, type Locale } from '#kernel/i18n/text.ts';
import { fieldWords } from '../document/field-words.web.ts';
import { useTitles, useWantedTitles, type Titles } from '../document/titles.web.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { addDays } from './date-presets.ts';
import { FilterEditor } from './filter-editor.web.tsx';
import { endsOf, isEmptyFilter, newFilter, operatorWords } from './filter-words.ts';
import { listColumns, type ListColumn } from './list-columns.ts';
import { withFilter, withoutFilter, type ListState } from './list-state.ts';

const words = {
  search: text('在列表中查找编号、名称…', 'Find a number or name in this list…'),
  add: text('筛选', 'Filter'),
  remove: text('移除筛选“{label}”', 'Remove the filter {label}'),
  clear: text('全部清除', 'Clear all'),
  unset: text('未设置', 'not set'),
  states: text('按状态筛选', 'Filter by state'),
};

interface FilterBarProps {
  readonly definition: AnyDefinition;
  readonly state: ListState;
  readonly today: string;
  readonly onChange: (state: ListState) => void;
}

/** Quick search, states, and every filter as a chip that opens to be changed. */
export function FilterBar({ definition, state, today, onChange }: FilterBarProps) {
  const { t } = useLocale();
  const [open, setOpen] = useState<string | null>(null);
  const columns = listColumns(definition);
  const others = columns.filter((c) => c.name !== 'state' || !isStateQuick(state));
  const add = (name: string) => {
    const column = columns.find((c) => c.name === name);
    if (!column) return;
    if (!state.filters.some((f) => f.field === name)) onChange(withFilter(state, newFilter(name, column.kind)));
    setOpen(name);
  };
  return (
    <div className="lp-filters">
      <QuickSearch value={state.q} onChange={(q) => onChange({ ...state, q })} />
      <StateQuick definition={definition} state={state} onChange={onChange} />
      {state.filters
        .filter((f) => f.field !== 'state' || !isStateQuick(state))
        .map((item) => {
          const column = columns.find((c) => c.name === item.field);
          return (
            column && (
              <FilterChip
                key={item.field}
                column={column}
                item={item}
                today={today}
                isOpen={open === item.field}
                onOpen={(isOpen) => {
                  setOpen(isOpen ? item.field : null);
                  if (!isOpen && isEmptyFilter(item)) onChange(withoutFilter(state, item.field));
                }}
                onChange={(next) => onChange(withFilter(state, next))}
                onRemove={() => onChange(withoutFilter(state, item.field))}
              />
            )
          );
        })}
      <Dropdown
        trigger={['click']}
        menu={{
          items: others.map((c) => ({ key: c.name, label: t(c.label) })),
          onClick: ({ key }) => add(key),
          style: { maxHeight: 360, overflow: 'auto' },
        }}
      >
        <button type="button" className="lp-add">
          <Icon name="plus" size={14} />
          {t(words.add)}
        </button>
      </Dropdown>
      {(state.filters.length > 0 || state.q !== '') && (
        <button type="button" className="lp-clear" onClick={() => onChange({ ...state, q: '', filters: [] })}>
          {t(words.clear)}
        </button>
      )}
    </div>
  );
}

const searchPauseMs = 250;

function QuickSearch({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useLocale();
  const [typed, setTyped] = useState(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => latest.current(typed), searchPauseMs);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <span className="lp-search">
      <Icon name="search" size={15} />
      <input
        type="search"
        value={typed}
        placeholder={t(words.search)}
        aria-label={t(words.search)}
        onChange={(e) => setTyped(e.target.value)}
        onKeyDown={(e) => e.key === 'Enter' && latest.current(typed)}
      />
    </span>
  );
}

/** The state filter is shown as quick buttons as long as it is a plain choice of states. */
const isStateQuick = (state: ListState): boolean => {
  const item = state.filters.find((f) => f.field === 'state');
  return item === undefined || item.op === 'in';
};

const quickStatesMax = 7;

function StateQuick({ definition, state, onChange }: Pick<FilterBarProps, 'definition' | 'state' | 'onChange'>) {
  const { t } = useLocale();
  const states = Object.entries(definition.states);
  if (states.length > quickStatesMax || !isStateQuick(state)) return null;
  const item = state.filters.find((f) => f.field === 'state');
  const chosen = Array.isArray(item?.value) ? item.value.map(String) : [];
  const toggle = (name: string) => {
    const next = chosen.includes(name) ? chosen.filter((s) => s !== name) : [...chosen, name];
    onChange(next.length ? withFilter(state, { field: 'state', op: 'in', value: next }) : withoutFilter(state, 'state'));
  };
  return (
    <div className="lp-states" role="group" aria-label={t(words.states)}>
      {states.map(([name, s]) => (
        <button
          key={name}
          type="button"
          className={`lp-state tone-${s.tone}`}
          aria-pressed={chosen.includes(name)}
          onClick={() => toggle(name)}
        >
          {t(s.label)}
        </button>
      ))}
    </div>
  );
}

interface ChipProps {
  readonly column: ListColumn;
  readonly item: FilterItem;
  readonly today: string;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onChange: (item: FilterItem) => void;
  readonly onRemove: () => void;
}

function FilterChip({ column, item, today, isOpen, onOpen, onChange, onRemove }: ChipProps) {
  const { t, locale } = useLocale();
  const titles = useTitles();
  useWantedTitles(column.target, Array.isArray(item.value) ? item.value : []);
  const said = isEmptyFilter(item) ? t(words.unset) : filterValueWords(column, item, locale, titles);
  return (
    <span className="lp-chip">
      <Popover
        open={isOpen}
        onOpenChange={onOpen}
        trigger="click"
        placement="bottomLeft"
        destroyOnHidden
        content={<FilterEditor column={column} item={item} today={today} onChange={onChange} />}
      >
        <button type="button" className="lp-chip-words">
          <span className="lp-chip-field">{t(column.label)}</span> {t(operatorWords(item))} {said}
        </button>
      </Popover>
      <button type="button" className="lp-chip-close" aria-label={t(words.remove, { label: column.label })} onClick={onRemove}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}

/** The value of a filter as words. */
function filterValueWords(column: ListColumn, item: FilterItem, locale: Locale, titles: Titles): string {
  if (item.op === 'isNull' || item.op === 'isNotNull') return '';
  if (item.op === 'between' || item.op === 'gte' || item.op === 'lte') {
    const { from, to } = endsOf(item);
    const kind = column.kind === 'instant' ? 'date' : column.kind;
    const end = column.kind === 'instant' && to ? addDays(to.slice(0, 10), -1) : to;
    return [from.slice(0, kind === 'date' ? 10 : undefined), end]
      .filter(Boolean)
      .map((v) => fieldWords({ ...column, kind }, v, locale, titles))
      .join(' – ');
  }
  const values = Array.isArray(item.value) ? item.value : [item.value];
  return values.map((v) => fieldWords(column, v, locale, titles)).join(locale === 'zh-CN' ? '、' : ', ');
}
