import type { Locale } from '#kernel/i18n/text.ts';
import { makePreference } from './store.web.ts';
import { cssVariables, rowHeightPx, type Density, type ThemeMode } from './theme.ts';

export const localePreference = makePreference<Locale>('locale', navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
export const themePreference = makePreference<ThemeMode | 'system'>('theme', 'system');
export const densityPreference = makePreference<Density>('density', matchMedia('(pointer: coarse)').matches ? 'touch' : 'normal');
export const menuPreference = makePreference<'wide' | 'narrow'>('menu', window.innerWidth < 1200 ? 'narrow' : 'wide');
export const soundPreference = makePreference<'on' | 'off'>('sound', 'on');
/** The legal entity new documents belong to and lists are narrowed to; null for all of them. */
export const entityPreference = makePreference<string | null>('entity', null);

const systemDark = matchMedia('(prefers-color-scheme: dark)');

export const themeNow = (): ThemeMode => {
  const wanted = themePreference.get();
  return wanted === 'system' ? (systemDark.matches ? 'dark' : 'light') : wanted;
};

/** Puts language, colours and row height on the document element; the style sheets read them from there. */
export function applyPreferences(): void {
  const root = document.documentElement;
  const mode = themeNow();
  root.lang = localePreference.get();
  root.dataset['theme'] = mode;
  root.dataset['density'] = densityPreference.get();
  root.style.colorScheme = mode;
  for (const [name, value] of Object.entries(cssVariables(mode))) root.style.setProperty(name, value);
  root.style.setProperty('--row', `${rowHeightPx[densityPreference.get()]}px`);
}

/** Keeps the document in step with the preferences; calls `onChange` after each change. */
export function watchPreferences(onChange: () => void = () => undefined): void {
  const apply = () => {
    applyPreferences();
    onChange();
  };
  for (const preference of [localePreference, themePreference, densityPreference]) preference.subscribe(apply);
  systemDark.addEventListener('change', apply);
  applyPreferences();
}
