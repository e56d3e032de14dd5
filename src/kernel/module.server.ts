import type { Refusal } from './command/refusal.ts';
import type { Tx } from './db/database.server.ts';
import type { ActionContext, AnyDefinition, Definition, Doc } from './document/definition.ts';
import type { Context, OperationHandler, System } from './http/context.server.ts';
import type { JournalLine } from './ledger/general/entry.ts';
import type { PostedMove } from './ledger/stock/move.ts';
import type { LocalText } from './i18n/text.ts';
import type { ModuleManifest } from './module.ts';

/** The server side of one document or record kind. */
export interface DefinitionServer {
  readonly definition: AnyDefinition;
  /** Loads, in bulk and before anything is decided, what `refuse` and `post` need to know. */
  readonly facts?: (tx: Tx, doc: any, context: Context, action: string) => Promise<any>;
  /** The same for many new ones of a bulk, in their order and set-based; without it `facts` is asked one by one. */
  readonly factsOfMany?: (tx: Tx, docs: readonly any[], context: Context, action: string) => Promise<readonly any[]>;
  /** More work in the same transaction after the ledgers were written (rare; set-based). */
  readonly after?: (tx: Tx, doc: any, context: Context, action: string) => Promise<void>;
}

export const implementDefinition = <H extends Record<string, any>, L extends Record<string, any>, F>(
  definition: Definition<H, L, F>,
  server: {
    facts?: (tx: Tx, doc: Doc<H, L>, context: Context, action: string) => Promise<F>;
    factsOfMany?: (tx: Tx, docs: readonly Doc<H, L>[], context: Context, action: string) => Promise<readonly F[]>;
    after?: (tx: Tx, doc: Doc<H, L>, context: Context, action: string) => Promise<void>;
  } = {},
): DefinitionServer => ({ definition, ...server });

/** A higher module's say on a lower module's action; ordered by number, verdict stored also when passed. */
export interface Gate {
  readonly name: string;
  /** `<kind>.<action>` it stands before. */
  readonly on: string;
  readonly order: number;
  readonly check: (
    tx: Tx,
    doc: any,
    context: Context,
    action: ActionContext,
  ) => Promise<{ refusals: Refusal[]; facts: unknown; ruleVersion: string }>;
}

/** Journal lines a module adds to what a document posts (finance: the value of goods movements). */
export interface Contribution {
  readonly name: string;
  readonly order: number;
  readonly journalOfMoves: (
    tx: Tx,
    posting: { readonly entityId: string; readonly currency: string; readonly occurredOn: string; readonly moves: readonly PostedMove[] },
  ) => Promise<readonly Omit<JournalLine, 'line'>[]>;
}

/** Work that runs outside requests, by name, from the job queue; `cron` (five fields, UTC) makes it scheduled. */
export interface Job {
  readonly name: string;
  readonly cron?: string;
  readonly run: (system: System, payload: any, progress: (done: number, total: number) => Promise<void>) => Promise<void>;
}

/** One thing waiting for a person on the page "my work". */
export interface WorkItem {
  readonly id: string;
  readonly kind: string;
  readonly number: string | null;
  readonly title: LocalText;
  readonly state: string;
  /** Day or moment it is due, if any. */
  readonly due: string | null;
  readonly entityId: string | null;
  /** The page where it is done, where that is not the document's own. */
  readonly path?: string;
  /** What is to be done, in a word. */
  readonly action: LocalText | null;
}

/** A section of "my work": what waits for this actor, at most 50 items, oldest first. */
export interface WorkSource {
  readonly name: string;
  readonly label: LocalText;
  readonly order: number;
  readonly items: (tx: Tx, context: Context) => Promise<readonly WorkItem[]>;
}

/** One thing the global search found that is no document or record: a lot, a serial number. */
export interface FoundThing {
  readonly id: string;
  readonly kind: string;
  readonly number: string | null;
  readonly title: LocalText;
  readonly state: string;
  readonly entityId: string | null;
  /** The page that shows it. */
  readonly path: string;
}

/** What a module adds to the global search; answers nothing for who may not see it. */
export interface SearchSource {
  readonly name: string;
  /** Reads in the scope of its own permission. */
  readonly find: (context: Context, words: string, limit: number) => Promise<readonly FoundThing[]>;
}

/** The server side of a module. */
export interface ModuleServer {
  readonly manifest: ModuleManifest;
  readonly definitions: readonly DefinitionServer[];
  readonly handlers: readonly OperationHandler[];
  readonly gates: readonly Gate[];
  readonly contributions: readonly Contribution[];
  readonly jobs: readonly Job[];
  readonly work: readonly WorkSource[];
  readonly search: readonly SearchSource[];
}

export const implementModule = (manifest: ModuleManifest, server: Partial<Omit<ModuleServer, 'manifest'>> = {}): ModuleServer => ({
  manifest,
  definitions: manifest.definitions.map((definition) => server.definitions?.find((s) => s.definition === definition) ?? { definition }),
  handlers: server.handlers ?? [],
  gates: server.gates ?? [],
  contributions: server.contributions ?? [],
  jobs: server.jobs ?? [],
  work: server.work ?? [],
  search: server.search ?? [],
});
