import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';
import { sessionPaths, type SignInAnswer } from '../session-shape.ts';
import { takeFocus } from '../take-focus.web.ts';
import { ApiError, NoAnswerError, publicSend } from './public-call.web.ts';

const words = {
  login: text('用户名', 'User name'),
  password: text('密码', 'Password'),
  show: text('显示密码', 'Show the password'),
  hide: text('隐藏密码', 'Hide the password'),
  caps: text('大写锁定已打开', 'Caps lock is on'),
  signIn: text('登录', 'Log in'),
  busy: text('正在登录…', 'Logging in…'),
  code: text('验证码', 'Code'),
  codeHint: text('身份验证器中的六位数字，或一个恢复码', 'Six digits of your authenticator, or a recovery code'),
  verify: text('验证', 'Verify'),
  back: text('返回', 'Back'),
  needLogin: text('请填写用户名', 'Enter your user name'),
  needPassword: text('请填写密码', 'Enter your password'),
  needCode: text('请填写验证码', 'Enter the code'),
  lost: text('没有收到服务器的回答。请检查网络后重试。', 'The server did not answer. Check the network and try again.'),
  fault: text('登录出错，请稍后再试。', 'Logging in failed; try again in a moment.'),
};

interface FieldProps {
  readonly label: LocalText;
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
  readonly children: (ids: { id: string; describedBy: string | undefined; isInvalid: boolean }) => ReactNode;
}

/** A label, its control, and under it the hint or what is wrong with it. */
export function Field({ label, error, hint, children }: FieldProps) {
  const { t } = useLocale();
  const id = useId();
  const hintId = `${id}-hint`;
  const describedBy = error !== undefined || hint ? hintId : undefined;
  return (
    <div className={error === undefined ? 'plain-field' : 'plain-field is-wrong'}>
      <label htmlFor={id}>{t(label)}</label>
      {children({ id, describedBy, isInvalid: error !== undefined })}
      {(error !== undefined || hint) && (
        <p id={hintId} className="plain-hint" {...(error === undefined ? {} : { role: 'alert' })}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

export function PasswordField({
  label,
  value,
  onChange,
  error,
  autoComplete,
  isFocused = false,
  hint,
}: {
  label: LocalText;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  autoComplete: 'current-password' | 'new-password';
  isFocused?: boolean;
  hint?: ReactNode;
}) {
  const { t } = useLocale();
  const [isShown, setShown] = useState(false);
  const [hasCaps, setCaps] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFocused || error !== undefined) input.current?.focus();
  }, [isFocused, error]);
  const watchCaps = (event: React.KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));
  return (
    <Field label={label} error={error} hint={hasCaps ? <span className="caps">⇪ {t(words.caps)}</span> : hint}>
      {({ id, describedBy, isInvalid }) => (
        <span className="password">
          <input
            id={id}
            ref={input}
            type={isShown ? 'text' : 'password'}
            value={value}
            autoComplete={autoComplete}
            maxLength={200}
            aria-invalid={isInvalid}
            aria-describedby={describedBy}
            onChange={(e) => onChange(e.target.value)}
            onKeyDown={watchCaps}
            onKeyUp={watchCaps}
            onBlur={() => setCaps(false)}
            spellCheck={false}
            autoCapitalize="none"
          />
          <button
            type="button"
            className="password-eye"
            aria-pressed={isShown}
            aria-label={t(isShown ? words.hide : words.show)}
            onClick={() => setShown((s) => !s)}
          >
            <svg
              width="18"
              height="18"
              viewBox="0 0 24 24"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.7"
              strokeLinecap="round"
              strokeLinejoin="round"
              aria-hidden="true"
            >
              <path d="M2 12c2.500-4.500 6-7 10-7s7.500 2.500 10 7c-2.500 4.500-6 7-10 7s-7.500-2.500-10-7ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z" />
              {isShown && <path d="M4 4l16 16" />}
            </svg>
          </button>
        </span>
      )}
    </Field>
  );
}

interface Wrong {
  readonly field: 'login' | 'password' | 'code';
  readonly message: string;
}

function wrongFrom(error: unknown, t: (value: LocalText) => string, field: Wrong['field']): Wrong {
  if (error instanceof NoAnswerError) return { field, message: t(words.lost) };
  const refusal = error instanceof ApiError ? error.refusals[0] : undefined;
  if (!refusal) return { field, message: t(words.fault) };
  const named = refusal.field === 'login' || refusal.field === 'password' || refusal.field === 'code' ? refusal.field : field;
  return { field: named, message: `${t(refusal.text)} ${t(refusal.wayOut)}` };
}

interface Credentials {
  readonly login: string;
  readonly password: string;
}

interface SignInFormProps {
  readonly onSignedIn: (answer: { mustChangePassword: boolean }) => void;
  /** Given where the same person must come back: the name is then fixed. */
  readonly knownLogin?: string;
  /** More ways in, below the form (demo accounts); `signInAs` fills the form in and sends it. */
  readonly children?: (signInAs: (given: Credentials) => void) => ReactNode;
}

function CodeForm({ challenge, onDone, onBack }: { challenge: string; onDone: (answer: SignInAnswer) => void; onBack: () => void }) {
  const { t } = useLocale();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    if (code.trim().length < 6) return setWrong(t(words.needCode));
    setBusy(true);
    try {
      onDone(await publicSend<SignInAnswer>(sessionPaths.secondFactor, { challenge, code: code.trim() }));
    } catch (error) {
      setWrong(wrongFrom(error, t, 'code').message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="plain-form"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      <Field label={words.code} error={wrong} hint={t(words.codeHint)}>
        {({ id, describedBy, isInvalid }) => (
          <input
            id={id}
            className="code-input"
            value={code}
            ref={takeFocus}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            aria-invalid={isInvalid}
            aria-describedby={describedBy}
            onChange={(e) => setCode(e.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button button-primary button-wide" disabled={isBusy}>
        {t(isBusy ? words.busy : words.verify)}
      </button>
      <button type="button" className="link-button" onClick={onBack}>
        {t(words.back)}
      </button>
    </form>
  );
}

/** After single sign-on of somebody with a second factor, the server leaves the open challenge in the address. */
function challengeFromAddress(): string | null {
  const found = new URLSearchParams(window.location.hash.slice(1)).get('challenge');
  if (found) window.history.replaceState(null, '', window.location.pathname);
  return found;
}

/** Password, then the second factor where one is enrolled. Errors stand at their field; nothing typed is lost. */
export function SignInForm({ onSignedIn, knownLogin, children }: SignInFormProps) {
  const { t } = useLocale();
  const [login, setLogin] = useState(knownLogin ?? '');
  const [password, setPassword] = useState('');
  const [challenge, setChallenge] = useState<string | null>(challengeFromAddress);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [isBusy, setBusy] = useState(false);
  const take = (answer: SignInAnswer) => {
    if (answer.status === 'second-factor-required') setChallenge(answer.challenge);
    else onSignedIn(answer);
  };
  const send = async (given: Credentials) => {
    if (given.login.trim() === '') return setWrong({ field: 'login', message: t(words.needLogin) });
    if (given.password === '') return setWrong({ field: 'password', message: t(words.needPassword) });
    setBusy(true);
    setWrong(null);
    try {
      take(await publicSend<SignInAnswer>(sessionPaths.session, { login: given.login.trim(), password: given.password }));
    } catch (error) {
      setWrong(wrongFrom(error, t, 'password'));
    } finally {
      setBusy(false);
    }
  };
  const signInAs = (given: Credentials) => {
    setLogin(given.login);
    setPassword(given.password);
    void send(given);
  };
  if (challenge !== null) return <CodeForm challenge={challenge} onDone={take} onBack={() => setChallenge(null)} />;
  const form = (
    <form
      className="plain-form"
      noValidate
      aria-busy={isBusy}
      onSubmit={(e) => {
        e.preventDefault();
        void send({ login, password });
      }}
    >
      <Field label={words.login} error={wrong?.field === 'login' ? wrong.message : undefined}>
        {({ id, describedBy, isInvalid }) => (
          <input
            id={id}
            value={login}
            {...(knownLogin === undefined ? { ref: takeFocus } : { readOnly: true, tabIndex: -1 })}
            autoComplete="username"
            maxLength={64}
            aria-invalid={isInvalid}
            aria-describedby={describedBy}
            onChange={(e) => setLogin(e.target.value)}
            spellCheck={false}
            autoCapitalize="none"
          />
        )}
      </Field>
      <PasswordField
        label={words.password}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        isFocused={knownLogin !== undefined}
        error={wrong?.field === 'password' ? wrong.message : undefined}
      />
      <button type="submit" className="button button-primary button-wide" disabled={isBusy}>
        {t(isBusy ? words.busy : words.signIn)}
      </button>
    </form>
  );
  return (
    <>
      {form}
      {children?.(signInAs)}
    </>
  );
}
