import { useId, type ReactNode } from 'react';
import type { LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '#ui/locale.web.tsx';

/** A label above its control, joined for screen readers. */
export function Labelled({
  label,
  hint,
  isRequired = false,
  children,
}: {
  label: LocalText;
  hint?: LocalText;
  isRequired?: boolean;
  children: (id: string) => ReactNode;
}) {
  const { t } = useLocale();
  const id = useId();
  return (
    <div>
      <label className="field-label" htmlFor={id}>
        {t(label)}
        {isRequired && <span className="required"> *</span>}
      </label>
      {children(id)}
      {hint && <p className="field-hint">{t(hint)}</p>}
    </div>
  );
}

/** A card with a heading and something beside it. */
export function Card({ title, beside, children }: { title: LocalText; beside?: ReactNode; children: ReactNode }) {
  const { t } = useLocale();
  const id = useId();
  return (
    <section className="card access-card" aria-labelledby={id}>
      <header className="card-head">
        <h2 id={id}>{t(title)}</h2>
        {beside && <span className="beside">{beside}</span>}
      </header>
      <div className="access-card-body">{children}</div>
    </section>
  );
}
