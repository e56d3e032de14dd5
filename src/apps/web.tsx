import { StrictMode, useCallback, useEffect, useState, type ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { text } from '#kernel/i18n/text.ts';
import { ErrorBoundary } from '#ui/common/error-boundary.web.tsx';
import { T } from '#ui/locale.web.tsx';
import { ChangePasswordPage } from '#ui/login/change-password-page.web.tsx';
import { LoginPage } from '#ui/login/login-page.web.tsx';
import { ApiError, publicRead } from '#ui/login/public-call.web.ts';
import { SetupPage } from '#ui/login/setup-page.web.tsx';
import { watchForNewVersion } from '#ui/new-version.web.ts';
import { localePreference, watchPreferences } from '#ui/preferences.web.ts';
import { hearOtherTabs, tellOtherTabs } from '#ui/session-channel.web.ts';
import { sessionPaths } from '#ui/session-shape.ts';
import { sessionStore, type Session } from '#ui/session.web.ts';
import { recall, useStore } from '#ui/store.web.ts';
import '#ui/styles/base.css';
import '#ui/styles/login.css';

/** The shell, the modules and their screens come only when somebody is signed in. */
async function loadShell(): Promise<ComponentType> {
  const [{ SignedInApp }, { setProduct }, { modules }, { webModules }] = await Promise.all([
    import('#ui/shell/app.web.tsx'),
    import('#ui/product.web.ts'),
    import('./modules.ts'),
    import('./modules.web.tsx'),
  ]);
  setProduct(modules, webModules);
  return SignedInApp;
}

const setupToken = (): string | null => /^\/setup\/([^/]+)$/.exec(window.location.pathname)?.[1] ?? null;

type Boot = 'asking' | 'out' | 'in' | 'lost';

const retryMs = 3000;

function useBoot(): { readonly boot: Boot; readonly ask: () => void } {
  const [boot, setBoot] = useState<Boot>('asking');
  const ask = useCallback(() => {
    void publicRead<Session>(sessionPaths.session).then(
      (session) => {
        // On a device where no language was chosen yet the account's holds; demo accounts have no preference of their own.
        if (!session.isDemo && recall('locale') === undefined) localePreference.set(session.user.locale);
        sessionStore.set(session);
        tellOtherTabs({ what: 'in', userId: session.user.id });
        setBoot('in');
      },
      (error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return setBoot('out');
        setBoot('lost');
        setTimeout(ask, retryMs);
      },
    );
  }, []);
  useEffect(ask, [ask]);
  // Signed in beside: this tab is, too.
  useEffect(() => (boot === 'out' ? hearOtherTabs((news) => news.what === 'in' && ask()) : undefined), [boot, ask]);
  return { boot, ask };
}

function Waiting({ isLost }: { isLost: boolean }) {
  return (
    <div className="boot" role="status">
      <span className="boot-dot" aria-hidden="true" />
      {isLost && <T value={text('暂时连不上服务器，正在重试…', 'The server cannot be reached yet; trying again…')} />}
    </div>
  );
}

function Web() {
  const { boot, ask } = useBoot();
  const session = useStore(sessionStore);
  const [token, setToken] = useState(setupToken);
  const [Shell, setShell] = useState<ComponentType | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  useEffect(() => {
    // While somebody types a password the shell may already travel.
    if (boot === 'in') void loadShell().then((Loaded) => setShell(() => Loaded), setFault);
    else if (boot === 'out') window.requestIdleCallback?.(() => void import('#ui/shell/app.web.tsx'), { timeout: 5000 });
  }, [boot]);
  if (fault) throw fault;
  const finishSetup = () => {
    window.history.replaceState(null, '', '/login');
    setToken(null);
  };
  if (token !== null && boot !== 'in') return <SetupPage token={token} onDone={finishSetup} />;
  if (boot === 'out') return <LoginPage onSignedIn={ask} />;
  if (boot === 'in' && session?.mustChangePassword) return <ChangePasswordPage onDone={ask} />;
  if (boot === 'in' && session && Shell) return <Shell />;
  return <Waiting isLost={boot === 'lost'} />;
}

watchPreferences();
watchForNewVersion();
void import('#ui/styles/fonts.web.ts');
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <Web />
    </ErrorBoundary>
  </StrictMode>,
);
