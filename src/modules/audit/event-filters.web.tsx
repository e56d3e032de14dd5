import { Select } from 'antd';
import { useState } from 'react';
import type { AnyDefinition, LineSet } from '#kernel/document/definition.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { DateField } from '#ui/document/date-field.web.tsx';
import '#ui/document/fields.css';
import { useLocale } from '#ui/locale.web.tsx';
import { definitionOf, getProduct } from '#ui/product.web.ts';
import { emptyFilters, type Filters } from './filters.web.ts';
import { actionWord, securityKinds } from './words.ts';

const words = {
  filters: text('筛选审计记录', 'Filter the ledger'),
  from: text('从', 'From'),
  to: text('至', 'To'),
  kind: text('对象', 'Of'),
  field: text('字段', 'Field'),
  action: text('操作', 'Action'),
  actor: text('姓名或登录名', 'Name or log-in'),
  number: text('单号或编码', 'Number or code'),
  any: text('全部', 'Any'),
  clear: text('清除', 'Clear'),
};

interface Option {
  readonly value: string;
  readonly label: string;
}

const byLabel = (a: Option, b: Option): number => a.label.localeCompare(b.label);

/** Fields of a kind, header and lines, each name once. */
function fieldsOf(d: AnyDefinition): [string, LocalText][] {
  const sets = [d.header as object, ...Object.values(d.lines as Record<string, LineSet>).map((set) => set.fields)];
  const all = sets.flatMap((fields) => Object.entries(fields as Record<string, { label: LocalText }>));
  return [...new Map(all.map(([name, f]) => [name, f.label])).entries()];
}

function Choose({
  label,
  value,
  options,
  onChange,
}: {
  label: LocalText;
  value: string;
  options: Option[];
  onChange: (value: string) => void;
}) {
  const { t } = useLocale();
  return (
    <label className="audit-filter">
      <span>{t(label)}</span>
      <Select
        size="middle"
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
        placeholder={t(words.any)}
        value={value || null}
        options={options}
        aria-label={t(label)}
        style={{ minWidth: 150 }}
        popupMatchSelectWidth={false}
        onChange={(v: string | null | undefined) => onChange(v ?? '')}
      />
    </label>
  );
}

/** Asks when the typing ends, not at every letter. */
function Typed({ label, value, onChange }: { label: LocalText; value: string; onChange: (value: string) => void }) {
  const { t } = useLocale();
  const [typed, setTyped] = useState(value);
  return (
    <label className="audit-filter">
      <span>{t(label)}</span>
      <input
        className="df-input audit-typed"
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        onBlur={() => onChange(typed)}
        onKeyDown={(e) => e.key === 'Enter' && onChange(typed)}
      />
    </label>
  );
}

/** Period, person, thing, field and action; every combination is answered by the server. */
export function EventFilters({ filters, today, onChange }: { filters: Filters; today: string; onChange: (filters: Filters) => void }) {
  const { t } = useLocale();
  const set = (name: keyof Filters) => (value: string) => onChange({ ...filters, [name]: value });
  const definition = definitionOf(filters.kind);
  const kinds = [
    ...getProduct()
      .modules.flatMap((m) => m.definitions)
      .map((d) => ({ value: d.kind, label: t(d.label) }))
      .toSorted(byLabel),
    ...Object.entries(securityKinds)
      .map(([value, label]) => ({ value, label: t(label) }))
      .toSorted(byLabel),
  ];
  const fields = definition ? fieldsOf(definition).map(([value, label]) => ({ value, label: t(label) })) : [];
  const actions = definition ? Object.keys(definition.actions).map((value) => ({ value, label: t(actionWord(value, definition)) })) : [];
  const isFiltered = Object.values(filters).some((v) => v !== '');
  return (
    <div className="audit-filters" role="search" aria-label={t(words.filters)}>
      <label className="audit-filter">
        <span>{t(words.from)}</span>
        <DateField value={filters.from || null} today={today} label={t(words.from)} onChange={(v) => set('from')(v ?? '')} />
      </label>
      <label className="audit-filter">
        <span>{t(words.to)}</span>
        <DateField value={filters.to || null} today={today} label={t(words.to)} onChange={(v) => set('to')(v ?? '')} />
      </label>
      <Choose
        label={words.kind}
        value={filters.kind}
        options={kinds}
        onChange={(kind) => onChange({ ...filters, kind, field: '', action: '' })}
      />
      {fields.length > 0 && <Choose label={words.field} value={filters.field} options={fields} onChange={set('field')} />}
      {actions.length > 0 && <Choose label={words.action} value={filters.action} options={actions} onChange={set('action')} />}
      <Typed key={`number ${filters.number}`} label={words.number} value={filters.number} onChange={set('number')} />
      <Typed key={`actor ${filters.actor}`} label={words.actor} value={filters.actor} onChange={set('actor')} />
      {isFiltered && (
        <button type="button" className="link-button audit-clear" onClick={() => onChange(emptyFilters)}>
          {t(words.clear)}
        </button>
      )}
    </div>
  );
}
