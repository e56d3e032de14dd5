import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { ActionDefinition } from '#kernel/document/definition.ts';
import type { Fields } from '#kernel/document/field.ts';
import type { CommandBody } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { SignatureDialog } from '../common/signature-dialog.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { fieldError } from './form-errors.ts';
import { FieldsGrid } from './header-form.web.tsx';

const words = {
  title: text('保存：{action}', 'Save: {action}'),
  reason: text('原因', 'Reason'),
  hint: text('原因会记入版本和审计。', 'The reason is kept with the version and in the audit trail.'),
  save: text('保存', 'Save'),
  back: text('返回', 'Back'),
};

interface SaveDialogProps {
  readonly action: ActionDefinition;
  readonly subject: string;
  readonly today: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onSave: (envelope: CommandBody) => void;
  readonly onClose: () => void;
}

/** What saving asks besides the content: from when it holds, why, and a signature where the action wants one. */
export function SaveDialog({ action, subject, today, isBusy, error, onSave, onClose }: SaveDialogProps) {
  const { t } = useLocale();
  const id = useId();
  const fields = Object.entries((action.input ?? {}) as Fields);
  const [input, setInput] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(fields.map(([name, f]) => [name, f.initial ?? null])),
  );
  const [reason, setReason] = useState('');
  const [isSigning, setSigning] = useState(false);
  const found = fields.map(([name, f]) => [name, fieldError(f, input[name])] as const);
  const errors = Object.fromEntries(found.flatMap(([name, e]) => (e && input[name] !== null ? [[name, e]] : [])));
  const isReady = found.every(([, e]) => e === undefined) && (action.reason !== 'required' || reason.trim() !== '');
  const envelope = (): CommandBody => ({ ...(fields.length ? { input } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) });
  const save = () => {
    if (!isReady) return;
    if (action.signature) setSigning(true);
    else onSave(envelope());
  };
  return (
    <Modal
      open
      title={t(words.title, { action: action.label })}
      okText={t(words.save)}
      cancelText={t(words.back)}
      onOk={save}
      onCancel={onClose}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: !isReady }}
      width={520}
    >
      <div className="dp-preview">
        {error !== null && error !== undefined && <ErrorPanel error={error} />}
        {fields.length > 0 && (
          <FieldsGrid
            fields={fields}
            values={input}
            errors={errors}
            isEditing
            entityId={null}
            today={today}
            onChange={(name, value) => setInput({ ...input, [name]: value })}
          />
        )}
        {action.reason && (
          <div>
            <label className="field-label" htmlFor={id}>
              {t(words.reason)}
              {action.reason === 'required' && <span className="required"> *</span>}
            </label>
            <Input.TextArea
              id={id}
              rows={3}
              autoFocus
              maxLength={2000}
              value={reason}
              onChange={(e) => setReason(e.target.value)}
              aria-required={action.reason === 'required'}
              onKeyDown={(e) => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && save()}
            />
            <p className="field-hint">{t(words.hint)}</p>
          </div>
        )}
      </div>
      {action.signature && (
        <SignatureDialog
          isOpen={isSigning}
          meaning={action.signature.meaning}
          subject={subject}
          reason="none"
          isBusy={isBusy}
          error={error}
          onCancel={() => setSigning(false)}
          onSign={({ signature }) => onSave({ ...envelope(), signature })}
        />
      )}
    </Modal>
  );
}
