import type { StateTone } from '#kernel/document/definition.ts';
import type { LocalText } from '#kernel/i18n/text.ts';

const tones: Readonly<Record<string, StateTone>> = { green: 'good', yellow: 'waiting', red: 'refused' };

/** The tone of a choice among colours the law gives (zones of a warehouse); undefined where the choices are no colours. */
export function colourTone(options: Readonly<Record<string, LocalText>> | undefined, value: unknown): StateTone | undefined {
  if (typeof value !== 'string' || !options || !Object.keys(options).every((key) => key in tones)) return undefined;
  return tones[value];
}
