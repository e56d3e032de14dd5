import { text } from '../../kernel/i18n/text.ts';
import { PageHeader } from '../common/page-header.web.tsx';
import { useLocale } from '../locale.web.tsx';

export function HomePage() {
  const { t } = useLocale();
  return <div className="page"><PageHeader title={t(text('我的工作', 'My work'))} /></div>;
}
