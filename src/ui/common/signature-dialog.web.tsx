import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { CommandBody } from '#kernel/http/wire.ts';
import { useLocale } from '../locale.web.tsx';
import { useSession } from '../session.web.ts';
import { takeFocus } from '../take-focus.web.ts';
import { ErrorPanel } from './refusal-panel.web.tsx';

const words = {
  title: text('电子签名', 'Electronic signature'),
  signer: text('签名人', 'Signer'),
  meaning: text('签名含义', 'Meaning of the signature'),
  password: text('密码', 'Password'),
  code: text('动态验证码', 'Authenticator code'),
  codeHint: text('已绑定第二因素时填写', 'If you use a second factor'),
  reason: text('原因', 'Reason'),
  bound: text(
    '签名与这份内容绑定；内容一旦变化，签名即失效。',
    'The signature is bound to this content; if the content changes, it no longer holds.',
  ),
  sign: text('签名', 'Sign'),
  cancel: text('返回', 'Back'),
};

interface SignatureDialogProps {
  readonly isOpen: boolean;
  readonly meaning: LocalText;
  /** What is signed: kind and number. */
  readonly subject: string;
  readonly reason: 'required' | 'optional' | 'none';
  readonly isBusy?: boolean;
  readonly error?: unknown;
  readonly onSign: (signed: { signature: NonNullable<CommandBody['signature']>; reason: string | undefined }) => void;
  readonly onCancel: () => void;
}

/** Re-authentication at the moment of signing, with the meaning in view (21 CFR 11.50, 11.200). */
export function SignatureDialog(props: SignatureDialogProps) {
  const { t } = useLocale();
  const id = useId();
  const { user } = useSession();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [reason, setReason] = useState('');
  const isReady = password !== '' && (props.reason !== 'required' || reason.trim() !== '');
  const clear = () => {
    setPassword('');
    setCode('');
    setReason('');
  };
  const sign = () => {
    if (!isReady) return;
    props.onSign({ signature: { password, ...(code === '' ? {} : { code }) }, reason: reason.trim() === '' ? undefined : reason.trim() });
  };
  return (
    <Modal
      open={props.isOpen}
      title={t(words.title)}
      okText={t(words.sign)}
      cancelText={t(words.cancel)}
      onCancel={props.onCancel}
      okButtonProps={{ disabled: !isReady, htmlType: 'submit', form: `${id}-form` }}
      confirmLoading={props.isBusy ?? false}
      destroyOnHidden
      afterClose={clear}
      width={460}
    >
      <form
        className="signature"
        id={`${id}-form`}
        onSubmit={(e) => {
          e.preventDefault();
          sign();
        }}
      >
        <dl className="signature-facts">
          <dt>{t(words.signer)}</dt>
          <dd>
            {user.name} <span className="secondary">({user.login})</span>
          </dd>
          <dt>{t(words.meaning)}</dt>
          <dd>
            <strong>{t(props.meaning)}</strong> · {props.subject}
          </dd>
        </dl>
        {props.reason !== 'none' && (
          <>
            <label className="field-label" htmlFor={`${id}-reason`}>
              {t(words.reason)}
              {props.reason === 'required' && <span className="required"> *</span>}
            </label>
            <Input.TextArea id={`${id}-reason`} rows={2} maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} />
          </>
        )}
        <label className="field-label" htmlFor={`${id}-password`}>
          {t(words.password)}
          <span className="required"> *</span>
        </label>
        <Input.Password
          id={`${id}-password`}
          ref={takeFocus}
          autoComplete="current-password"
          value={password}
          onChange={(e) => setPassword(e.target.value)}
        />
        <label className="field-label" htmlFor={`${id}-code`}>
          {t(words.code)}
        </label>
        <Input
          id={`${id}-code`}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          value={code}
          placeholder={t(words.codeHint)}
          onChange={(e) => setCode(e.target.value)}
        />
        <p className="field-hint">{t(words.bound)}</p>
        {props.error !== undefined && props.error !== null && <ErrorPanel error={props.error} />}
      </form>
    </Modal>
  );
}
