import { say, type Locale, type LocalText, type TextParams } from '#kernel/i18n/text.ts';
import { localePreference } from './preferences.web.ts';
import { useStore } from './store.web.ts';

export interface LocaleTools {
  readonly locale: Locale;
  /** The text in the reader's language. */
  readonly t: (value: LocalText, params?: TextParams) => string;
}

/** The reader's language; components that call it are drawn again when it changes. */
export function useLocale(): LocaleTools {
  const locale = useStore(localePreference);
  return { locale, t: (value, params) => say(value, locale, params) };
}

/** One text in the reader's language. */
export function T({ value, params }: { value: LocalText; params?: TextParams }) {
  const { t } = useLocale();
  return <>{t(value, params)}</>;
}
