import { useEffect, useState } from 'react';
import { formatDecimal } from '../format.ts';
import { useLocale } from '../locale.web.tsx';
import { isDecimal, normaliseDecimal } from './decimal-text.ts';

export interface DecimalFieldProps {
  readonly value: string | number | null;
  readonly onChange: (value: string | null) => void;
  readonly id?: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly isInvalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly isRequired?: boolean;
}

/** An exact amount: a decimal string from typing to saving, grouped while it is read, bare while it is typed. */
export function DecimalField({ value, onChange, id, label, placeholder, isInvalid, describedBy, isRequired }: DecimalFieldProps) {
  const { locale } = useLocale();
  const [typed, setTyped] = useState<string | null>(null);
  const bare = value === null ? '' : String(value);
  useEffect(() => setTyped(null), [value]);
  const settle = () => {
    if (typed === null) return;
    const trimmed = typed.trim();
    const next = trimmed === '' ? null : (normaliseDecimal(trimmed) ?? trimmed);
    setTyped(null);
    if (next !== value) onChange(next);
  };
  return (
    <input
      id={id}
      className="df-input df-digits number"
      inputMode="decimal"
      autoComplete="off"
      placeholder={placeholder}
      aria-label={label}
      value={typed ?? (isDecimal(bare) ? formatDecimal(bare, locale) : bare)}
      aria-invalid={isInvalid || undefined}
      aria-describedby={describedBy}
      aria-required={isRequired || undefined}
      onChange={(e) => setTyped(e.target.value)}
      onFocus={(e) => {
        setTyped(bare);
        const input = e.target;
        requestAnimationFrame(() => input.select());
      }}
      onBlur={settle}
      onKeyDown={(e) => e.key === 'Enter' && settle()}
    />
  );
}
