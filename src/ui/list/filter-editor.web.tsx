import { Select } from 'antd';
import { useEffect, useState } from 'react';
import type { FilterItem } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { DateField } from '../document/date-field.web.tsx';
import { DecimalField } from '../document/decimal-field.web.tsx';
import { refWords } from '../document/field-words.web.ts';
import { searchChoices, useTitles } from '../document/titles.web.ts';
import { useLocale } from '../locale.web.tsx';
import { addDays, datePresets } from './date-presets.ts';
import { endsOf, rangeFilter } from './filter-words.ts';
import type { ListColumn } from './list-columns.ts';

const words = {
  from: text('从', 'From'),
  to: text('至', 'To'),
  contains: text('包含的文字', 'Text it contains'),
  yes: text('是', 'Yes'),
  no: text('否', 'No'),
  empty: text('为空', 'Is empty'),
  pick: text('输入编号或名称', 'Type a code or name'),
  none: text('没有匹配的结果', 'Nothing matches'),
};

interface EditorProps {
  readonly column: ListColumn;
  readonly item: FilterItem;
  readonly today: string;
  readonly onChange: (item: FilterItem) => void;
}

/** Asks for the value of a filter, by the kind of its field. */
export function FilterEditor(props: EditorProps) {
  const { t } = useLocale();
  const { column, item, onChange } = props;
  const isEmptyAsked = item.op === 'isNull';
  return (
    <div className="lp-editor">
      <p className="lp-editor-title">{t(column.label)}</p>
      {!isEmptyAsked && <ByKind {...props} />}
      <label className="lp-option">
        <input
          type="checkbox"
          checked={isEmptyAsked}
          onChange={(e) => onChange(e.target.checked ? { field: item.field, op: 'isNull' } : { field: item.field, op: 'in', value: [] })}
        />
        {t(words.empty)}
      </label>
    </div>
  );
}

function ByKind(props: EditorProps) {
  switch (props.column.kind) {
    case 'choice':
      return <ChoiceEditor {...props} />;
    case 'ref':
      return <RefEditor {...props} />;
    case 'date':
    case 'instant':
      return <DateEditor {...props} />;
    case 'integer':
    case 'decimal':
    case 'quantity':
    case 'money':
      return <NumberEditor {...props} />;
    case 'boolean':
      return <BooleanEditor {...props} />;
    case 'text':
    case 'longText':
    case 'code':
    case 'textList':
      return <TextEditor {...props} />;
    default:
      return props.column.kind satisfies never;
  }
}

const valuesOf = (item: FilterItem): string[] => (Array.isArray(item.value) ? item.value.map(String) : []);

function ChoiceEditor({ column, item, onChange }: EditorProps) {
  const { t } = useLocale();
  const chosen = valuesOf(item);
  return (
    <div className="lp-options" role="group" aria-label={t(column.label)}>
      {Object.entries(column.options ?? {}).map(([key, label]) => (
        <label key={key} className="lp-option">
          <input
            type="checkbox"
            checked={chosen.includes(key)}
            onChange={(e) =>
              onChange({ field: item.field, op: 'in', value: e.target.checked ? [...chosen, key] : chosen.filter((k) => k !== key) })
            }
          />
          {t(label)}
        </label>
      ))}
    </div>
  );
}

function RefEditor({ column, item, onChange }: EditorProps) {
  const { t, locale } = useLocale();
  const titles = useTitles();
  const [q, setQ] = useState('');
  const [found, setFound] = useState<readonly string[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void searchChoices(column.target ?? '', q).then(
      (choices) => isCurrent && setFound(choices.map((c) => c.id)),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [q, column.target]);
  return (
    <Select
      mode="multiple"
      autoFocus
      defaultOpen
      filterOption={false}
      style={{ width: 280 }}
      placeholder={t(words.pick)}
      aria-label={t(column.label)}
      value={valuesOf(item)}
      notFoundContent={t(words.none)}
      onSearch={setQ}
      onChange={(value: string[]) => onChange({ field: item.field, op: 'in', value })}
      options={[...new Set([...found, ...valuesOf(item)])].map((id) => ({ value: id, label: refWords(id, locale, titles) }))}
    />
  );
}

function DateEditor({ column, item, today, onChange }: EditorProps) {
  const { t } = useLocale();
  const { from, to } = endsOf(item);
  // A moment within the last day of a range still belongs to it: the range ends before the next day begins.
  const isInstant = column.kind === 'instant';
  const first = from.slice(0, 10);
  const last = isInstant && to ? addDays(to.slice(0, 10), -1) : to;
  const emit = (a: string, b: string) => onChange(rangeFilter(item.field, a, isInstant && b ? addDays(b, 1) : b));
  return (
    <>
      <div className="lp-presets">
        {datePresets(today).map((preset) => (
          <button
            key={preset.name}
            type="button"
            className="lp-preset"
            aria-pressed={preset.range[0] === first && preset.range[1] === last}
            onClick={() => emit(preset.range[0], preset.range[1])}
          >
            {t(preset.label)}
          </button>
        ))}
      </div>
      <div className="lp-range">
        <DateField label={t(words.from)} value={first || null} today={today} onChange={(value) => emit(value ?? '', last)} />
        <span aria-hidden="true">–</span>
        <DateField label={t(words.to)} value={last || null} today={today} onChange={(value) => emit(first, value ?? '')} />
      </div>
    </>
  );
}

function NumberEditor({ item, onChange }: EditorProps) {
  const { t } = useLocale();
  const { from, to } = endsOf(item);
  return (
    <div className="lp-range">
      <DecimalField
        label={t(words.from)}
        placeholder={t(words.from)}
        value={from || null}
        onChange={(value) => onChange(rangeFilter(item.field, value ?? '', to))}
      />
      <span aria-hidden="true">–</span>
      <DecimalField
        label={t(words.to)}
        placeholder={t(words.to)}
        value={to || null}
        onChange={(value) => onChange(rangeFilter(item.field, from, value ?? ''))}
      />
    </div>
  );
}

function BooleanEditor({ column, item, onChange }: EditorProps) {
  const { t } = useLocale();
  return (
    <div className="lp-options" role="radiogroup" aria-label={t(column.label)}>
      {[true, false].map((value) => (
        <label key={String(value)} className="lp-option">
          <input type="radio" checked={item.value === value} onChange={() => onChange({ field: item.field, op: 'eq', value })} />
          {t(value ? words.yes : words.no)}
        </label>
      ))}
    </div>
  );
}

function TextEditor({ column, item, onChange }: EditorProps) {
  const { t } = useLocale();
  const isList = column.kind === 'textList';
  const given = isList ? (valuesOf(item)[0] ?? '') : String(item.value ?? '');
  const [typed, setTyped] = useState(given === 'true' ? '' : given);
  const settle = () =>
    onChange(
      isList
        ? { field: item.field, op: 'in', value: typed.trim() ? [typed.trim()] : [] }
        : { field: item.field, op: 'contains', value: typed.trim() },
    );
  return (
    <input
      className="df-input"
      autoFocus
      aria-label={t(words.contains)}
      placeholder={t(words.contains)}
      value={typed}
      onChange={(e) => setTyped(e.target.value)}
      onBlur={settle}
      onKeyDown={(e) => e.key === 'Enter' && settle()}
    />
  );
}
