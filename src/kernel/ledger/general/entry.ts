/** Which set of accounts: local statutory books first. */
export type Book = 'local' | 'ifrs' | 'tax';

/** One line of a journal entry. Amounts are signed integers in minor units: debit positive, credit negative. */
export interface JournalLine {
  readonly line: number;
  readonly accountId: string;
  readonly counterpartyId: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** The same amount in the entity's functional currency. */
  readonly functionalMinor: bigint;
  readonly summary: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A journal entry: its lines sum to zero per currency and in functional currency. */
export interface JournalEntry {
  readonly book: Book;
  readonly summary: string;
  readonly lines: readonly JournalLine[];
}
