import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';
import { takeFocus } from '../take-focus.web.ts';

const words = {
  reason: text('原因', 'Reason'),
  hint: text('原因会记入时间线和审计，任何人都不能改。', 'The reason goes into the timeline and the audit trail; nobody can change it.'),
  cancel: text('返回', 'Back'),
};

interface ReasonDialogProps {
  readonly isOpen: boolean;
  readonly title: LocalText;
  /** What will happen. */
  readonly body?: LocalText | undefined;
  readonly confirm: LocalText;
  readonly reason: 'required' | 'optional' | 'none';
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  readonly onConfirm: (reason: string | undefined) => void;
  readonly onCancel: () => void;
}

/** Asks before something that cannot be taken back, with the reason where the action wants one. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useLocale();
  const id = useId();
  const [reason, setReason] = useState('');
  const isReady = props.reason !== 'required' || reason.trim() !== '';
  const submit = () => {
    if (isReady) props.onConfirm(reason.trim() === '' ? undefined : reason.trim());
  };
  return (
    <Modal
      open={props.isOpen}
      title={t(props.title)}
      okText={t(props.confirm)}
      cancelText={t(words.cancel)}
      onOk={submit}
      onCancel={props.onCancel}
      okButtonProps={{ danger: props.isDangerous ?? false, disabled: !isReady }}
      confirmLoading={props.isBusy ?? false}
      destroyOnHidden
      afterClose={() => setReason('')}
    >
      {props.body && <p className="dialog-words">{t(props.body)}</p>}
      {props.reason !== 'none' && (
        <>
          <label htmlFor={id} className="field-label">
            {t(words.reason)}
            {props.reason === 'required' && <span className="required"> *</span>}
          </label>
          <Input.TextArea
            id={id}
            ref={takeFocus}
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
            aria-required={props.reason === 'required'}
            onKeyDown={(e) => {
              if (e.key === 'Enter' && (e.metaKey || e.ctrlKey)) submit();
            }}
          />
          <p className="field-hint">{t(words.hint)}</p>
        </>
      )}
    </Modal>
  );
}
