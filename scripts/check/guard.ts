import type { SourceTree } from './source-tree.ts';

/** Something a guard found; `file` is relative to the root of the tree. */
export interface Violation {
  readonly file: string;
  readonly line?: number | undefined;
  readonly message: string;
}

export interface GuardOptions {
  /** Golden files are written instead of compared. */
  readonly isWriting: boolean;
}

/** One rule of the house that a machine can hold: what is wrong where, and why anybody should care. */
export interface Guard {
  readonly name: string;
  /** Printed when it fails: what would go wrong without it. */
  readonly why: string;
  /** Starts processes or a database; run after one another, not beside each other. */
  readonly isHeavy?: boolean;
  readonly run: (tree: SourceTree, options: GuardOptions) => Violation[] | Promise<Violation[]>;
}

export const place = (v: Violation): string => `${v.file}${v.line === undefined ? '' : `:${v.line}`}`;
