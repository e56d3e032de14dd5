import { formatInstant } from '#ui/format.ts';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import type { SessionAnswer } from './import-upload-step.web.tsx';
import { words } from './import-words.ts';

/** Says that exactly this file went in before. */
export function SameFile({ answer }: { answer: SessionAnswer }) {
  const { t, locale } = useLocale();
  const before = answer.sameFile;
  if (!before || answer.session.state === 'done') return null;
  return (
    <p role="status" className="import-buttons">
      <Icon name="warning" size={16} />
      {t(words.sameFile, { at: formatInstant(before.at, locale), count: before.count })}
    </p>
  );
}
