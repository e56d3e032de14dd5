import { useRef, useState } from 'react';
import type { LocalText } from '#kernel/i18n/text.ts';
import { Icon } from '#ui/icon.web.tsx';
import { useLocale } from '#ui/locale.web.tsx';
import './documents.css';

interface DropZoneProps {
  readonly label: LocalText;
  readonly hint: LocalText;
  readonly accept?: string;
  readonly isMany?: boolean;
  readonly isLarge?: boolean;
  readonly isBusy?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A place to drop files on, which is also a button for keyboard and touch. */
export function DropZone({ label, hint, accept, isMany = false, isLarge = false, isBusy = false, onFiles }: DropZoneProps) {
  const { t } = useLocale();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length > 0 && !isBusy) onFiles(isMany ? files : files.slice(0, 1));
  };
  const classes = ['drop-zone', isOver ? 'is-over' : '', isLarge ? 'is-large' : ''].filter(Boolean).join(' ');
  return (
    <>
      <button
        type="button"
        className={classes}
        disabled={isBusy}
        onClick={() => input.current?.click()}
        onDragOver={(e) => {
          e.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(e) => {
          e.preventDefault();
          setIsOver(false);
          take(e.dataTransfer.files);
        }}
      >
        <Icon name="upload" size={isLarge ? 26 : 17} />
        <span className="drop-label">{t(label)}</span>
        <span className="drop-hint">{t(hint)}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        aria-hidden="true"
        multiple={isMany}
        {...(accept ? { accept } : {})}
        onChange={(e) => {
          take(e.target.files);
          e.target.value = '';
        }}
      />
    </>
  );
}
