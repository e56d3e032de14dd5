import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { call } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { definitionOf, documentPath } from '#ui/product.web.ts';
import { listRelated } from './operations.ts';
import './documents.css';

const words = {
  none: text('没有相关的单据或记录', 'Nothing related'),
  noneHint: text('引用本记录，或被它引用的单据会出现在这里。', 'Documents that name this one, or that it names, show here.'),
  refersTo: text('引用了', 'Refers to'),
  referredBy: text('被引用于', 'Referred to by'),
  hidden: text('另有 {count} 项您无权查看', '{count} more that you may not see'),
  cut: text('只显示最近的一部分，其余请在列表中筛选。', 'Only the newest are shown; filter the list for the rest.'),
};

type Related = OperationOutput<typeof listRelated>['refersTo'][number];

/** The label of a field or line set a record is named in. */
function roleLabel(role: string, definition: ReturnType<typeof definitionOf>): LocalText | null {
  const [set, name] = role.includes('.') ? role.split('.') : [null, role];
  const fields = set ? definition?.lines[set]?.fields : definition?.header;
  return (fields?.[name ?? '']?.label as LocalText | undefined) ?? null;
}

function Group({ label, items, from }: { label: LocalText; items: readonly Related[]; from: string | null }) {
  const { t } = useLocale();
  if (items.length === 0) return null;
  return (
    <section className="related-group" aria-label={t(label)}>
      <h3>{t(label)}</h3>
      <ul className="rail-list">
        {items.map((item) => {
          const definition = definitionOf(item.kind);
          const path = documentPath(item.kind, item.id);
          const state = definition?.states[item.state];
          const roles = item.roles.map((r) => roleLabel(r, definitionOf(from ?? item.kind))).filter((r): r is LocalText => r !== null);
          const name = [item.number, t(item.title)].filter((part, at, all) => part && all.indexOf(part) === at).join(' ');
          return (
            <li key={item.id} className="related">
              <div>
                {path ? <Link to={path}>{name}</Link> : <span>{name}</span>}
                <p className="secondary">
                  {[definition ? t(definition.label) : item.kind, ...new Set(roles.map((r) => t(r)))].join(' · ')}
                </p>
              </div>
              {state && <Chip tone={state.tone} label={state.label} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Related documents and records in both directions. */
export function RelatedPanel({ kind, id }: { readonly kind: string; readonly id: string }) {
  const { t } = useLocale();
  const related = useQuery({ queryKey: ['related', id], queryFn: () => call(listRelated, { params: { recordId: id } }) });
  if (related.error) return <ErrorPanel error={related.error} />;
  if (!related.data) return <RowsSkeleton rows={3} />;
  const { refersTo, referredBy, hidden, isCut } = related.data;
  if (refersTo.length + referredBy.length + hidden === 0) return <EmptyState icon="link" title={words.none} hint={words.noneHint} />;
  return (
    <div className="rail-related">
      <Group label={words.refersTo} items={refersTo} from={kind} />
      <Group label={words.referredBy} items={referredBy} from={null} />
      {hidden > 0 && <p className="secondary">{t(words.hidden, { count: hidden })}</p>}
      {isCut && <p className="secondary">{t(words.cut)}</p>}
    </div>
  );
}
