import { fill, text, type LocalText } from '#kernel/i18n/text.ts';

const both = text('{kind} {title}', '{kind} {title}');
const starts = (title: string, kind: string): boolean => title.toLowerCase().startsWith(kind.toLowerCase());

/** What a request is about, as people call it: the kind of document and what it says of itself, the kind never twice. */
export function requestSubject(kind: LocalText | undefined, title: LocalText): LocalText {
  if (!kind) return title;
  const said = fill(both, { kind, title });
  return { zh: starts(title.zh, kind.zh) ? title.zh : said.zh, en: starts(title.en, kind.en) ? title.en : said.en };
}
