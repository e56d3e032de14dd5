import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { call } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { Chip } from '#ui/common/state-chip.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import { Card, Labelled } from './labelled.web.tsx';
import { confirmSecondFactor, disableSecondFactor, enrolSecondFactor, renewRecoveryCodes } from './operations.ts';

const words = {
  title: text('第二因素（动态口令）', 'Second factor (authenticator)'),
  on: text('已启用', 'On'),
  off: text('未启用', 'Off'),
  why: text(
    '绑定后，登录以及每次会话的首次电子签名都需要验证器上的 6 位口令；仅凭密码无法冒用您的账户。',
    'Once enrolled, log-in and the first signature of a session also ask for six digits of your authenticator: a password alone opens nothing.',
  ),
  password: text('当前密码', 'Present password'),
  begin: text('开始绑定', 'Enrol'),
  scan: text('用验证器应用扫描二维码，或手工输入密钥：', 'Scan the code with an authenticator app, or type the key:'),
  qr: text('绑定用二维码', 'QR code to enrol'),
  code: text('6 位动态口令', 'Six-digit code'),
  confirm: text('确认并启用', 'Confirm and turn on'),
  codes: text(
    '恢复码只显示这一次。请打印或抄下，与手机分开保管；每个可在丢失验证器时使用一次。',
    'These recovery codes are shown this once. Print or copy them and keep them apart from the telephone; each is good once if you lose it.',
  ),
  kept: text('我已保管好', 'I have kept them'),
  left: text('剩余 {count} 个恢复码', '{count} recovery codes left'),
  renew: text('重新生成恢复码', 'New recovery codes'),
  disable: text('停用第二因素', 'Turn off'),
};

/** Codes as they are shown, this once. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useLocale();
  return (
    <>
      <p>{t(words.codes)}</p>
      <ul className="access-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button type="primary" onClick={onKept}>
        {t(words.kept)}
      </Button>
    </>
  );
}

function Enrol({ onEnrolled }: { onEnrolled: (codes: readonly string[]) => void }) {
  const { t } = useLocale();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const begin = useMutation({ mutationFn: () => call(enrolSecondFactor, { body: { password } }), onSuccess: () => setPassword('') });
  const confirm = useMutation({
    mutationFn: () => call(confirmSecondFactor, { body: { code } }),
    onSuccess: ({ recoveryCodes }) => onEnrolled(recoveryCodes),
  });
  if (!begin.data) {
    return (
      <form
        onSubmit={(e) => {
          e.preventDefault();
          begin.mutate();
        }}
      >
        <p className="secondary">{t(words.why)}</p>
        <Labelled label={words.password} isRequired>
          {(id) => (
            <Input.Password id={id} autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} />
          )}
        </Labelled>
        {begin.error && <ErrorPanel error={begin.error} takesFocus />}
        <div className="access-row">
          <Button htmlType="submit" disabled={password === ''} loading={begin.isPending}>
            {t(words.begin)}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        confirm.mutate();
      }}
    >
      <p>{t(words.scan)}</p>
      <img className="access-qr" alt={t(words.qr)} src={`data:image/svg+xml;utf8,${encodeURIComponent(begin.data.qrSvg)}`} />
      <code className="access-secret">{begin.data.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
      <Labelled label={words.code} isRequired>
        {(id) => (
          <Input
            id={id}
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            value={code}
            onChange={(e) => setCode(e.target.value)}
          />
        )}
      </Labelled>
      {confirm.error && <ErrorPanel error={confirm.error} takesFocus />}
      <div className="access-row">
        <Button type="primary" htmlType="submit" disabled={code.replace(/\s/g, '').length !== 6} loading={confirm.isPending}>
          {t(words.confirm)}
        </Button>
      </div>
    </form>
  );
}

function Enrolled({ left, onCodes, onChanged }: { left: number; onCodes: (codes: readonly string[]) => void; onChanged: () => void }) {
  const { t } = useLocale();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const renew = useMutation({
    mutationFn: () => call(renewRecoveryCodes, { body: { password } }),
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  const disable = useMutation({ mutationFn: () => call(disableSecondFactor, { body: { password, code } }), onSuccess: onChanged });
  const error = disable.error ?? renew.error;
  return (
    <>
      <p className="secondary">{t(words.left, { count: left })}</p>
      <Labelled label={words.password} isRequired>
        {(id) => <Input.Password id={id} autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} />}
      </Labelled>
      <Labelled label={words.code}>
        {(id) => (
          <Input
            id={id}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            value={code}
            onChange={(e) => setCode(e.target.value)}
          />
        )}
      </Labelled>
      {error && <ErrorPanel error={error} takesFocus />}
      <div className="access-row">
        <Button disabled={password === ''} loading={renew.isPending} onClick={() => renew.mutate()}>
          {t(words.renew)}
        </Button>
        <Button danger disabled={password === '' || code.trim().length < 6} loading={disable.isPending} onClick={() => disable.mutate()}>
          {t(words.disable)}
        </Button>
      </div>
    </>
  );
}

/** One's own second factor: enrol by QR code, recovery codes, turn off. */
export function SecondFactorCard({
  isOn,
  recoveryCodesLeft,
  onChanged,
}: {
  isOn: boolean;
  recoveryCodesLeft: number;
  onChanged: () => void;
}) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const take = (fresh: readonly string[]) => {
    setCodes(fresh);
    onChanged();
  };
  return (
    <Card title={words.title} beside={<Chip tone={isOn ? 'good' : 'draft'} label={isOn ? words.on : words.off} />}>
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
      {!codes && isOn && <Enrolled left={recoveryCodesLeft} onCodes={take} onChanged={onChanged} />}
      {!codes && !isOn && <Enrol onEnrolled={take} />}
    </Card>
  );
}
