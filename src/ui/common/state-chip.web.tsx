import type { AnyDefinition, StateTone } from '#kernel/document/definition.ts';
import type { LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';

/** A mark and a word in one of the five tones; the colour never stands alone. */
export function Chip({ tone, label }: { tone: StateTone; label: LocalText }) {
  const { t } = useLocale();
  return <span className={`chip chip-${tone}`}>{t(label)}</span>;
}

/** The state of a document or record, as its definition names and colours it. */
export function StateChip({ definition, state }: { definition: Pick<AnyDefinition, 'states'>; state: string }) {
  const found = definition.states[state];
  return <Chip tone={found?.tone ?? 'draft'} label={found?.label ?? { zh: state, en: state }} />;
}
