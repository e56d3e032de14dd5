import type { LocalText } from '../i18n/text.ts';
import type { RefusalAnswer } from '../command/refusal.ts';
import type { StockMove } from '../ledger/stock/move.ts';
import type { JournalEntry } from '../ledger/general/entry.ts';
import type { Field, Fields, InputOf, Values } from './field.ts';

/** How a state looks: the one palette of `look.md`. */
export type StateTone = 'draft' | 'waiting' | 'good' | 'refused' | 'info';

export interface StateDefinition {
  readonly label: LocalText;
  readonly tone: StateTone;
}

export interface LineSet<F extends Fields = Fields> {
  readonly label: LocalText;
  readonly fields: F;
  /** At most this many lines (default 2 000). */
  readonly max: number;
  readonly min: number;
}

export type LineSets = Readonly<Record<string, LineSet>>;
export type Line<F extends Fields> = Values<F> & { lineNo: number };
export type LineInput<F extends Fields> = InputOf<F> & { lineNo?: number };

/** What the server adds to every document and record. */
export interface Head {
  readonly id: string;
  /** Legal entity it belongs to; null for group-wide records. */
  readonly entityId: string | null;
  /** Document number or record code; null until numbered. */
  readonly number: string | null;
  readonly state: string;
  /** Counts every change, for optimistic locking. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A whole document as pure code sees it. */
export type Doc<H extends Fields = Fields, L extends LineSets = LineSets> = Head &
  Values<H> & { lines: { [K in keyof L]: Line<L[K]['fields']>[] } };

/** What a caller may send to create or amend. */
export type Content<H extends Fields = Fields, L extends LineSets = LineSets> = InputOf<H> & {
  lines?: { [K in keyof L]?: LineInput<L[K]['fields']>[] };
};

/** Given to pure code instead of a clock and a current user. */
export interface ActionContext {
  readonly actor: { readonly id: string; readonly name: string };
  /** The calendar day in the entity's time zone. */
  readonly today: string;
  /** The day the action happened in the world. */
  readonly occurredOn: string;
  readonly functionalCurrency: string;
  readonly reason: string | null;
}

/** What derived values need besides the document itself. */
export interface DeriveContext {
  readonly functionalCurrency: string;
}

/** The group's currency: what derived values round in where no legal entity is known yet. */
export const groupCurrency: DeriveContext = { functionalCurrency: 'CNY' };

/** What posting a document means: appended to the ledgers in the same transaction. */
export interface Posting {
  readonly moves?: readonly StockMove[];
  readonly journal?: readonly JournalEntry[];
}

export interface ActionDefinition<D = any, F = any, I extends Fields = Fields> {
  readonly label: LocalText;
  /** States it may start from; `'new'` for actions that create. */
  readonly from: readonly string[];
  readonly to: string;
  /** Defaults to `<module>.<kind>.<action>`. */
  readonly permission?: string;
  /** The one primary button while the document is in one of its `from` states. */
  readonly isPrimary?: boolean;
  readonly isDangerous?: boolean;
  /** Takes the whole content (create, amend, change). */
  readonly editsContent?: boolean;
  /** Parameters asked for besides the content. */
  readonly input?: I;
  readonly reason?: 'required' | 'optional';
  /** Electronic signature with re-authentication; the meaning is shown and printed (21 CFR 11.50). */
  readonly signature?: { readonly meaning: LocalText };
  /**
   * The action waits for approval where a policy asks for it. `amount` is what limits compare with; the document rests in
   * `pending` meanwhile (default: it stays where it is).
   */
  readonly approval?: { readonly pending?: string; readonly amount?: (doc: D) => string };
  /** Maker ≠ checker: whoever did one of these actions on the document may not do this one. */
  readonly notBy?: readonly string[];
  readonly refuse?: (doc: D, facts: F, context: ActionContext) => RefusalAnswer;
  readonly post?: (doc: D, facts: F, context: ActionContext) => Posting;
  /** Header values this action sets. */
  readonly set?: (doc: D, input: Values<I>, context: ActionContext) => Partial<D>;
  /** Mirrors what this action posted, once. */
  readonly reverses?: string;
}

export interface Numbering {
  /** `{yyyy}` `{MM}` `{seq:5}` and literal text, e.g. `JV-{yyyy}{MM}-{seq:4}`. */
  readonly pattern: string;
  /** No gaps: the number is taken last in the transaction and its series row serialises. */
  readonly isGapless: boolean;
  readonly restarts: 'never' | 'year' | 'month';
  /** The action that takes the number. */
  readonly takenBy: string;
}

export interface ListDefinition {
  /** Columns shown first, by field name; head fields (`number`, `state`, `createdAt`…) are allowed. */
  readonly columns: readonly string[];
  readonly search: readonly string[];
  readonly sums?: readonly string[];
  readonly sort: { readonly field: string; readonly descending: boolean };
}

/** Everything that is known of one kind of document or record: pure, shared by server, web and tablet. */
export interface Definition<H extends Fields = any, L extends LineSets = any, F = any> {
  /** A document moves through states once; a record lives in dated versions. */
  readonly nature: 'document' | 'record';
  /** Singular, kebab-case, unique in the product. */
  readonly kind: string;
  readonly module: string;
  /** Path segment, plural kebab-case. */
  readonly plural: string;
  /** Prefix of ids on the wire, e.g. `jv`. */
  readonly idPrefix: string;
  readonly label: LocalText;
  readonly pluralLabel: LocalText;
  /** PostgreSQL table, `schema.table`; line sets live in `schema.table_<set>`. */
  readonly table: string;
  /** Belongs to one legal entity (row-level security) or to the group. */
  readonly isEntityScoped: boolean;
  readonly header: H;
  readonly lines: L;
  readonly states: Readonly<Record<string, StateDefinition>>;
  readonly actions: Readonly<Record<string, ActionDefinition<any, F, any>>>;
  readonly numbering?: Numbering | undefined;
  /** Record code: the header field shown as `number`. */
  readonly codeField?: string | undefined;
  readonly list: ListDefinition;
  /** The readable name in lists, references and search. */
  readonly title: (doc: any) => LocalText;
  /** Fills derived fields before saving; pure. */
  readonly derive?: ((doc: any, context?: DeriveContext) => any) | undefined;
  /** The header field holding the day it happened in the world. */
  readonly occurredOnField?: string | undefined;
  /** Header field with the warehouse id, where data scope by warehouse applies. */
  readonly warehouseField?: string | undefined;
  readonly icon?: string | undefined;
  /** Phantom for inference of facts; never present. */
  readonly facts?: F;
}

export type AnyDefinition = Definition<any, any, any>;
export type DocOf<D> = D extends Definition<infer H, infer L, any> ? Doc<H, L> : never;
export type ContentOf<D> = D extends Definition<infer H, infer L, any> ? Content<H, L> : never;

export const lineSet = <F extends Fields>(label: LocalText, fields: F, limits: { min?: number; max?: number } = {}): LineSet<F> => ({
  label,
  fields,
  min: limits.min ?? 0,
  max: limits.max ?? 2000,
});

export type { Field, Fields };
