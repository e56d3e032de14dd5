import { useEffect, useRef, useState } from 'react';
import type { Row } from './use-list.web.ts';

interface ListKeys {
  readonly onOpen: (id: string, isBeside: boolean) => void;
  readonly onToggle: (id: string) => void;
}

const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('[role="dialog"], [role="menu"], [role="listbox"], .ant-popover') !== null ||
    (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox'));

/** j and k walk the rows, x selects, Enter opens (with Ctrl or ⌘ beside). Returns the index of the row the keyboard stands on. */
export function useListKeys(rows: readonly Row[], keys: ListKeys): number {
  const [active, setActive] = useState(-1);
  const latest = useRef({ rows, keys, active });
  latest.current = { rows, keys, active };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const now = latest.current;
      if (takesKeys(event.target) || event.altKey || event.defaultPrevented) return;
      const isBeside = event.ctrlKey || event.metaKey;
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      const row = now.rows[now.active];
      if (step !== undefined && !isBeside && now.rows.length) {
        event.preventDefault();
        setActive(Math.max(0, Math.min(now.rows.length - 1, now.active + step)));
      } else if (event.key === 'x' && !isBeside && row) now.keys.onToggle(row.id);
      else if (event.key === 'Enter' && row && !isInteractive(event.target)) now.keys.onOpen(row.id, isBeside);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return Math.min(active, rows.length - 1);
}

const isInteractive = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('a, button, input') !== null;
