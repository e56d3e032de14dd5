/** One value that changed: of the header, or of a line (`lines` names the set, `line` its lineNo). */
export interface Change {
  /** Field name; `*` where a whole line was added (`old` null) or removed (`new` null). */
  readonly field: string;
  readonly lines?: string;
  readonly line?: number;
  readonly old: unknown;
  readonly new: unknown;
}

/** One row of the audit ledger as the caller gives it; place and time are added by the database. */
export interface AuditEvent {
  readonly commandId?: string | null;
  readonly entityId: string | null;
  readonly actorId: string;
  readonly actorName: string;
  readonly sessionId?: string | null;
  readonly ip?: string | null;
  /** Kind of the thing changed, or `session`, `permission`, `export`, `sensitive-read`, `configuration`… for security events. */
  readonly kind: string;
  readonly recordId?: string | null;
  readonly number?: string | null;
  readonly action: string;
  readonly fromState?: string | null;
  readonly toState?: string | null;
  readonly version?: number | null;
  readonly changes?: readonly Change[];
  readonly reason?: string | null;
  readonly occurredOn?: string | null;
  readonly signatureId?: string | null;
  /** Digest of the moves and journal lines posted with it. */
  readonly postingDigest?: string | null;
  readonly requestId?: string | null;
}
