import { useRef, useState, type KeyboardEvent } from 'react';
import type { LocalText } from '#kernel/i18n/text.ts';
import { Combo, type ComboOption } from '../document/combo.web.tsx';
import { fieldWords, refWords } from '../document/field-words.web.ts';
import { searchChoices, titleOf, useTitles } from '../document/titles.web.ts';
import { useLocale } from '../locale.web.tsx';
import { cellValue } from './cell-value.ts';
import { isRefId, type GridColumn } from './paste.ts';

/** Where the cursor goes after an edit. */
export type After = 'down' | 'up' | 'next' | 'back' | 'stay';

interface CellEditorProps {
  readonly column: GridColumn;
  readonly value: unknown;
  readonly typed: string | null;
  readonly label: string;
  readonly entityId: string | null;
  readonly today: string;
  readonly onCommit: (value: unknown, after: After) => void;
  readonly onValue: (value: unknown) => void;
  readonly onCancel: () => void;
}

const afterKey = (event: KeyboardEvent): After | undefined => {
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down';
  if (event.key === 'Tab') return event.shiftKey ? 'back' : 'next';
  return undefined;
};

/** The field that stands in the active cell while it is typed in. */
export function CellEditor(props: CellEditorProps) {
  const { kind } = props.column.field;
  return kind === 'ref' || kind === 'choice' ? <PickEditor {...props} /> : <TextEditor {...props} />;
}

/** What an editor shows of a value: digits without grouping, lists with separators, everything else as it is. */
function editText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  return String(value as string | number | boolean);
}

function TextEditor({ column, value, typed, label, today, onCommit, onCancel }: CellEditorProps) {
  const [now, setNow] = useState(typed ?? editText(value));
  /** Committed or dropped by key: losing the focus afterwards must not commit again. */
  const isEnded = useRef(false);
  const isNumber = ['integer', 'decimal', 'quantity', 'money'].includes(column.field.kind);
  const read = () => cellValue(column.field, now, today);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const after = afterKey(event);
    // Opened by typing, arrows go on to the neighbour as in a spreadsheet; opened with F2 they move inside the text.
    const arrow = typed === null ? undefined : ({ ArrowDown: 'down', ArrowUp: 'up' } as const)[event.key as 'ArrowDown' | 'ArrowUp'];
    const goes = after ?? arrow;
    if (goes) {
      event.preventDefault();
      isEnded.current = true;
      onCommit(read(), goes);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      isEnded.current = true;
      onCancel();
    }
  };
  return (
    <input
      ref={atEnd}
      className={`lg-input${isNumber ? ' lg-digits' : ''}`}
      aria-label={label}
      value={now}
      spellCheck={false}
      autoComplete="off"
      inputMode={isNumber ? 'decimal' : 'text'}
      onChange={(e) => setNow(e.target.value)}
      onKeyDown={onKeyDown}
      onFocus={(e) => typed === null && e.target.select()}
      onBlur={() => !isEnded.current && onCommit(read(), 'stay')}
    />
  );
}

/** Takes the focus once, with the caret behind what opened the editor. */
function atEnd(node: HTMLInputElement | null): void {
  node?.focus();
  if (node && document.activeElement === node && node.selectionStart === node.selectionEnd)
    node.setSelectionRange(node.value.length, node.value.length);
}

function PickEditor({ column, value, typed, label, entityId, onCommit, onValue, onCancel }: CellEditorProps) {
  const { locale, t } = useLocale();
  const titles = useTitles();
  const { field } = column;
  const search = async (q: string): Promise<readonly ComboOption[]> =>
    (await searchChoices(field.target ?? '', q, entityId)).map((c) => ({ value: c.id, label: t(c.title), code: c.number }));
  const options = (q: string): readonly ComboOption[] => matching(field.options ?? {}, q, t);
  return (
    <Combo
      className="lg-combo"
      label={label}
      value={typeof value === 'string' ? value : null}
      initialText={typed ?? undefined}
      opensAtOnce
      shown={field.kind === 'choice' ? fieldWords(field, value, locale, titles) : shownRef(value, locale, titles)}
      search={field.kind === 'choice' ? options : search}
      onPick={onValue}
      takesFocus
      onKeyAfter={(event) => {
        const after = afterKey(event);
        if (after) {
          event.preventDefault();
          onCommit(undefined, after);
        } else if (event.key === 'Escape') {
          event.stopPropagation();
          onCancel();
        }
      }}
      onBlur={() => onCommit(undefined, 'stay')}
    />
  );
}

const shownRef = (value: unknown, locale: 'zh-CN' | 'en', titles: ReturnType<typeof useTitles>): string =>
  isRefId(value) ? (titles[value] ? refWords(value, locale, titles) : (titleOf(value)?.number ?? value)) : editText(value);

/** Options whose word in either language or whose key holds what was typed. */
export function matching(options: Readonly<Record<string, LocalText>>, q: string, t: (text: LocalText) => string): readonly ComboOption[] {
  const word = q.trim().toLowerCase();
  return Object.entries(options)
    .filter(([key, label]) => [key, label.zh, label.en].some((w) => w.toLowerCase().includes(word)))
    .map(([key, label]) => ({ value: key, label: t(label) }));
}
