import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { searchOperation } from '#kernel/http/workspace-operations.ts';
import { call } from '../client.web.ts';
import { KeyHint } from '../common/key-hint.web.tsx';
import { ErrorPanel } from '../common/refusal-panel.web.tsx';
import { StateChip } from '../common/state-chip.web.tsx';
import { Icon } from '../icon.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { definitionOf, documentPath } from '../product.web.ts';
import { recentOf } from '../recent.web.ts';
import { useSession } from '../session.web.ts';
import { useStore } from '../store.web.ts';
import { takeFocus } from '../take-focus.web.ts';
import { useMenuGroups } from './menu.web.tsx';
import { closeOverlay, overlay, searchSeed } from './overlays.web.ts';
import { feedback } from './scan.web.ts';

interface Found {
  readonly id: string;
  readonly kind: string;
  readonly number: string | null;
  readonly title: LocalText;
  readonly state: string | null;
  readonly entityId: string | null;
  readonly path?: string | undefined;
}

interface Option {
  readonly key: string;
  readonly path: string;
  readonly icon: string;
  readonly first: string;
  readonly second: string;
  readonly kind: LocalText | null;
  readonly found?: Found;
}

const words = {
  title: text('搜索', 'Search'),
  placeholder: text('单号、往来单位、产品、批号、序列号，或直接扫描', 'Number, party, product, lot, serial, or just scan'),
  recent: text('最近打开', 'Recent'),
  pages: text('页面', 'Pages'),
  things: text('单据与资料', 'Documents and records'),
  none: text('没有找到“{q}”', 'Nothing found for “{q}”'),
  noneHint: text('可以试试单号的后几位、产品编码或批号。', 'Try the last digits of a number, a product code or a lot.'),
  lot: text('批号/序列号', 'Lot or serial'),
  keys: text('选择', 'choose'),
  open: text('打开', 'open'),
  beside: text('新标签页', 'beside'),
};

const pagesMax = 6;

function useOptions(q: string): {
  readonly recent: Option[];
  readonly pages: Option[];
  readonly things: Option[];
  readonly error: unknown;
  readonly isDone: boolean;
} {
  const { t } = useLocale();
  const { user } = useSession();
  const recent = useStore(recentOf(user.id));
  const groups = useMenuGroups();
  const search = useQuery({
    queryKey: ['search', 'list', q],
    queryFn: () => call(searchOperation, { query: { q } }),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
  });
  const thing = (f: Omit<Found, 'state'> & { state?: string | null }): Option[] => {
    const path = f.path ?? documentPath(f.kind, f.id);
    const definition = definitionOf(f.kind);
    if (!path) return [];
    return [
      {
        key: f.id,
        path,
        icon: definition?.icon ?? 'box',
        first: f.number ?? '',
        second: t(f.title),
        kind: definition?.label ?? words.lot,
        found: { state: null, ...f },
      },
    ];
  };
  const needle = q.toLowerCase();
  const pages = groups
    .flatMap((g) => g.entries.map((e) => ({ g, e })))
    .filter(({ e, g }) => q !== '' && [e.label.zh, e.label.en, g.label.zh, g.label.en].some((w) => w.toLowerCase().includes(needle)))
    .slice(0, pagesMax)
    .map(({ g, e }): Option => ({ key: e.path, path: e.path, icon: g.icon, first: t(e.label), second: t(g.label), kind: null }));
  return {
    recent: q === '' ? recent.flatMap(thing) : [],
    pages,
    things: q === '' ? [] : (search.data?.items ?? []).flatMap(thing),
    error: q === '' ? null : search.error,
    isDone: search.isSuccess && !search.isFetching,
  };
}

function Row({
  option,
  id,
  isOn,
  onOpen,
  onOver,
}: {
  option: Option;
  id: string;
  isOn: boolean;
  onOpen: (beside: boolean) => void;
  onOver: () => void;
}) {
  const { t } = useLocale();
  const definition = option.found ? definitionOf(option.found.kind) : undefined;
  return (
    <li
      id={id}
      role="option"
      aria-selected={isOn}
      className={isOn ? 'found is-on' : 'found'}
      onMouseMove={onOver}
      onClick={(e) => onOpen(e.metaKey || e.ctrlKey)}
    >
      <Icon name={option.icon} size={16} />
      {option.first && <span className="found-first">{option.first}</span>}
      <span className="found-second">{option.second}</span>
      {option.found?.state && definition && <StateChip definition={definition} state={option.found.state} />}
      {option.kind && <span className="found-kind">{t(option.kind)}</span>}
    </li>
  );
}

function SearchBox() {
  const { t } = useLocale();
  const navigate = useNavigate();
  const id = useId();
  const seed = useStore(searchSeed);
  const [q, setQ] = useState(seed);
  const [at, setAt] = useState(0);
  const scanned = useRef(seed);
  const wanted = useDeferredValue(q.trim());
  const found = useOptions(wanted);
  const all = [...found.recent, ...found.pages, ...found.things];
  useEffect(() => {
    setQ(seed);
    scanned.current = seed;
  }, [seed]);
  useEffect(() => setAt(0), [wanted]);
  const open = (option: Option | undefined, beside: boolean) => {
    if (!option) return;
    if (beside) window.open(option.path, '_blank');
    else {
      closeOverlay();
      void navigate({ to: option.path });
    }
  };
  // A scan that means exactly one thing goes there at once.
  useEffect(() => {
    if (scanned.current === '' || scanned.current !== wanted || !found.isDone) return;
    scanned.current = '';
    feedback(found.things.length > 0 ? 'good' : 'refused');
    if (found.things.length === 1) open(found.things[0], false);
  });
  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && all.length > 0) {
      event.preventDefault();
      setAt((now) => (now + step + all.length) % all.length);
    } else if (event.key === 'Enter') open(all[at], event.metaKey || event.ctrlKey);
  };
  const sections: readonly (readonly [LocalText, readonly Option[]])[] = [
    [words.recent, found.recent],
    [words.pages, found.pages],
    [words.things, found.things],
  ];
  return (
    <div className="search-box">
      <div className="search-line">
        <Icon name="search" />
        <input
          ref={takeFocus}
          value={q}
          onChange={(e) => setQ(e.target.value)}
          onKeyDown={onKey}
          placeholder={t(words.placeholder)}
          role="combobox"
          aria-expanded={all.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={all[at] ? `${id}-${at}` : undefined}
          aria-label={t(words.title)}
          spellCheck={false}
          autoComplete="off"
        />
        <KeyHint keys={['Esc']} />
      </div>
      <ul className="search-results" id={`${id}-list`} role="listbox" aria-label={t(words.title)}>
        {sections
          .filter(([, options]) => options.length > 0)
          .map(([label, options]) => (
            <li key={label.en} role="presentation">
              <div className="search-section" aria-hidden="true">
                {t(label)}
              </div>
              <ul role="group" aria-label={t(label)}>
                {options.map((option) => {
                  const place = all.indexOf(option);
                  return (
                    <Row
                      key={option.key}
                      option={option}
                      id={`${id}-${place}`}
                      isOn={place === at}
                      onOver={() => setAt(place)}
                      onOpen={(beside) => open(option, beside)}
                    />
                  );
                })}
              </ul>
            </li>
          ))}
      </ul>
      {found.error !== null && <ErrorPanel error={found.error} />}
      {wanted !== '' && found.isDone && all.length === 0 && (
        <div className="search-none">
          <p>{t(words.none, { q: wanted })}</p>
          <p className="secondary">{t(words.noneHint)}</p>
        </div>
      )}
      <div className="search-foot" aria-hidden="true">
        <span>
          <KeyHint keys={['↑', '↓']} /> {t(words.keys)}
        </span>
        <span>
          <KeyHint keys={['Enter']} /> {t(words.open)}
        </span>
        <span>
          <KeyHint keys={['mod', 'Enter']} /> {t(words.beside)}
        </span>
      </div>
    </div>
  );
}

/** Finds anything by number, name, lot or scan, from everywhere. */
export function SearchOverlay() {
  const { t } = useLocale();
  const isOpen = useStore(overlay) === 'search';
  return (
    <Modal
      open={isOpen}
      onCancel={closeOverlay}
      footer={null}
      closable={false}
      width={640}
      className="search-modal"
      destroyOnHidden
      style={{ top: 88 }}
      title={t(words.title)}
    >
      <SearchBox />
    </Modal>
  );
}
