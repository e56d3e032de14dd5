import { Link, useRouterState } from '@tanstack/react-router';
import { Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { viewPermission } from '#kernel/access/permission.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { MenuItem, ModuleManifest } from '#kernel/module.ts';
import { Icon, Mark } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { menuPreference } from '../preferences.web.ts';
import { definitionOf, getProduct, listPath } from '../product.web.ts';
import { useCan } from '../session.web.ts';
import { makePreference, useStore } from '../store.web.ts';

export interface MenuEntry {
  readonly label: LocalText;
  readonly path: string;
}
export interface MenuGroup {
  readonly name: string;
  readonly label: LocalText;
  readonly icon: string;
  readonly entries: readonly MenuEntry[];
  /** The daily work; the others are set up once and looked up now and then. */
  readonly isDaily: boolean;
}

const words = {
  nav: text('主菜单', 'Main menu'),
  home: text('我的工作', 'My work'),
  narrow: text('收起菜单', 'Narrow menu'),
  wide: text('展开菜单', 'Widen menu'),
};

type May = ReturnType<typeof useCan>;

function entryOf(item: MenuItem, may: May): MenuEntry | undefined {
  if (item.kind) {
    const definition = definitionOf(item.kind);
    const path = listPath(item.kind);
    if (!definition || !path || !may(item.permission ?? viewPermission(definition))) return undefined;
    return { label: item.label, path };
  }
  return item.path && may(item.permission) ? { label: item.label, path: item.path } : undefined;
}

const groupOf = (m: ModuleManifest, may: May): MenuGroup => ({
  name: m.name,
  label: m.label,
  icon: m.icon,
  entries: m.menu.map((item) => entryOf(item, may)).filter((e) => e !== undefined),
  isDaily: !m.isGround,
});

/** What this person may open, by capability: daily work first, empty capabilities absent. */
export function useMenuGroups(): readonly MenuGroup[] {
  const may = useCan();
  return getProduct()
    .modules.map((m) => groupOf(m, may))
    .filter((g) => g.entries.length > 0)
    .toSorted((a, b) => Number(b.isDaily) - Number(a.isDaily));
}

const closedGroups = makePreference<readonly string[]>('menu-closed', []);

/** The entry the address belongs to: the longest path it begins with, so that a page below another marks only itself. */
const entryAt = (groups: readonly MenuGroup[], here: string): MenuEntry | undefined =>
  groups
    .flatMap((g) => g.entries)
    .filter(({ path }) => here === path || here.startsWith(`${path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];

function Group({ group, current, here, isNarrow }: { group: MenuGroup; current: MenuEntry | undefined; here: string; isNarrow: boolean }) {
  const { t } = useLocale();
  const closed = useStore(closedGroups);
  const [floats, setFloats] = useState(false);
  useEffect(() => setFloats(false), [here]);
  const holdsHere = current !== undefined && group.entries.includes(current);
  const isOpen = isNarrow ? floats : !closed.includes(group.name);
  const toggle = () => {
    if (isNarrow) setFloats((now) => !now);
    else closedGroups.set((now) => (now.includes(group.name) ? now.filter((n) => n !== group.name) : [...now, group.name]));
  };
  const listId = `menu-${group.name}`;
  return (
    <li
      className={`menu-group${holdsHere ? ' holds-here' : ''}${group.isDaily ? '' : ' is-setup'}`}
      onBlur={(e) => {
        if (isNarrow && !e.currentTarget.contains(e.relatedTarget)) setFloats(false);
      }}
      onKeyDown={(e) => {
        if (isNarrow && e.key === 'Escape') setFloats(false);
      }}
    >
      <Tooltip title={isNarrow && !floats ? t(group.label) : ''} placement="right" mouseEnterDelay={0.2}>
        <button
          type="button"
          className="menu-capability"
          aria-expanded={isOpen}
          aria-controls={listId}
          onClick={toggle}
          aria-label={t(group.label)}
        >
          <Icon name={group.icon} />
          {!isNarrow && <span className="menu-label">{t(group.label)}</span>}
          {!isNarrow && (
            <span className={`menu-turn${isOpen ? ' is-open' : ''}`}>
              <Icon name="right" size={14} />
            </span>
          )}
        </button>
      </Tooltip>
      {isOpen && (
        <ul id={listId} className={isNarrow ? 'menu-entries floats' : 'menu-entries'}>
          {isNarrow && (
            <li className="menu-float-title" aria-hidden="true">
              {t(group.label)}
            </li>
          )}
          {group.entries.map((entry) => (
            <li key={entry.path}>
              <Link to={entry.path} className="menu-entry" aria-current={entry === current ? 'page' : undefined}>
                {t(entry.label)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** The left menu: capabilities, then their lists and pages. On a tablet it stays narrow and its groups float. */
export function Menu() {
  const { t } = useLocale();
  const groups = useMenuGroups();
  const isNarrow = useStore(menuPreference) === 'narrow';
  const here = useRouterState({ select: (s) => s.location.pathname });
  const current = entryAt(groups, here);
  return (
    <nav className="menu" aria-label={t(words.nav)}>
      <Link to="/" className="menu-mark" aria-label={`MedTrade · ${t(words.home)}`}>
        <Mark size={28} />
        {!isNarrow && <span className="menu-name">MedTrade</span>}
      </Link>
      <ul className="menu-groups">
        <li className={`menu-group${here === '/' ? ' holds-here' : ''}`}>
          <Tooltip title={isNarrow ? t(words.home) : ''} placement="right" mouseEnterDelay={0.2}>
            <Link to="/" className="menu-capability" aria-current={here === '/' ? 'page' : undefined} aria-label={t(words.home)}>
              <Icon name="house" />
              {!isNarrow && <span className="menu-label">{t(words.home)}</span>}
            </Link>
          </Tooltip>
        </li>
        {groups.map((group) => (
          <Group key={group.name} group={group} current={current} here={here} isNarrow={isNarrow} />
        ))}
      </ul>
      <button
        type="button"
        className="menu-capability menu-fold"
        onClick={() => menuPreference.set(isNarrow ? 'wide' : 'narrow')}
        aria-label={t(isNarrow ? words.wide : words.narrow)}
      >
        <Icon name={isNarrow ? 'wide' : 'narrow'} />
        {!isNarrow && <span className="menu-label">{t(words.narrow)}</span>}
      </button>
    </nav>
  );
}
