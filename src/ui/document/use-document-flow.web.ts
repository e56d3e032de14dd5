import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ActionDefinition, AnyDefinition } from '#kernel/document/definition.ts';
import type { CommandAnswer, CommandBody, DocumentAnswer, RefusalWire } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { ApiError } from '../client.web.ts';
import { useLocale } from '../locale.web.tsx';
import { documentPath } from '../product.web.ts';
import { contentOf, type FormContent } from './form-content.ts';
import { formErrors, pointAt, type FormErrors } from './form-errors.ts';
import { editAction, isPosting, primaryAction } from './state-path.ts';
import { isConflict, useCommand, type Command } from './use-command.web.ts';
import type { Form } from './use-form.web.ts';

const words = {
  saved: text('已保存', 'Saved'),
  done: text('{action}：完成', '{action}: done'),
  waiting: text('已提交审批', 'Sent for approval'),
  check: text('有 {count} 处需要更正', '{count} things need correcting'),
  contested: text('双方都改过：{fields}。保留了您的内容，请核对。', 'Both of you changed: {fields}. Yours was kept; please check.'),
};

export interface FlowOptions {
  readonly definition: AnyDefinition;
  readonly id: string | null;
  readonly answer: DocumentAnswer | null;
  readonly form: Form;
  readonly entityId: string | null;
  /** The stored document as it is now. */
  readonly refetch: () => Promise<DocumentAnswer | undefined>;
}

/** Which action edits the content now, and whether this person is editing. */
function editingOf({ definition, id, answer }: FlowOptions, isChanging: boolean) {
  const state = id === null ? 'new' : String(answer?.document['state'] ?? '');
  const editName = id === null ? 'create' : editAction(definition, state);
  const edit = editName === undefined ? undefined : (definition.actions[editName] as ActionDefinition | undefined);
  const canEdit = id === null || answer?.actions.some((a) => a.name === editName && a.isAllowed) === true;
  return { state, editName, edit, isEditing: canEdit && (id === null || definition.nature === 'document' || isChanging) };
}

/** What stands open on the page. */
function useOpenThings() {
  const [preview, setPreview] = useState<string | null>(null);
  const [isAskingSave, setAskingSave] = useState(false);
  const [isChanging, setChanging] = useState(false);
  const [showsErrors, setShowsErrors] = useState(false);
  return { preview, setPreview, isAskingSave, setAskingSave, isChanging, setChanging, showsErrors, setShowsErrors };
}

type OpenThings = ReturnType<typeof useOpenThings>;

/** Sends the content of the form; on success the page shows what was stored. */
function useSend(
  options: FlowOptions,
  open: OpenThings,
  command: Command,
  editName: string | undefined,
  refusedAt: { current: FormContent | null },
) {
  const { definition, id, answer, form, entityId } = options;
  const { t } = useLocale();
  const { message } = App.useApp();
  const navigate = useNavigate();
  // Saving twice at once (a key pressed while the first save is still read back) is one saving.
  const running = useRef<Promise<CommandAnswer | undefined> | null>(null);
  const sendOnce = async (envelope: CommandBody): Promise<CommandAnswer | undefined> => {
    if (editName === undefined) return undefined;
    refusedAt.current = form.form;
    const body: CommandBody = {
      ...envelope,
      content: contentOf(definition, form.form),
      ...(id === null ? (definition.isEntityScoped ? { entityId } : {}) : { expectedVersion: form.version }),
    };
    const done = await command.run(id, editName, body);
    if (!done) return undefined;
    open.setAskingSave(false);
    open.setChanging(false);
    open.setShowsErrors(false);
    const stored = id === null ? undefined : await options.refetch();
    flushSync(() => form.reset(id === null ? null : (stored?.document ?? answer?.document ?? null)));
    void message.success(t(done.status === 'awaiting-approval' ? words.waiting : words.saved));
    const madeId = String(done.document['id'] ?? '');
    if (id === null && madeId) await navigate({ to: documentPath(definition.kind, madeId) ?? '/', replace: true });
    return done;
  };
  return (envelope: CommandBody): Promise<CommandAnswer | undefined> => {
    running.current ??= sendOnce(envelope).finally(() => {
      running.current = null;
    });
    return running.current;
  };
}

/** Whether an action asks or shows something before it is done. */
const isAsked = (action: ActionDefinition): boolean =>
  Boolean(action.isPrimary || isPosting(action) || action.reason || action.input || action.signature || action.isDangerous);

/** Brings the first field that needs correcting into view, ready to be typed in; a fault in a line is shown by its grid. */
function pointAtFirstFault(): void {
  const found =
    document.querySelector<HTMLElement>('.dp-main :is(input, select, textarea)[aria-invalid]') ??
    document.querySelector<HTMLElement>('.dp-main .lg-scroll:has(.lg-wrong)');
  found?.scrollIntoView({ block: 'center' });
  found?.focus({ preventScroll: true });
}

/** Everything a button of the page can do. */
function useDoing(
  options: FlowOptions,
  open: OpenThings,
  command: Command,
  editing: ReturnType<typeof editingOf>,
  send: ReturnType<typeof useSend>,
  errorCount: number,
) {
  const { definition, id, answer, form } = options;
  const { t } = useLocale();
  const { message } = App.useApp();
  /** True when it was saved, or there was nothing to save. */
  const save = async (): Promise<boolean> => {
    // At once, so that the first fault is marked and can be pointed at.
    flushSync(() => open.setShowsErrors(true));
    if (errorCount > 0) {
      pointAtFirstFault();
      void message.error(t(words.check, { count: errorCount }));
      return false;
    }
    if (editing.edit && (editing.edit.reason || editing.edit.signature)) {
      open.setAskingSave(true);
      return false;
    }
    return (await send({})) !== undefined;
  };
  const act = async (name: string, body: CommandBody) => {
    const done = await command.run(id, name, body);
    if (!done) return;
    open.setPreview(null);
    const said = done.status === 'awaiting-approval' ? words.waiting : words.done;
    void message.success(t(said, { action: definition.actions[name]?.label ?? name }));
  };
  const start = async (name: string) => {
    const action = definition.actions[name] as ActionDefinition | undefined;
    if (!action) return;
    if (action.editsContent) {
      open.setChanging(true);
      return;
    }
    if (editing.isEditing && form.isDirty && !(await save())) return;
    command.clear();
    if (isAsked(action)) open.setPreview(name);
    else await act(name, { expectedVersion: Number(answer?.document['version'] ?? 0) });
  };
  const rebase = () => {
    const contested = answer ? form.rebase(answer.document) : [];
    command.clear();
    const labels = contested.map((name) => t(definition.header[name]?.label ?? definition.lines[name]?.label ?? { zh: name, en: name }));
    if (labels.length) void message.warning(t(words.contested, { fields: labels.join(t(text('、', ', '))) }), 8);
  };
  return { save, act, start, rebase };
}

/** What can be done with the document on the page, and what stands open: a preview, a reason, a conflict, refusals. */
export function useDocumentFlow(options: FlowOptions) {
  const { definition, id, form } = options;
  const command = useCommand(definition);
  const open = useOpenThings();
  const refusedAt = useRef<FormContent | null>(null);
  const editing = editingOf(options, open.isChanging);
  const own = useMemo(() => formErrors(definition, form.form), [definition, form.form]);
  const refusals: readonly RefusalWire[] = command.error instanceof ApiError && !isConflict(command.error) ? command.error.refusals : [];
  const refused = useRefused(definition, form.form, refusals, refusedAt);
  useEffect(() => {
    if (isConflict(command.error)) void options.refetch();
  }, [command.error]);
  const send = useSend(options, open, command, editing.editName, refusedAt);
  const isWithoutCompany = id === null && definition.isEntityScoped && options.entityId === null;
  const doing = useDoing(options, open, command, editing, send, own.count + Number(isWithoutCompany));
  return {
    ...editing,
    ...doing,
    command,
    own,
    refused,
    refusals,
    send,
    preview: open.preview,
    isAskingSave: open.isAskingSave,
    isChanging: open.isChanging,
    showsErrors: open.showsErrors,
    primary: id === null ? undefined : primaryAction(definition, editing.state),
    openChange: () => open.setChanging(true),
    cancelChange: () => {
      open.setChanging(false);
      open.setShowsErrors(false);
      command.clear();
      form.reset();
    },
    closePreview: () => open.setPreview(null),
    closeSave: () => open.setAskingSave(false),
  };
}

export type Flow = ReturnType<typeof useDocumentFlow>;

/** Refusals at their fields, as long as what was refused still stands there. */
function useRefused(
  definition: AnyDefinition,
  form: FormContent,
  refusals: readonly RefusalWire[],
  refusedAt: { readonly current: FormContent | null },
): FormErrors {
  return useMemo(() => {
    const then = refusedAt.current ?? form;
    const all = pointAt(definition, then, refusals);
    const header = Object.fromEntries(Object.entries(all.header).filter(([name]) => then.header[name] === form.header[name]));
    const lines = Object.fromEntries(
      Object.entries(all.lines).map(([set, rows]) => {
        const before = new Map((then.lines[set] ?? []).map((row) => [row.key, row]));
        const now = new Map((form.lines[set] ?? []).map((row) => [row.key, row]));
        return [set, new Map([...rows].filter(([key]) => before.get(key) === now.get(key)))];
      }),
    );
    return { ...all, header, lines };
  }, [definition, form, refusals]);
}
