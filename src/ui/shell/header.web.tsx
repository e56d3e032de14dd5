import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { Dropdown, Tooltip, type MenuProps } from 'antd';
import { myWorkOperation } from '#kernel/http/workspace-operations.ts';
import { text, type Locale, type LocalText } from '#kernel/i18n/text.ts';
import { call, post } from '../client.web.ts';
import { KeyHint } from '../common/key-hint.web.tsx';
import { Round } from '../common/round.web.tsx';
import { waitingItems } from '../home/waiting.ts';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { densityPreference, localePreference, soundPreference, themePreference } from '../preferences.web.ts';
import { getProduct } from '../product.web.ts';
import { queryKeys } from '../queries.web.ts';
import { sessionPaths } from '../session-shape.ts';
import { useEntity, useSession } from '../session.web.ts';
import { useStore } from '../store.web.ts';
import { signOutHere } from './sign-out.web.ts';
import { openHelp, openSearch } from './overlays.web.ts';

const words = {
  search: text('搜索或扫描：单号、往来单位、产品、批号…', 'Search or scan: number, party, product, lot…'),
  allCompanies: text('全部公司', 'All companies'),
  company: text('公司', 'Company'),
  language: text('语言', 'Language'),
  work: text('等待我处理：{count}', 'Waiting for me: {count}'),
  account: text('我的账户', 'My account'),
  theme: text('外观', 'Appearance'),
  light: text('浅色', 'Light'),
  dark: text('深色', 'Dark'),
  system: text('跟随系统', 'As the system'),
  density: text('行高', 'Row height'),
  normal: text('标准', 'Normal'),
  compact: text('紧凑', 'Compact'),
  touch: text('触控', 'Touch'),
  sound: text('提示音', 'Sound'),
  help: text('快捷键', 'Keyboard'),
  signOut: text('退出登录', 'Sign out'),
  demo: text('演示数据', 'Demo'),
};

function CompanySwitch() {
  const { t, locale } = useLocale();
  const { entities, entity, choose } = useEntity();
  const nameOf = (e: (typeof entities)[number]) => (locale === 'zh-CN' ? e.nameZh : e.nameEn);
  const label = entity ? nameOf(entity) : t(words.allCompanies);
  if (entities.length < 2) return entities.length === 1 ? <span className="company is-only">{label}</span> : null;
  const items: MenuProps['items'] = [
    { key: 'all', label: t(words.allCompanies) },
    { type: 'divider' },
    ...entities.map((e) => ({
      key: e.id,
      label: (
        <span className="company-option">
          <span>{nameOf(e)}</span>
          <span className="secondary">
            {e.code} · {e.functionalCurrency}
          </span>
        </span>
      ),
    })),
  ];
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items, selectable: true, selectedKeys: [entity?.id ?? 'all'], onClick: ({ key }) => choose(key === 'all' ? null : key) }}
    >
      <button type="button" className="company" aria-haspopup="menu" aria-label={`${t(words.company)}: ${label}`}>
        <Icon name="building" size={16} />
        <span className="company-name">{label}</span>
        <Icon name="down" size={14} />
      </button>
    </Dropdown>
  );
}

/** How many things wait for this person. */
export function useMyWork() {
  return useQuery({ queryKey: queryKeys.myWork, queryFn: () => call(myWorkOperation), staleTime: 30_000 });
}

function Bell() {
  const { t } = useLocale();
  const count = waitingItems(useMyWork().data?.sections ?? []).length;
  const label = t(words.work, { count });
  return (
    <Tooltip title={label}>
      <Link to="/" className="tool" aria-label={label}>
        <Icon name="bell" />
        {count > 0 && (
          <span className="tool-count" aria-hidden="true">
            {count > 99 ? '99+' : count}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}

/** The choice holds on this device at once and for the account from then on (mails, prints). */
function chooseLocale(locale: Locale): void {
  localePreference.set(locale);
  void post(sessionPaths.locale, { locale }).catch(() => undefined);
}

function LanguageSwitch() {
  const { locale, t } = useLocale();
  return (
    <div className="language" role="group" aria-label={t(words.language)}>
      {(
        [
          ['zh-CN', '中'],
          ['en', 'EN'],
        ] as const
      ).map(([code, label]) => (
        <button key={code} type="button" lang={code} aria-pressed={locale === code} onClick={() => chooseLocale(code)}>
          {label}
        </button>
      ))}
    </div>
  );
}

interface Choice {
  readonly key: string;
  readonly label: LocalText;
}

function useUserMenu(): MenuProps {
  const { t } = useLocale();
  const theme = useStore(themePreference);
  const density = useStore(densityPreference);
  const sound = useStore(soundPreference);
  const hasAccountPage = getProduct().webModules.some((m) => m.routes.some((r) => r.path === '/account'));
  const tick = (isOn: boolean) => (isOn ? <Icon name="check" size={14} /> : <span className="no-tick" />);
  const choices = (name: string, now: string, options: readonly Choice[]) =>
    options.map((o) => ({ key: `${name}:${o.key}`, label: t(o.label), icon: tick(now === o.key) }));
  const items: MenuProps['items'] = [
    ...(hasAccountPage
      ? [
          { key: 'account', label: <Link to="/account">{t(words.account)}</Link>, icon: <Icon name="user" size={16} /> },
          { type: 'divider' as const },
        ]
      : []),
    {
      key: 'theme',
      label: t(words.theme),
      icon: <Icon name="moon" size={16} />,
      children: choices('theme', theme, [
        { key: 'light', label: words.light },
        { key: 'dark', label: words.dark },
        { key: 'system', label: words.system },
      ]),
    },
    {
      key: 'density',
      label: t(words.density),
      icon: <Icon name="table" size={16} />,
      children: choices('density', density, [
        { key: 'normal', label: words.normal },
        { key: 'compact', label: words.compact },
        { key: 'touch', label: words.touch },
      ]),
    },
    { key: 'sound', label: t(words.sound), icon: tick(sound === 'on') },
    {
      key: 'help',
      label: (
        <span className="menu-with-keys">
          {t(words.help)}
          <KeyHint keys={['?']} />
        </span>
      ),
      icon: <Icon name="help" size={16} />,
    },
    { type: 'divider' },
    { key: 'out', label: t(words.signOut), icon: <Icon name="exit" size={16} /> },
  ];
  const onClick = ({ key }: { key: string }) => {
    const [name, value] = key.split(':');
    if (name === 'theme' && value) themePreference.set(value as ReturnType<typeof themePreference.get>);
    if (name === 'density' && value) densityPreference.set(value as ReturnType<typeof densityPreference.get>);
    if (key === 'sound') soundPreference.set((now) => (now === 'on' ? 'off' : 'on'));
    if (key === 'help') openHelp();
    if (key === 'out') void signOutHere();
  };
  return { items, onClick };
}

function UserMenu() {
  const { user } = useSession();
  const { t } = useLocale();
  const menu = useUserMenu();
  return (
    <Dropdown trigger={['click']} menu={menu} placement="bottomRight">
      <button type="button" className="tool user" aria-haspopup="menu" aria-label={`${user.name} · ${t(words.account)}`}>
        <Round name={user.name} />
        <span className="user-name">{user.name}</span>
      </button>
    </Dropdown>
  );
}

/** Search, company, language, what waits, oneself. */
export function Header() {
  const { t } = useLocale();
  const { isDemo } = useSession();
  return (
    <header className="header">
      <button type="button" className="search-button" onClick={openSearch} aria-haspopup="dialog">
        <Icon name="search" size={16} />
        <span className="search-words">{t(words.search)}</span>
        <KeyHint keys={['mod', 'K']} />
      </button>
      <div className="header-tools">
        {isDemo && <span className="demo-flag">{t(words.demo)}</span>}
        <CompanySwitch />
        <LanguageSwitch />
        <Bell />
        <UserMenu />
      </div>
    </header>
  );
}
