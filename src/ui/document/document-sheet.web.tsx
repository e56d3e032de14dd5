import { useQuery } from '@tanstack/react-query';
import { sensitivityPermission, viewPermission } from '#kernel/access/permission.ts';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import { ApiError, documents } from '../client.web.ts';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { RowsSkeleton } from '../common/states.web.tsx';
import { LineGrid } from '../grid/line-grid.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { queryKeys } from '../queries.web.ts';
import { useCan } from '../session.web.ts';
import { fieldsOf, formOf, lineSetsOf, visibleDefinition } from './form-content.ts';
import { FieldsGrid } from './header-form.web.tsx';
import { rememberTitles } from './titles.web.ts';
import { useToday } from './today.web.ts';
import './document.css';
import './fields.css';

const never = () => undefined;

/** A document or record for reading, inside another page: its header fields and its lines. Nothing where it may not be seen. */
export function DocumentSheet({ definition, id }: { readonly definition: AnyDefinition; readonly id: string }) {
  const { t } = useLocale();
  const may = useCan();
  const today = useToday();
  const mayView = may(viewPermission(definition));
  const query = useQuery({
    queryKey: queryKeys.document(definition.kind, id),
    queryFn: async () => {
      const answer = (await documents(definition).get(id)) as unknown as DocumentAnswer;
      rememberTitles(answer.titles);
      return answer;
    },
    enabled: mayView,
  });
  if (!mayView) return null;
  if (query.error) return query.error instanceof ApiError && query.error.status < 500 ? null : <ErrorPanel error={query.error} />;
  if (query.isPending) return <RowsSkeleton rows={6} />;
  const visible = visibleDefinition(definition, (s) => may(sensitivityPermission(s, 'full')));
  const form = formOf(visible, query.data.document);
  return (
    <div className="dp-sheet">
      <FieldsGrid
        fields={fieldsOf(visible)}
        values={form.header}
        errors={{}}
        isEditing={false}
        entityId={null}
        today={today}
        onChange={never}
      />
      {lineSetsOf(visible).map(([name, set]) => (
        <section key={name} className="dp-lines">
          <h3>{t(set.label)}</h3>
          <LineGrid set={set} rows={form.lines[name] ?? []} isReadOnly today={today} />
        </section>
      ))}
    </div>
  );
}
