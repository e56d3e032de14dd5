import type { Refusal } from '../command/refusal.ts';
import type { Tx } from '../db/database.server.ts';
import type { LocalText } from '../i18n/text.ts';
import type { Context } from '../http/context.server.ts';
import type { Actor } from './actor.ts';

/** What a request brings to say who is calling. */
export interface Credentials {
  /** Value of the session cookie. */
  readonly cookieToken?: string | undefined;
  /** Value after `Authorization: Bearer`. */
  readonly bearer?: string | undefined;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** Asked by the open page itself, not by a person: it does not keep an idle session alive. */
  readonly isBackground?: boolean | undefined;
}

/** Says who is calling. One indexed read; nothing is answered from a cache, so that a revoked session stops at once. */
export interface AuthenticationPort {
  authenticate(credentials: Credentials): Promise<Actor | undefined>;
}

/** What the signer gave to be recognised again (21 CFR 11.200): kept by the server for the length of one command. */
export interface SignatureConfirmation {
  readonly userId: string;
  readonly sessionId: string;
  readonly login: string;
  readonly printedName: string;
  readonly components: readonly ('password' | 'code')[];
}

export interface SignatureRequest {
  readonly confirmation: SignatureConfirmation;
  readonly context: Context;
  readonly recordId: string;
  readonly entityId: string | null;
  readonly kind: string;
  readonly number: string | null;
  readonly action: string;
  readonly meaning: LocalText;
  readonly reason: string | null;
  /** `contentHash` of what is signed. */
  readonly contentHash: string;
}

/** A signature as shown and printed beside the record (21 CFR 11.50). */
export interface Signature {
  readonly signatureId: string;
  readonly recordId: string;
  readonly action: string;
  readonly printedName: string;
  readonly login: string;
  readonly userId: string;
  readonly signedAt: string;
  readonly meaning: LocalText;
  readonly reason: string | null;
  readonly contentHash: string;
}

/**
 * Electronic signatures (21 CFR Part 11, R-089), in two steps so that neither the slow password check nor the count of wrong
 * attempts lives inside the document's transaction: `confirm` before it begins (a wrong password stays counted when the command is
 * refused), `sign` inside it.
 */
export interface SignaturePort {
  /** Recognises the signer again: password always, the code too at a session's first signature where a second factor is enrolled. */
  confirm(
    context: Context,
    credentials: { readonly password?: string | undefined; readonly code?: string | undefined },
  ): Promise<SignatureConfirmation | Refusal>;
  sign(tx: Tx, request: SignatureRequest): Promise<{ readonly signatureId: string }>;
  signaturesOf(tx: Tx, recordId: string): Promise<readonly Signature[]>;
}

/** Questions about people that approvals, tasks and notices ask. */
export interface PeoplePort {
  /** Active users who hold a permission in an entity today (null: anywhere). */
  holdersOf(tx: Tx, permission: string, entityId: string | null): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Active users who hold a role in an entity today (null: anywhere). */
  holdersOfRole(tx: Tx, roleId: string, entityId: string | null): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Who may act for these users on a day. */
  substitutesFor(tx: Tx, userIds: readonly string[], day: string): Promise<ReadonlyMap<string, readonly string[]>>;
  /** A user with the grants they hold now, for work that goes on after their request; undefined where they may no longer work. */
  actorOf(tx: Tx, userId: string): Promise<Actor | undefined>;
  namesOf(tx: Tx, userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
