import { useEffect, useRef, useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { dateOf } from '../grid/cell-value.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';

const words = { open: text('打开日历', 'Open the calendar'), form: text('年-月-日', 'YYYY-MM-DD') };

export interface DateFieldProps {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly today: string;
  readonly id?: string;
  readonly label?: string;
  readonly isInvalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly isRequired?: boolean;
}

/** A day, typed the way people write it (`261122`, `11-22`, `2026/11/22`) or picked from the calendar of the device. */
export function DateField({ value, onChange, today, id, label, isInvalid, describedBy, isRequired }: DateFieldProps) {
  const { t } = useLocale();
  const [typed, setTyped] = useState(value ?? '');
  const picker = useRef<HTMLInputElement>(null);
  useEffect(() => setTyped(value ?? ''), [value]);
  const settle = () => {
    const trimmed = typed.trim();
    const next = trimmed === '' ? null : (dateOf(trimmed, today) ?? trimmed);
    setTyped(next ?? '');
    if (next !== value) onChange(next);
  };
  return (
    <span className="date-field">
      <input
        id={id}
        className="df-input number"
        value={typed}
        placeholder={t(words.form)}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
        aria-required={isRequired || undefined}
        autoComplete="off"
        onChange={(e) => setTyped(e.target.value)}
        onBlur={settle}
        onKeyDown={(e) => e.key === 'Enter' && settle()}
      />
      <button type="button" className="date-open" aria-label={t(words.open)} tabIndex={-1} onClick={() => picker.current?.showPicker()}>
        <Icon name="calendar" size={16} />
      </button>
      <input
        ref={picker}
        type="date"
        className="date-native"
        tabIndex={-1}
        aria-hidden="true"
        value={/^\d{4}-\d{2}-\d{2}$/.test(value ?? '') ? (value ?? '') : ''}
        onChange={(e) => onChange(e.target.value || null)}
      />
    </span>
  );
}
