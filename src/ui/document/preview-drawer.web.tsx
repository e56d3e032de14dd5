import { useQuery } from '@tanstack/react-query';
import { Drawer, Input } from 'antd';
import { useId, useState } from 'react';
import type { ActionDefinition, AnyDefinition } from '#kernel/document/definition.ts';
import type { Fields } from '#kernel/document/field.ts';
import type { CommandAnswer, CommandBody } from '#kernel/http/wire.ts';
import { fill, text } from '#kernel/i18n/text.ts';
import { documents } from '../client.web.ts';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { SignatureDialog } from '../common/signature-dialog.web.tsx';
import { RowsSkeleton } from '../common/states.web.tsx';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { Effects } from './effects.web.tsx';
import { fieldError } from './form-errors.ts';
import { FieldsGrid } from './header-form.web.tsx';
import { rememberTitles } from './titles.web.ts';
import type { Command } from './use-command.web.ts';

const words = {
  title: text('{action}：先看会发生什么', '{action}: what will happen'),
  will: text('状态将从“{from}”变为“{to}”。', 'The state goes from “{from}” to “{to}”.'),
  stays: text('状态不变。', 'The state stays the same.'),
  approval: text(
    '如审批政策要求，将先提交审批，批准后才会生效。',
    'Where a policy asks for approval, it waits for that and takes effect afterwards.',
  ),
  asked: text(
    '这一次需要审批：先进入“{state}”，批准后才会变为“{to}”。',
    'This one needs approval: it rests in “{state}” first and goes to “{to}” once approved.',
  ),
  held: text('这一次需要审批：批准后才会生效。', 'This one needs approval and takes effect once approved.'),
  reason: text('原因', 'Reason'),
  back: text('返回', 'Back'),
  sign: text('签名并{action}', 'Sign and {action}'),
  refused: text('现在还不能{action}', 'Not possible yet: {action}'),
};

interface PreviewProps {
  readonly definition: AnyDefinition;
  readonly id: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly actionName: string;
  readonly subject: string;
  readonly command: Command;
  readonly today: string;
  readonly onConfirm: (body: CommandBody) => void;
  readonly onClose: () => void;
}

/** Asks the server to rehearse the action: everything is checked and worked out, nothing is kept. */
function useRehearsal(
  { definition, id, document, actionName }: PreviewProps,
  input: Record<string, unknown> | undefined,
  isReady: boolean,
) {
  return useQuery({
    queryKey: ['rehearsal', definition.kind, id, actionName, document['version'], input],
    queryFn: async () => {
      const answer = await documents(definition).act(id, actionName, input ? { input } : {}, { dryRun: true });
      rememberTitles(answer.titles);
      return answer;
    },
    enabled: isReady,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** What an action will do, before it does it; then the reason, the parameters and the signature it asks for. */
export function PreviewDrawer(props: PreviewProps) {
  const { definition, document, actionName, command, today } = props;
  const { t } = useLocale();
  const action = definition.actions[actionName] as ActionDefinition;
  const fields = Object.entries((action.input ?? {}) as Fields);
  const [input, setInput] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(fields.map(([name, f]) => [name, f.initial ?? null])),
  );
  const [reason, setReason] = useState('');
  const [isSigning, setSigning] = useState(false);
  const errors = Object.fromEntries(fields.map(([name, f]) => [name, fieldError(f, input[name])]).filter(([, e]) => e !== undefined));
  const isInputReady = Object.keys(errors).length === 0;
  const rehearsal = useRehearsal(props, fields.length ? input : undefined, isInputReady);
  const isReady = isInputReady && (action.reason !== 'required' || reason.trim() !== '') && rehearsal.isSuccess;
  const body = (): CommandBody => ({
    expectedVersion: Number(document['version']),
    ...(fields.length ? { input } : {}),
    ...(reason.trim() ? { reason: reason.trim() } : {}),
  });
  const confirm = () => {
    if (!isReady) return;
    if (action.signature) setSigning(true);
    else props.onConfirm(body());
  };
  return (
    <Drawer
      open
      onClose={props.onClose}
      size={760}
      title={`${t(fill(words.title, { action: action.label }))} · ${props.subject}`}
      footer={
        <div className="dp-drawer-foot">
          <button type="button" className="button" onClick={props.onClose}>
            {t(words.back)}
          </button>
          <button
            type="button"
            className={`button ${action.isDangerous ? 'button-danger' : 'button-primary'}`}
            disabled={!isReady || command.isBusy}
            onClick={confirm}
          >
            {action.signature ? t(fill(words.sign, { action: action.label })) : t(action.label)}
          </button>
        </div>
      }
    >
      <div className="dp-preview">
        {command.error !== null && !isSigning && <ErrorPanel error={command.error} takesFocus />}
        <StateChange definition={definition} action={action} state={String(document['state'])} rehearsed={rehearsal.data} />
        {fields.length > 0 && (
          <FieldsGrid
            fields={fields}
            values={input}
            errors={Object.fromEntries(Object.entries(errors).filter(([n]) => input[n] !== null)) as never}
            isEditing
            entityId={null}
            today={today}
            onChange={(name, value) => setInput({ ...input, [name]: value })}
          />
        )}
        {action.reason && <ReasonField isRequired={action.reason === 'required'} value={reason} onChange={setReason} />}
        {rehearsal.isPending && isInputReady && <RowsSkeleton rows={6} />}
        {rehearsal.error && <ErrorPanel error={rehearsal.error} />}
        {rehearsal.data && <Effects answer={rehearsal.data} />}
      </div>
      {action.signature && (
        <SignatureDialog
          isOpen={isSigning}
          meaning={action.signature.meaning}
          subject={props.subject}
          reason="none"
          isBusy={command.isBusy}
          error={command.error}
          onCancel={() => setSigning(false)}
          onSign={({ signature }) => props.onConfirm({ ...body(), signature })}
        />
      )}
    </Drawer>
  );
}

function ReasonField({ isRequired, value, onChange }: { isRequired: boolean; value: string; onChange: (reason: string) => void }) {
  const { t } = useLocale();
  const id = useId();
  return (
    <div>
      <label className="field-label" htmlFor={id}>
        {t(words.reason)}
        {isRequired && <span className="required"> *</span>}
      </label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={2000}
        autoFocus
        value={value}
        onChange={(e) => onChange(e.target.value)}
        aria-required={isRequired}
      />
    </div>
  );
}

interface StateChangeProps {
  readonly definition: AnyDefinition;
  readonly action: ActionDefinition;
  readonly state: string;
  readonly rehearsed: CommandAnswer | undefined;
}

/** From which state to which; whether a policy asks for approval is known once the action was rehearsed. */
function StateChange({ definition, action, state, rehearsed }: StateChangeProps) {
  const { t } = useLocale();
  const label = (name: string) => definition.states[name]?.label ?? { zh: name, en: name };
  if (rehearsed && rehearsed.approvalId !== null) {
    const pending = String(rehearsed.document['state']);
    return (
      <p className="dp-change dp-asks">
        <Icon name="approval" size={15} />{' '}
        {t(pending === state ? words.held : words.asked, { state: label(pending), to: label(action.to) })}
      </p>
    );
  }
  return (
    <p className="dp-change">
      {action.to === state ? t(words.stays) : t(words.will, { from: label(state), to: label(action.to) })}
      {action.approval && !rehearsed && <span className="secondary"> {t(words.approval)}</span>}
    </p>
  );
}
