import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useEffect } from 'react';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { KeyHint } from '../common/key-hint.web.tsx';
import { useLocale } from '../locale.web.tsx';
import { useStore } from '../store.web.ts';
import { closeOverlay, openHelp, openSearch, overlay } from './overlays.web.ts';

const sheet: readonly {
  readonly title: LocalText;
  readonly keys: readonly { readonly keys: readonly string[]; readonly what: LocalText }[];
}[] = [
  {
    title: text('随处', 'Anywhere'),
    keys: [
      { keys: ['mod', 'K'], what: text('搜索或扫描', 'Search or scan') },
      { keys: ['/'], what: text('搜索', 'Search') },
      { keys: ['g', 'h'], what: text('我的工作', 'My work') },
      { keys: ['?'], what: text('显示快捷键', 'Show this sheet') },
      { keys: ['Esc'], what: text('关闭浮层', 'Close what floats') },
    ],
  },
  {
    title: text('列表', 'Lists'),
    keys: [
      { keys: ['j'], what: text('下一行', 'Next row') },
      { keys: ['k'], what: text('上一行', 'Previous row') },
      { keys: ['Enter'], what: text('打开', 'Open') },
      { keys: ['mod', 'Enter'], what: text('在新标签页打开', 'Open beside') },
    ],
  },
  {
    title: text('单据与明细', 'Documents and lines'),
    keys: [
      { keys: ['mod', 'S'], what: text('保存', 'Save') },
      { keys: ['mod', 'Enter'], what: text('主要操作', 'The primary action') },
      { keys: ['Tab'], what: text('下一格', 'Next cell') },
      { keys: ['mod', 'V'], what: text('从表格粘贴多行', 'Paste rows from a spreadsheet') },
    ],
  },
];

const words = {
  title: text('键盘快捷键', 'Keyboard'),
  scan: text('扫描枪：不必点选任何输入框，直接扫描即可。', 'Scanner: just scan, no field needs the focus.'),
};

export function KeyboardHelp() {
  const { t } = useLocale();
  const isOpen = useStore(overlay) === 'help';
  return (
    <Modal open={isOpen} onCancel={closeOverlay} footer={null} title={t(words.title)} width={680} destroyOnHidden>
      <div className="key-sheet">
        {sheet.map((group) => (
          <section key={group.title.en}>
            <h3>{t(group.title)}</h3>
            <dl>
              {group.keys.map((row) => (
                <div key={row.what.en}>
                  <dt>
                    <KeyHint keys={row.keys} />
                  </dt>
                  <dd>{t(row.what)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="field-hint">{t(words.scan)}</p>
    </Modal>
  );
}

const takesTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const pairMsMax = 900;

/** The keys of the shell; pages and lists add their own. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let pressedG = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openSearch();
        return;
      }
      if (takesTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
      if (event.key === '/') {
        event.preventDefault();
        openSearch();
      } else if (event.key === '?') openHelp();
      else if (event.key === 'g') pressedG = event.timeStamp;
      else if (event.key === 'h' && event.timeStamp - pressedG < pairMsMax) void navigate({ to: '/' });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}
