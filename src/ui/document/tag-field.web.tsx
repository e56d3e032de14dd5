import { useState, type KeyboardEvent } from 'react';
import type { Field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';

const words = { add: text('输入后按回车', 'Type and press Enter'), remove: text('移除“{item}”', 'Remove {item}') };

interface TagFieldProps {
  readonly id: string;
  readonly field: Field;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly isInvalid: boolean;
  readonly describedBy: string | undefined;
  readonly isRequired: boolean;
}

/** Several words: boxes to tick where the choices are known, else tags. */
export function TagField(props: TagFieldProps) {
  return props.field.options ? <CheckBoxes {...props} /> : <Tags {...props} />;
}

function CheckBoxes({ id, field, value, onChange, describedBy }: TagFieldProps) {
  const { t } = useLocale();
  return (
    <div id={id} role="group" className="df-boxes" aria-describedby={describedBy} aria-label={t(field.label)} tabIndex={-1}>
      {Object.entries(field.options ?? {}).map(([key, label]) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={value.includes(key)}
            onChange={(e) => onChange(e.target.checked ? [...value, key] : value.filter((v) => v !== key))}
          />
          {t(label)}
        </label>
      ))}
    </div>
  );
}

function Tags({ id, value, onChange, isInvalid, describedBy, isRequired }: TagFieldProps) {
  const { t } = useLocale();
  const [typed, setTyped] = useState('');
  const add = () => {
    const fresh = typed
      .split(/[,，;；\n\t]/)
      .map((part) => part.trim())
      .filter((part) => part !== '' && !value.includes(part));
    if (fresh.length) onChange([...value, ...fresh]);
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '') onChange(value.slice(0, -1));
  };
  return (
    <div className="df-input df-tags" aria-invalid={isInvalid || undefined}>
      {value.map((item) => (
        <span key={item} className="df-tag">
          {item}
          <button type="button" aria-label={t(words.remove, { item })} onClick={() => onChange(value.filter((v) => v !== item))}>
            <Icon name="close" size={11} />
          </button>
        </span>
      ))}
      <input
        id={id}
        value={typed}
        placeholder={value.length ? '' : t(words.add)}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
        aria-required={isRequired || undefined}
        onChange={(e) => setTyped(e.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
      />
    </div>
  );
}
