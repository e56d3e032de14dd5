import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { documentPath } from '#ui/product.web.ts';
import type { DocumentPanelProps } from '#ui/web-module.web.tsx';
import { partyQualification } from '../operations.ts';
import '../party.css';

const words = {
  none: text('该角色无需资质文件', 'These roles need no documents'),
  complete: text('资质齐全有效', 'The file is complete'),
  open: text('还有 {count} 项未满足', '{count} things are missing'),
  until: text('有效期至 {day}', 'valid to {day}'),
  endless: text('长期有效', 'without end'),
  ask: text('查询能否买卖', 'May we deal?'),
  good: text('满足', 'filled'),
  bad: text('未满足', 'not filled'),
};

/** Why a file is blocked, or that it is not: every document its roles need, and what fills it. */
export function QualificationPanel({ answer }: DocumentPanelProps) {
  const { t } = useLocale();
  const id = String(answer.document['id']);
  const version = answer.document['version'];
  const query = useQuery({
    queryKey: ['qualification', id, version],
    queryFn: () => call(partyQualification, { params: { partyId: id } }),
  });
  if (query.error) return <ErrorPanel error={query.error} />;
  if (!query.data) return <RowsSkeleton rows={4} />;
  const { requirements } = query.data;
  if (requirements.length === 0) return <EmptyState icon="shield" title={words.none} />;
  const open = requirements.filter((r) => r.problem !== null).length;
  return (
    <div>
      <p className="secondary">{open === 0 ? t(words.complete) : t(words.open, { count: open })}</p>
      <ul className="qualification">
        {requirements.map((r) => {
          const path = r.document && documentPath('licence', r.document.id);
          return (
            <li key={r.label.en}>
              <span
                className={r.problem === null ? 'may-we-mark is-good' : 'may-we-mark is-bad'}
                role="img"
                aria-label={t(r.problem === null ? words.good : words.bad)}
              >
                <Icon name={r.problem === null ? 'check' : 'refused'} size={16} />
              </span>
              <div>
                <p>{t(r.label)}</p>
                <p className="secondary">
                  {r.words ? t(r.words) : r.document?.endsOn ? t(words.until, { day: r.document.endsOn }) : t(words.endless)}
                  {path && (
                    <>
                      {' · '}
                      <Link to={path}>{r.document?.licenceNo}</Link>
                    </>
                  )}
                </p>
                <p className="secondary">
                  {t(r.role)} · {r.rule}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
      <Link className="button" to={`/party/may-we?partyId=${id}`}>
        {t(words.ask)}
      </Link>
    </div>
  );
}
