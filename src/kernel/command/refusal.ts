import { fill, type LocalText, type TextParams } from '../i18n/text.ts';

/** HTTP status a refusal travels with (RFC 9457). */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 422 | 423 | 428 | 429 | 503;

/** What a refusal is about, so that the screen can point at it. */
export interface RefusalTarget {
  /** Field of the header, or of the line when `line` is given. */
  readonly field?: string | undefined;
  /** Line set and line number, 1-based. */
  readonly lines?: string | undefined;
  readonly line?: number | undefined;
  /** The record or document to open for the way out. */
  readonly link?: { readonly kind: string; readonly id: string } | undefined;
}

/** An expected refusal: a value, never thrown by pure code. It names the rule, the thing and the way out. */
export interface Refusal extends RefusalTarget {
  readonly code: string;
  readonly rule?: string | undefined;
  readonly status: RefusalStatus;
  readonly text: LocalText;
  readonly wayOut: LocalText;
  readonly params: TextParams;
}

/** What a check may answer: nothing, one refusal, or several. */
export type RefusalAnswer = readonly Refusal[] | Refusal | undefined;

/** The answer of a check as a list. */
export const asRefusals = (answer: RefusalAnswer): readonly Refusal[] =>
  answer === undefined ? [] : Array.isArray(answer) ? answer : [answer as Refusal];

/** A refusal as it is declared once, listed in the data dictionary. */
export interface RefusalDefinition<P extends TextParams = TextParams> {
  (params: P, target?: RefusalTarget): Refusal;
  readonly code: string;
  readonly rule?: string | undefined;
  readonly status: RefusalStatus;
  readonly text: LocalText;
  readonly wayOut: LocalText;
}

/**
 * Declares a refusal. `code` is `<module>/<sentence-in-kebab-case>`; `rule` is the id of the business rule (R-0xx) or the
 * article it comes from; `text` names the thing, `wayOut` says what to do.
 */
export function defineRefusal<P extends TextParams = Record<never, never>>(declared: {
  code: string;
  rule?: string;
  status?: RefusalStatus;
  text: LocalText;
  wayOut: LocalText;
}): RefusalDefinition<P> {
  const status = declared.status ?? 422;
  const make = (params: P, target: RefusalTarget = {}): Refusal => ({
    ...target,
    code: declared.code,
    rule: declared.rule,
    status,
    text: fill(declared.text, params),
    wayOut: fill(declared.wayOut, params),
    params,
  });
  return Object.assign(make, { ...declared, rule: declared.rule, status });
}

/** Carries refusals out of a transaction so that it rolls back; caught by the pipeline and the HTTP layer only. */
export class RefusedError extends Error {
  readonly refusals: readonly Refusal[];
  constructor(refusals: readonly Refusal[]) {
    super(refusals.map((r) => r.code).join(', '));
    this.name = 'RefusedError';
    this.refusals = refusals;
  }
}

/** Ends the running command with these refusals. */
export function refuse(...refusals: Refusal[]): never {
  throw new RefusedError(refusals);
}
