import { Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { ErrorBoundary } from '../common/error-boundary.web.tsx';
import { PageSkeleton } from '../common/states.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { menuPreference } from '../preferences.web.ts';
import { useStore } from '../store.web.ts';
import { Banners } from './banners.web.tsx';
import { ChangedNote } from './changed-note.web.tsx';
import { Header } from './header.web.tsx';
import { HeldPrompt } from './held-prompt.web.tsx';
import { KeyboardHelp, useShortcuts } from './keyboard.web.tsx';
import { useLive } from './live.web.ts';
import { Menu } from './menu.web.tsx';
import { searchFor } from './overlays.web.ts';
import { rememberWhatIsOpened } from './remember-recent.web.ts';
import { useScan, useScanListener } from './scan.web.ts';
import { SearchOverlay } from './search.web.tsx';

const skip = text('跳到正文', 'Skip to content');

/** The frame around every page: menu, header, banners, and the page itself as the main landmark. */
export function Layout() {
  const { t } = useLocale();
  const width = useStore(menuPreference);
  const path = useRouterState({ select: (s) => s.location.pathname });
  const { id } = useParams({ strict: false }) as { id?: string };
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useLive();
  useScanListener();
  useScan(searchFor);
  useShortcuts();
  useEffect(rememberWhatIsOpened, []);
  // After a change of page the reader of a screen starts at its beginning, not in the menu.
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [path]);
  return (
    <div className={`shell menu-${width}`}>
      <a
        className="skip"
        href="#main"
        onClick={(e) => {
          e.preventDefault();
          main.current?.focus();
        }}
      >
        {t(skip)}
      </a>
      <Menu />
      <div className="shell-body">
        <Header />
        <Banners />
        <main id="main" className="main" tabIndex={-1} ref={main}>
          <ChangedNote id={id ?? null} />
          <ErrorBoundary resetKey={path}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <SearchOverlay />
      <KeyboardHelp />
      <HeldPrompt />
    </div>
  );
}
