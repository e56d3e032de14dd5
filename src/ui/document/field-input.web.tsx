import type { Field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { matching } from '../grid/cell-editor.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { Combo, type ComboOption } from './combo.web.tsx';
import { DateField } from './date-field.web.tsx';
import { DecimalField } from './decimal-field.web.tsx';
import { refWords } from './field-words.web.ts';
import { TagField } from './tag-field.web.tsx';
import { searchChoices, useTitles, useWantedTitles } from './titles.web.ts';

const words = { pick: text('输入编号或名称查找', 'Type a code or name'), choose: text('请选择', 'Choose') };

export interface FieldInputProps {
  readonly id: string;
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly isInvalid: boolean;
  readonly describedBy: string | undefined;
  readonly entityId: string | null;
  readonly today: string;
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value as string | number));

/** The input of one field, by its kind. */
export function FieldInput(props: FieldInputProps) {
  const { id, field, value, onChange, isInvalid, describedBy, today } = props;
  const common = { id, isInvalid, describedBy, isRequired: !field.isOptional };
  const aria = {
    id,
    'aria-invalid': isInvalid || undefined,
    'aria-describedby': describedBy,
    'aria-required': !field.isOptional || undefined,
  };
  switch (field.kind) {
    case 'date':
      return <DateField {...common} value={textOf(value)} onChange={onChange} today={today} />;
    case 'integer':
      return (
        <DecimalField {...common} value={textOf(value)} onChange={(v) => onChange(v !== null && /^-?\d{1,15}$/.test(v) ? Number(v) : v)} />
      );
    case 'decimal':
    case 'quantity':
    case 'money':
      return <DecimalField {...common} value={textOf(value)} onChange={onChange} />;
    case 'boolean':
      return (
        <span className="df-check">
          <input type="checkbox" {...aria} checked={value === true} onChange={(e) => onChange(e.target.checked)} />
        </span>
      );
    case 'choice':
      return <ChoiceInput {...props} />;
    case 'ref':
      return <RefInput {...props} />;
    case 'textList':
      return <TagField {...common} field={field} value={Array.isArray(value) ? value.map(String) : []} onChange={onChange} />;
    case 'longText':
      return (
        <textarea
          {...aria}
          className="df-input df-area"
          rows={2}
          value={textOf(value) ?? ''}
          onChange={(e) => onChange(e.target.value === '' ? null : e.target.value)}
        />
      );
    case 'text':
    case 'code':
    case 'instant':
      return (
        <input
          {...aria}
          className="df-input"
          autoComplete="off"
          value={textOf(value) ?? ''}
          onChange={(e) => onChange(e.target.value === '' ? null : e.target.value)}
        />
      );
    default:
      return field.kind satisfies never;
  }
}

function ChoiceInput({ id, field, value, onChange, isInvalid, describedBy }: FieldInputProps) {
  const { t } = useLocale();
  const label = typeof value === 'string' ? field.options?.[value] : undefined;
  return (
    <Combo
      className="df-combo"
      id={id}
      value={typeof value === 'string' ? value : null}
      shown={label ? t(label) : (textOf(value) ?? '')}
      onPick={onChange}
      search={(q) => matching(field.options ?? {}, q, t)}
      isInvalid={isInvalid}
      describedBy={describedBy}
      isRequired={!field.isOptional}
      placeholder={t(words.choose)}
    />
  );
}

/** Search as you type by code or name; what is picked is shown as both. */
export function RefInput({ id, field, value, onChange, isInvalid, describedBy, entityId }: Omit<FieldInputProps, 'today'>) {
  const { t, locale } = useLocale();
  const titles = useTitles();
  useWantedTitles(field.target, [value]);
  const search = async (q: string): Promise<readonly ComboOption[]> =>
    (await searchChoices(field.target ?? '', q, entityId)).map((c) => ({ value: c.id, label: t(c.title), code: c.number }));
  return (
    <Combo
      className="df-combo"
      id={id}
      value={typeof value === 'string' ? value : null}
      shown={typeof value === 'string' ? refWords(value, locale, titles) : ''}
      onPick={onChange}
      search={search}
      isInvalid={isInvalid}
      describedBy={describedBy}
      isRequired={!field.isOptional}
      placeholder={t(words.pick)}
    />
  );
}
