import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider, theme as antTheme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useLocale } from '../locale.web.tsx';
import { densityPreference, themeNow, themePreference } from '../preferences.web.ts';
import { queryClient } from '../queries.web.ts';
import { useStore } from '../store.web.ts';
import { antdTokens } from '../theme.ts';
import { fetchPagesWhenIdle, makeRouter } from './router.web.tsx';
import { sessionEnd, useSessionEnd } from './session-end.web.ts';
import { SignedOut } from './signed-out.web.tsx';
import '../styles/shell.css';
import '../styles/common.css';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const onSystemTheme = (listener: () => void) => {
  systemDark.addEventListener('change', listener);
  return () => systemDark.removeEventListener('change', listener);
};

/** light or dark, whichever holds now. */
export function useThemeMode() {
  useStore(themePreference);
  useSyncExternalStore(onSystemTheme, () => systemDark.matches);
  return themeNow();
}

/** Everything a signed-in person sees. */
export function SignedInApp() {
  const { locale } = useLocale();
  const density = useStore(densityPreference);
  const mode = useThemeMode();
  const [router] = useState(makeRouter);
  const end = useStore(sessionEnd);
  useSessionEnd();
  useEffect(fetchPagesWhenIdle, []);
  const config = useMemo(
    () => ({
      ...antdTokens(mode, density),
      algorithm: mode === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
      cssVar: { key: 'medtrade' },
      hashed: false,
    }),
    [mode, density],
  );
  return (
    <ConfigProvider locale={locale === 'zh-CN' ? zhCN : enUS} theme={config} button={{ autoInsertSpace: false }} virtual>
      <AntApp component={false}>
        <QueryClientProvider client={queryClient}>
          {end === 'none' ? <RouterProvider router={router} /> : <SignedOut />}
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
