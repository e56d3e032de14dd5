import { useEffect, useState } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { Round } from '../common/round.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { sessionPaths, type SignInOptions } from '../session-shape.ts';
import { LoginFrame } from './frame.web.tsx';
import { publicRead } from './public-call.web.ts';
import { SignInForm } from './sign-in-form.web.tsx';

const words = {
  title: text('登录', 'Log in'),
  sso: text('使用单点登录', 'Single sign-on'),
  or: text('或', 'or'),
  demo: text('演示账号：点一下即可登录', 'Demo accounts: one click logs in'),
  demoPassword: text('演示密码：{password}', 'Demo password: {password}'),
  setup: text(
    '系统还没有管理员。请打开服务器启动时打印的一次性设置链接。',
    'There is no administrator yet. Open the one-time setup link the server printed when it started.',
  ),
  lost: text('暂时连不上服务器，正在重试…', 'The server cannot be reached yet; trying again…'),
};

const retryMs = 3000;

function useOptions(): { readonly options: SignInOptions | null; readonly isLost: boolean } {
  const [options, setOptions] = useState<SignInOptions | null>(null);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const ask = () =>
      void publicRead<SignInOptions>(sessionPaths.options).then(
        (answer) => {
          if (isGone) return;
          setOptions(answer);
          setLost(false);
        },
        () => {
          if (isGone) return;
          setLost(true);
          timer = setTimeout(ask, retryMs);
        },
      );
    ask();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, []);
  return { options, isLost };
}

function DemoAccounts({ options, onPick }: { options: SignInOptions; onPick: (login: string) => void }) {
  const { t } = useLocale();
  return (
    <section className="demo" aria-label={t(words.demo)}>
      <h2>{t(words.demo)}</h2>
      <ul>
        {options.demoAccounts.map((account) => (
          <li key={account.login}>
            <button type="button" className="demo-card" onClick={() => onPick(account.login)}>
              <Round name={account.name} />
              <span className="demo-words">
                <strong>{account.name}</strong>
                <span>{t(account.role)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {options.demoPassword && <p className="plain-hint">{t(words.demoPassword, { password: options.demoPassword })}</p>}
    </section>
  );
}

function Note({ value }: { value: LocalText }) {
  const { t } = useLocale();
  return (
    <p className="login-note" role="status">
      {t(value)}
    </p>
  );
}

function SingleSignOn() {
  const { t } = useLocale();
  return (
    <>
      <p className="login-or">
        <span>{t(words.or)}</span>
      </p>
      <a className="button button-wide" href={`/api${sessionPaths.singleSignOn}`}>
        {t(words.sso)}
      </a>
    </>
  );
}

/** Log-in: light, without the shell; the shell is loaded when somebody is signed in. */
export function LoginPage({ onSignedIn }: { onSignedIn: () => void }) {
  const { options, isLost } = useOptions();
  return (
    <LoginFrame title={words.title}>
      {isLost && <Note value={words.lost} />}
      {options?.needsSetup && <Note value={words.setup} />}
      <SignInForm onSignedIn={onSignedIn}>
        {(signInAs) => (
          <>
            {options?.hasSingleSignOn && <SingleSignOn />}
            {options?.isDemo && options.demoAccounts.length > 0 && (
              <DemoAccounts options={options} onPick={(login) => signInAs({ login, password: options.demoPassword ?? '' })} />
            )}
          </>
        )}
      </SignInForm>
    </LoginFrame>
  );
}
