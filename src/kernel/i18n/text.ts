/** The two languages every sentence of the product exists in. */
export type Locale = 'zh-CN' | 'en';

/** One sentence or word in both languages. The type makes a missing translation a compile error. */
export interface LocalText {
  readonly zh: string;
  readonly en: string;
}

/** Values put into `{name}` places of a text; a LocalText is put in in the reader's language. */
export type TextParams = Readonly<Record<string, string | number | LocalText>>;

export const text = (zh: string, en: string): LocalText => ({ zh, en });

/** The text in one language with its `{name}` places filled; an unknown name stays visible as `{name}`. */
export function say(value: LocalText, locale: Locale, params: TextParams = {}): string {
  const template = locale === 'zh-CN' ? value.zh : value.en;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const param = params[name];
    if (param === undefined) return whole;
    return typeof param === 'object' ? say(param, locale) : String(param);
  });
}

/** Both languages with their `{name}` places filled. */
export const fill = (value: LocalText, params: TextParams): LocalText => ({
  zh: say(value, 'zh-CN', params),
  en: say(value, 'en', params),
});
