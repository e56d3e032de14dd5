import { text } from '#kernel/i18n/text.ts';
import type { AnyDefinition, StateTone } from '#kernel/document/definition.ts';
import type { LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';

/** A mark and a word in one of the five tones; the colour never stands alone. */
export function Chip({ tone, label, isStrong = false }: { tone: StateTone; label: LocalText; isStrong?: boolean }) {
  const { t } = useLocale();
  return <span className={`chip chip-${tone}${isStrong ? ' chip-strong' : ''}`}>{t(label)}</span>;
}

/** The state of a document or record, as its definition names and colours it. */
export function StateChip({ definition, state }: { definition: Pick<AnyDefinition, 'states'>; state: string }) {
  const found = definition.states[state];
  return <Chip tone={found?.tone ?? 'draft'} label={found?.label ?? { zh: state, en: state }} />;
}

export type Zone = 'quarantine' | 'qualified' | 'rejected' | 'returned' | 'shipping';

// Zone colours are the ones the good supply practice rules prescribe: yellow to be inspected, green qualified, red unqualified.
const zones: Readonly<Record<Zone, { tone: StateTone; label: LocalText }>> = {
  quarantine: { tone: 'waiting', label: text('待验区', 'Quarantine') },
  qualified: { tone: 'good', label: text('合格区', 'Qualified') },
  rejected: { tone: 'refused', label: text('不合格区', 'Rejected') },
  returned: { tone: 'waiting', label: text('退货区', 'Returned') },
  shipping: { tone: 'good', label: text('发货区', 'Shipping') },
};

/** A warehouse zone: the colour the law gives it and always its word. */
export const ZoneChip = ({ zone }: { zone: Zone }) => <Chip tone={zones[zone].tone} label={zones[zone].label} isStrong />;
