import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import type { FormRow } from '../document/form-content.ts';
import { at, moved, rangeOf, tabbed } from './grid-state.ts';
import { writeBlock, type GridColumn } from './paste.ts';
import type { useLineGrid } from './use-line-grid.web.ts';

type Grid = ReturnType<typeof useLineGrid>;

/** A scanner's second key comes within this time; a person's later. */
const scanGapMs = 45;

/** Keys and clipboard of a grid while no cell is being edited. */
export function useGridKeys(grid: Grid, rows: readonly FormRow[], pageRows: number, words: (value: unknown, column: GridColumn) => string) {
  const { cursor, size, actions, columns, editing } = grid;
  const typeAhead = useTypeAhead(actions.edit);
  /** Escape lets go of Tab, so that the keyboard is never trapped in the grid. */
  const isReleased = useRef(false);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (editing || event.target !== event.currentTarget) return;
    const isCtrl = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') isReleased.current = true;
    else if (event.key !== 'Tab' && event.key !== 'Shift') isReleased.current = false;
    const target = moved(cursor, { key: event.key, isShift: event.shiftKey, isCtrl }, size, pageRows);
    if (target && rows.length) {
      event.preventDefault();
      actions.setCursor(target);
      return;
    }
    if (event.key === 'Tab') {
      const next = isReleased.current ? undefined : tabbed(cursor, event.shiftKey, size);
      isReleased.current = false;
      if (!next || rows.length === 0) return;
      event.preventDefault();
      actions.setCursor(next);
      return;
    }
    if (runCommandKey(event, isCtrl, grid, rows)) event.preventDefault();
    else if (event.nativeEvent.isComposing || event.key === 'Process') flushSync(() => actions.edit(''));
    else if (!isCtrl && !event.altKey && event.key.length === 1) {
      event.preventDefault();
      typeAhead(event.key, event.timeStamp);
    }
  };
  const onCopy = (event: ClipboardEvent) => {
    if (editing) return;
    const { top, bottom, left, right } = rangeOf(cursor);
    const block = rows.slice(top, bottom + 1).map((row) => columns.slice(left, right + 1).map((c) => words(row.values[c.name], c)));
    event.clipboardData.setData('text/plain', writeBlock(block));
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent) => {
    const clip = event.clipboardData.getData('text/plain');
    if (editing) {
      // Several cells belong into the lines even where one of them stands open.
      if (!isBlock(clip, columns[cursor.active.col])) return;
      actions.stopEditing();
    }
    event.preventDefault();
    void actions.paste(clip);
  };
  const onCut = (event: ClipboardEvent) => {
    onCopy(event);
    actions.clear();
  };
  return { onKeyDown, onCopy, onPaste, onCut };
}

const isBlock = (clip: string, column: GridColumn | undefined): boolean =>
  clip.includes('\t') || (!['text', 'longText', 'textList'].includes(column?.field.kind ?? 'text') && /[\r\n]/.test(clip.trim()));

/** Commands of the grid by key; true when the key was one. */
function runCommandKey(event: KeyboardEvent, isCtrl: boolean, { cursor, size, actions, columns }: Grid, rows: readonly FormRow[]): boolean {
  const column = columns[cursor.active.col];
  const key = event.key.toLowerCase();
  if (isCtrl) {
    const commands: Readonly<Record<string, () => void>> = {
      d: actions.fillDown,
      z: event.shiftKey ? actions.redo : actions.undo,
      y: actions.redo,
      insert: actions.insertRow,
      delete: actions.deleteRows,
      backspace: actions.deleteRows,
      a: () => actions.setCursor({ anchor: { row: 0, col: 0 }, active: { row: size.rows - 1, col: size.cols - 1 } }),
    };
    const run = commands[key];
    // Without rows, and with Ctrl+Insert on a copy keyboard, the browser keeps its own meaning.
    if (!run) return false;
    run();
    return true;
  }
  if (key === 'f2') actions.edit();
  else if (key === 'delete' || key === 'backspace') actions.clear();
  else if (key === ' ' && column?.field.kind === 'boolean' && actions.canEdit(cursor.active.col)) {
    actions.set(cursor.active, rows[cursor.active.row]?.values[column.name] !== true);
  } else if (key === 'enter') enter(cursor.active.row, event.shiftKey, { cursor, size, actions });
  else return false;
  return true;
}

/** Enter opens the cell; on a computed one it goes on down; in an empty grid it begins the first line. */
function enter(row: number, isShift: boolean, { cursor, size, actions }: Pick<Grid, 'cursor' | 'size' | 'actions'>): void {
  const { col } = cursor.active;
  if (size.rows === 0) actions.appendRow();
  else if (actions.canEdit(col)) actions.edit();
  else actions.setCursor(at(Math.max(0, Math.min(size.rows - 1, row + (isShift ? -1 : 1))), col));
}

interface Pending {
  letters: string;
  at: number;
  timer: ReturnType<typeof setTimeout>;
}

const scanLettersMin = 4;

/**
 * Typed letters open the editor, but not the ones of a scanner: many at its pace, ended by Enter. A scan must fill the line, not land
 * in whatever cell is active. Paces are told by the times of the keys themselves, and a person's quick letters are gathered: neither a
 * slow machine nor a fast hand loses one.
 */
function useTypeAhead(edit: (typed: string) => void): (letter: string, at: number) => void {
  const pending = useRef<Pending | null>(null);
  const latest = useRef(edit);
  latest.current = edit;
  const [tools] = useState(() => {
    const end = (): string => {
      const letters = pending.current?.letters ?? '';
      clearTimeout(pending.current?.timer);
      pending.current = null;
      window.removeEventListener('keydown', onNext, { capture: true });
      return letters;
    };
    const open = () => {
      const letters = end();
      if (letters) flushSync(() => latest.current(letters));
    };
    const onNext = (event: globalThis.KeyboardEvent) => {
      const now = pending.current;
      if (!now || event.timeStamp <= now.at || event.key === 'Shift') return;
      const isQuick = event.timeStamp - now.at <= scanGapMs;
      if (isQuick && event.key === 'Enter' && now.letters.length >= scanLettersMin) {
        end();
        return;
      }
      if (isQuick && event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
        clearTimeout(now.timer);
        pending.current = { letters: now.letters + event.key, at: event.timeStamp, timer: setTimeout(open, scanGapMs + 5) };
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      // The editor has the focus from here on, and this key goes into it: a letter by itself, Enter and the like by hand.
      open();
      event.stopPropagation();
      if (!['Enter', 'Tab', 'Escape', 'ArrowDown', 'ArrowUp'].includes(event.key)) return;
      event.preventDefault();
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: event.key, shiftKey: event.shiftKey, bubbles: true, cancelable: true }),
      );
    };
    const begin = (letter: string, at: number) => {
      end();
      pending.current = { letters: letter, at, timer: setTimeout(open, scanGapMs + 5) };
      window.addEventListener('keydown', onNext, { capture: true });
    };
    return { begin, end };
  });
  useEffect(() => () => void tools.end(), [tools]);
  return tools.begin;
}
