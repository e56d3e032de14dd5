import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { sensitivityPermission } from '#kernel/access/permission.ts';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { ApiError, documents } from '../client.web.ts';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { NoPermission, NotFound, PageSkeleton } from '../common/states.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { queryKeys } from '../queries.web.ts';
import { useCan, useEntity } from '../session.web.ts';
import type { DocumentPageProps } from '../web-module.web.tsx';
import { DocumentBody } from './document-body.web.tsx';
import { DocumentHead } from './document-head.web.tsx';
import { visibleDefinition } from './form-content.ts';
import { ApprovalNotice, ConflictNotice, DraftNotice, LeaveGuard } from './notices.web.tsx';
import { PreviewDrawer } from './preview-drawer.web.tsx';
import { PrintSheet } from './print-sheet.web.tsx';
import { Rail } from './rail.web.tsx';
import { SaveDialog } from './save-dialog.web.tsx';
import { rememberTitles } from './titles.web.ts';
import { useToday } from './today.web.ts';
import { useDocumentFlow } from './use-document-flow.web.ts';
import { useForm } from './use-form.web.ts';
import './document.css';
import './fields.css';

const words = { fresh: text('新建{label}', 'New {label}'), unnumbered: text('（未编号）', '(no number yet)') };

/** The one document page: every kind of document and record, from its definition. */
export function DocumentPage({ definition, id }: DocumentPageProps) {
  const may = useCan();
  const visible = useMemo(() => visibleDefinition(definition, (s) => may(sensitivityPermission(s, 'full'))), [definition]);
  const query = useQuery({
    queryKey: queryKeys.document(definition.kind, id ?? 'new'),
    queryFn: async () => {
      const answer = (await documents(definition).get(id ?? '')) as unknown as DocumentAnswer;
      rememberTitles(answer.titles);
      return answer;
    },
    enabled: id !== null,
  });
  if (id === null) return <Loaded definition={visible} id={null} answer={null} refetch={() => Promise.resolve(undefined)} />;
  if (query.data) return <Loaded definition={visible} id={id} answer={query.data} refetch={async () => (await query.refetch()).data} />;
  if (query.isPending) return <PageSkeleton />;
  if (query.error instanceof ApiError && query.error.status === 404) return <NotFound />;
  if (query.error instanceof ApiError && query.error.status === 403) return <NoPermission />;
  return (
    <div className="page">
      <ErrorPanel error={query.error} />
    </div>
  );
}

interface LoadedProps {
  readonly definition: AnyDefinition;
  readonly id: string | null;
  readonly answer: DocumentAnswer | null;
  readonly refetch: () => Promise<DocumentAnswer | undefined>;
}

function Loaded({ definition, id, answer, refetch }: LoadedProps) {
  const today = useToday();
  const { entity } = useEntity();
  const [company, setCompany] = useState<string | null>(entity?.id ?? null);
  const entityId = answer ? (answer.document['entityId'] as string | null) : company;
  const form = useForm(definition, answer?.document ?? null, id, today);
  const flow = useDocumentFlow({ definition, id, answer, form, entityId, refetch });
  const name = useName(definition, answer);
  const isDirty = useRef(false);
  isDirty.current = form.isDirty && flow.isEditing;
  useKeys(
    () => {
      if (flow.isEditing && (form.isDirty || id === null)) void flow.save();
    },
    () => {
      if (flow.primary && answer?.actions.some((a) => a.name === flow.primary && a.isAllowed)) void flow.start(flow.primary);
    },
  );
  return (
    <div className="page dp">
      <DocumentHead definition={definition} id={id} answer={answer} name={name} form={form} flow={flow} />
      <DraftNotice form={form} />
      {answer && <ApprovalNotice approval={answer.approval} />}
      {form.isBehind && !flow.command.isBusy && id !== null && (
        <ConflictNotice definition={definition} id={id} onRebase={flow.rebase} onDrop={flow.cancelChange} />
      )}
      <div className="dp-columns">
        <DocumentBody
          definition={definition}
          form={form}
          flow={flow}
          entityId={entityId}
          today={today}
          isNew={id === null}
          onCompany={setCompany}
        />
        {answer && id !== null && <Rail definition={definition} answer={answer} id={id} name={name.plain} today={today} />}
      </div>
      {flow.preview !== null && answer && id !== null && (
        <PreviewDrawer
          key={flow.preview}
          definition={definition}
          id={id}
          document={answer.document}
          actionName={flow.preview}
          subject={name.plain}
          command={flow.command}
          today={today}
          onClose={flow.closePreview}
          onConfirm={(body) => void flow.act(flow.preview ?? '', body)}
        />
      )}
      {flow.isAskingSave && flow.edit && (
        <SaveDialog
          action={flow.edit}
          subject={name.plain}
          today={today}
          isBusy={flow.command.isBusy}
          error={flow.command.error}
          onClose={flow.closeSave}
          onSave={(envelope) => void flow.send(envelope)}
        />
      )}
      <LeaveGuard isBlocking={() => isDirty.current} />
      {answer && id !== null && <PrintSheet definition={definition} answer={answer} id={id} title={name.title} />}
    </div>
  );
}

/** Number and readable name; `title` of a definition may rely on fields a half-filled document does not have. */
function useName(definition: AnyDefinition, answer: DocumentAnswer | null): { number: string; title: string; plain: string } {
  const { t } = useLocale();
  if (!answer) {
    const fresh = t(words.fresh, { label: { zh: definition.label.zh, en: definition.label.en.toLowerCase() } });
    return { number: fresh, title: '', plain: fresh };
  }
  const number = typeof answer.document['number'] === 'string' ? answer.document['number'] : t(words.unnumbered);
  let title = '';
  try {
    title = t(definition.title({ ...answer.document, lines: answer.document['lines'] ?? {} }));
  } catch {
    title = '';
  }
  return { number, title, plain: `${t(definition.label)} ${number}` };
}

/** Ctrl or ⌘ with S saves, with Enter takes the primary action. */
function useKeys(onSave: () => void, onPrimary: () => void): void {
  const latest = useRef({ onSave, onPrimary });
  latest.current = { onSave, onPrimary };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || document.querySelector('.ant-modal-wrap, .ant-drawer-open') !== null) return;
      const run = event.key.toLowerCase() === 's' ? ('onSave' as const) : event.key === 'Enter' ? ('onPrimary' as const) : undefined;
      if (!run) return;
      event.preventDefault();
      // What stands in the field with the focus is taken over first.
      if (document.activeElement instanceof HTMLElement && document.activeElement.tagName === 'INPUT') document.activeElement.blur();
      setTimeout(() => latest.current[run]());
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
