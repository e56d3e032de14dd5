import type { SignatureConfirmation } from '../access/ports.server.ts';
import type { ActionContext, ActionDefinition, AnyDefinition } from '../document/definition.ts';
import type { Context } from '../http/context.server.ts';
import type { CommandAnswer } from '../http/wire.ts';
import type { PostedMove } from '../ledger/stock/move.ts';
import type { JournalLine } from '../ledger/general/entry.ts';
import type { EntityFacts, Product } from '../product.server.ts';
import type { Refusal } from './refusal.ts';

/** What surrounds every write. Who and when come from the context, never from here. */
export interface Envelope {
  /** One per intent of the caller, kept over retries; unused in a rehearsal. */
  readonly idempotencyKey: string;
  readonly entityId?: string | null | undefined;
  /** The day it happened in the world; default: the document's own day, else today. */
  readonly occurredOn?: string | null | undefined;
  readonly reason?: string | null | undefined;
  readonly signature?: { readonly password?: string | undefined; readonly code?: string | undefined } | undefined;
  readonly expectedVersion?: number | undefined;
  /** Does everything and rolls back. */
  readonly dryRun: boolean;
  /** The granted request this command was waiting for. */
  readonly approvalId?: string | undefined;
  /** Rehearses what granting this open request would do; only together with `dryRun`. */
  readonly rehearsesApproval?: string | undefined;
}

export interface CommandRequest {
  readonly definition: AnyDefinition;
  readonly action: string;
  /** Absent for actions that create. */
  readonly id?: string | undefined;
  readonly content?: unknown;
  readonly input?: unknown;
  readonly envelope: Envelope;
}

export interface Verdict {
  readonly gate: string;
  readonly isPassed: boolean;
  readonly ruleVersion: string;
  readonly facts: unknown;
  readonly refusals: readonly Refusal[];
}

export interface PostedLine extends JournalLine {
  readonly book: string;
}

/** One command while it runs inside its transaction. */
export interface Run {
  readonly product: Product;
  readonly context: Context;
  readonly request: CommandRequest;
  readonly definition: AnyDefinition;
  readonly action: ActionDefinition;
  readonly permission: string;
  /** The signer, recognised before the transaction began. */
  readonly confirmation: SignatureConfirmation | null;
  /** Checked content, where the action takes content. */
  readonly content: any;
  readonly input: any;
  readonly commandId: string;
  /** The server's time of this command, ISO 8601. */
  readonly at: string;
  entity: EntityFacts;
  actionContext: ActionContext;
  /** The document before, null for a new one. */
  before: any;
  doc: any;
  facts: any;
  verdicts: Verdict[];
  moves: readonly PostedMove[];
  journal: readonly PostedLine[];
  numbers: string[];
  postingDigest: string | null;
  signatureId: string | null;
  /** Waits for this request instead of being carried out. */
  approvalId: string | null;
}

/** Ends a rehearsal: carries the answer out while the transaction rolls back. */
export class Rehearsed extends Error {
  readonly answer: CommandAnswer;
  constructor(answer: CommandAnswer) {
    super('rehearsed');
    this.answer = answer;
  }
}
