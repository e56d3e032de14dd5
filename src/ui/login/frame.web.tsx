import { useEffect, type ReactNode } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';
import { localePreference } from '../preferences.web.ts';

const words = {
  sentence: text('每一件器械，从哪里来、到了谁手里，随时说得清。', 'Every device: where it came from, and whose hands it reached.'),
  under: text('医疗器械经营企业的进销存、质量与财务', 'Trade, quality and finance for medical device companies'),
  language: text('语言', 'Language'),
};

/** The mark, drawn large and quiet: places and the way between them. */
function Drawing() {
  return (
    <svg className="login-drawing" viewBox="0 0 420 300" fill="none" aria-hidden="true">
      <g stroke="currentColor" strokeWidth="1.25">
        <path d="M30 240 H120 C150 240 150 180 180 180 H250 C280 180 280 110 310 110 H400" strokeOpacity=".75" />
        <path d="M30 240 H120 C150 240 150 262 180 262 H400" strokeOpacity=".35" />
        <path d="M250 180 C280 180 280 206 310 206 H400" strokeOpacity=".35" />
        <path d="M310 110 C340 110 340 52 370 52 H400" strokeOpacity=".35" />
      </g>
      {[
        [30, 240],
        [120, 240],
        [180, 180],
        [250, 180],
        [310, 110],
        [400, 110],
        [180, 262],
        [400, 262],
        [400, 206],
        [400, 52],
      ].map(([x, y], at) => (
        <circle
          key={`${x}-${y}`}
          cx={x}
          cy={y}
          r={at < 6 ? 5 : 3.5}
          fill={at === 5 ? '#ffffff' : '#0a5558'}
          stroke="currentColor"
          strokeWidth="1.5"
        />
      ))}
    </svg>
  );
}

export const BigMark = () => (
  <svg width="44" height="44" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="#ffffff" fillOpacity=".12" />
    <path d="M7 23V11.5l6 7.2 6-7.2V23" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    <path d="M25 9v6M22 12h6" stroke="#9fdcd8" strokeWidth="2.4" strokeLinecap="round" />
  </svg>
);

function LanguageChoice() {
  const { locale, t } = useLocale();
  return (
    <div className="login-language" role="group" aria-label={t(words.language)}>
      {(
        [
          ['zh-CN', '中文'],
          ['en', 'English'],
        ] as const
      ).map(([code, label]) => (
        <button key={code} type="button" lang={code} aria-pressed={locale === code} onClick={() => localePreference.set(code)}>
          {label}
        </button>
      ))}
    </div>
  );
}

/** The pages before log-in: a quiet panel with the mark and one sentence, the form beside it. */
export function LoginFrame({ title, hint, children }: { title: LocalText; hint?: LocalText | undefined; children: ReactNode }) {
  const { t } = useLocale();
  const heading = t(title);
  useEffect(() => {
    document.title = `${heading} · MedTrade`;
  }, [heading]);
  return (
    <div className="login">
      <aside className="login-side">
        <div className="login-brand">
          <BigMark />
          <span>MedTrade</span>
        </div>
        <Drawing />
        <div className="login-sentence">
          <p>
            {t(words.sentence)
              .split(/(?<=，)/)
              .map((part) => (
                <span key={part}>{part}</span>
              ))}
          </p>
          <p className="login-under">{t(words.under)}</p>
        </div>
      </aside>
      <main className="login-main">
        <LanguageChoice />
        <div className="login-form">
          <h1>{heading}</h1>
          {hint && <p className="login-hint">{t(hint)}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
