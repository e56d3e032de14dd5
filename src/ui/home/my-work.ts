import type { LocalText } from '#kernel/i18n/text.ts';

/** One thing that waits for a person, is late, or will lapse. */
export interface MyWorkItem {
  readonly id: string;
  readonly kind: string;
  readonly number: string | null;
  readonly title: LocalText;
  readonly state: string | null;
  /** Calendar day or instant by which it should be done. */
  readonly due: string | null;
  readonly entityId: string | null;
  /** What is asked: approve, review… */
  readonly action: string | LocalText | null;
  /** Page of the thing, where it is not the document's own. */
  readonly path?: string | null;
}

export interface MyWorkSection {
  readonly name: string;
  readonly label: LocalText;
  readonly items: readonly MyWorkItem[];
}

/** Answer of `GET /api/my-work`. */
export interface MyWork {
  readonly sections: readonly MyWorkSection[];
}
