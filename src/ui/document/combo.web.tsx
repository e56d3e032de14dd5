import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { text } from '#kernel/i18n/text.ts';
import { useLocale } from '../locale.web.tsx';

export interface ComboOption {
  readonly value: string;
  readonly label: string;
  readonly code?: string | null;
}

export interface ComboProps {
  readonly value: string | null;
  /** What stands in the field while it is not being typed in. */
  readonly shown: string;
  /** Matches for what was typed; called again on every change. */
  readonly search: (q: string) => Promise<readonly ComboOption[]> | readonly ComboOption[];
  readonly onPick: (value: string | null) => void;
  /** Keys the list did not need (Enter, Tab and Escape after closing). */
  readonly onKeyAfter?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onBlur?: () => void;
  readonly initialText?: string | undefined;
  readonly opensAtOnce?: boolean;
  readonly id?: string;
  readonly label?: string;
  readonly className?: string;
  readonly placeholder?: string | undefined;
  readonly isInvalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly isRequired?: boolean;
  /** Takes the focus when it appears, with the caret behind what opened it. */
  readonly takesFocus?: boolean;
  readonly children?: ReactNode;
}

const words = {
  none: text('没有匹配的结果', 'Nothing matches'),
  searching: text('正在查找…', 'Searching…'),
  failed: text('查找失败，请再试', 'The search failed; try again'),
};

interface Found {
  readonly options: readonly ComboOption[];
  readonly status: 'ready' | 'searching' | 'failed';
}

/** Finds options for what is typed; a slow answer never overtakes a later one. */
function useMatches(search: ComboProps['search'], typed: string, isOpen: boolean): Found {
  const [found, setFound] = useState<Found>({ options: [], status: 'searching' });
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => {
    if (!isOpen) return undefined;
    let isCurrent = true;
    const answer = latest.current(typed);
    if (!(answer instanceof Promise)) {
      setFound({ options: answer, status: 'ready' });
      return undefined;
    }
    setFound((now) => ({ ...now, status: 'searching' }));
    answer.then(
      (options) => isCurrent && setFound({ options, status: 'ready' }),
      () => isCurrent && setFound({ options: [], status: 'failed' }),
    );
    return () => {
      isCurrent = false;
    };
  }, [typed, isOpen]);
  return found;
}

/** A field that finds its value while typing: references and choices, in forms and in grid cells (WAI-ARIA combobox pattern). */
export function Combo(props: ComboProps) {
  const { t } = useLocale();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(props.initialText ?? null);
  const [isOpen, setOpen] = useState(props.opensAtOnce ?? false);
  const [active, setActive] = useState(0);
  /** After Escape the field may lose the focus before it is drawn again: what was typed must not be taken then. */
  const isDropped = useRef(false);
  const { options, status } = useMatches(props.search, typed ?? '', isOpen);
  useEffect(() => {
    const chosen = typed === null ? options.findIndex((o) => o.value === props.value) : 0;
    setActive(Math.max(0, chosen));
  }, [options, typed, props.value]);

  useLayoutEffect(() => {
    if (!props.takesFocus) return;
    input.current?.focus();
    if (props.initialText !== undefined) input.current?.setSelectionRange(props.initialText.length, props.initialText.length);
  }, []);

  const close = () => {
    setOpen(false);
    setTyped(null);
  };
  const pick = (option: ComboOption | undefined) => {
    if (option) props.onPick(option.value);
    close();
  };
  const settle = () => {
    if (typed === '') props.onPick(null);
    else if (typed !== null && status === 'ready' && options[active]) props.onPick(options[active].value);
    close();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      event.stopPropagation();
      if (isOpen) setActive((now) => Math.max(0, Math.min(options.length - 1, now + step)));
      else setOpen(true);
      return;
    }
    if (event.key === 'Escape') {
      isDropped.current = true;
      close();
    }
    if ((event.key === 'Enter' || event.key === 'Tab') && isOpen) {
      if (event.key === 'Enter') event.preventDefault();
      if (typed === null && event.key === 'Enter') pick(options[active]);
      else settle();
    }
    props.onKeyAfter?.(event);
  };
  return (
    <span className={`combo ${props.className ?? ''}`}>
      <input
        ref={input}
        id={props.id}
        className="combo-input"
        role="combobox"
        aria-expanded={isOpen}
        autoComplete="off"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-label={props.label}
        aria-invalid={props.isInvalid || undefined}
        aria-describedby={props.describedBy}
        aria-required={props.isRequired || undefined}
        spellCheck={false}
        aria-activedescendant={isOpen && options[active] ? `${listId}-${active}` : undefined}
        value={typed ?? props.shown}
        placeholder={props.placeholder}
        onChange={(e) => {
          isDropped.current = false;
          setTyped(e.target.value);
          setOpen(true);
        }}
        onFocus={(e) => props.initialText === undefined && e.target.select()}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (typed !== null && !isDropped.current) settle();
          else close();
          props.onBlur?.();
        }}
      />
      {props.children}
      {isOpen && (
        <ComboList
          anchor={input}
          id={listId}
          options={options}
          active={active}
          value={props.value}
          onPick={pick}
          note={status === 'failed' ? t(words.failed) : options.length ? undefined : t(status === 'ready' ? words.none : words.searching)}
        />
      )}
    </span>
  );
}

interface ListProps {
  readonly anchor: { readonly current: HTMLInputElement | null };
  readonly id: string;
  readonly options: readonly ComboOption[];
  readonly active: number;
  readonly value: string | null;
  readonly note: string | undefined;
  readonly onPick: (option: ComboOption) => void;
}

const listHeight = 264;

/** Floats above everything, so that a scrolling grid never cuts it off. */
function ComboList({ anchor, id, options, active, value, note, onPick }: ListProps) {
  const [place, setPlace] = useState<{ left: number; width: number; top?: number; bottom?: number }>();
  useLayoutEffect(() => {
    const measure = () => {
      const box = anchor.current?.getBoundingClientRect();
      if (!box) return;
      const goesUp = box.bottom + listHeight > window.innerHeight && box.top > listHeight;
      const width = Math.max(box.width, 260);
      setPlace({
        left: Math.max(8, Math.min(box.left, window.innerWidth - width - 8)),
        width,
        ...(goesUp ? { bottom: window.innerHeight - box.top + 2 } : { top: box.bottom + 2 }),
      });
    };
    measure();
    window.addEventListener('scroll', measure, true);
    window.addEventListener('resize', measure);
    return () => {
      window.removeEventListener('scroll', measure, true);
      window.removeEventListener('resize', measure);
    };
  }, [anchor]);
  useEffect(() => {
    // In braces: newer browsers answer scrollIntoView with a promise, which an effect must not return.
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active, place]);
  return createPortal(
    <div className="combo-list" style={{ ...place, visibility: place ? 'visible' : 'hidden' }} onMouseDown={(e) => e.preventDefault()}>
      <ul role="listbox" id={id} aria-busy={note !== undefined && options.length === 0}>
        {options.map((option, i) => (
          <li
            key={option.value}
            id={`${id}-${i}`}
            role="option"
            aria-selected={option.value === value}
            data-active={i === active || undefined}
            onClick={() => onPick(option)}
          >
            {option.code && !option.label.includes(option.code) && <span className="combo-code">{option.code}</span>}
            <span className="combo-label">{option.label}</span>
          </li>
        ))}
      </ul>
      {note !== undefined && (
        <p className="combo-note" role="status">
          {note}
        </p>
      )}
    </div>,
    document.body,
  );
}
