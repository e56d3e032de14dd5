import type { Database } from '../db/database.server.ts';
import { systemScope } from '../db/database.server.ts';
import type { AnyDefinition } from '../document/definition.ts';
import { ledgerConstraints } from '../ledger/constraints.server.ts';
import type { Product } from '../product.server.ts';
import type { Refusal } from './refusal.ts';
import { commandRefusals } from './refusals.ts';

/** What was being written, where it is known: names the field of a code that is taken. */
export interface WriteInQuestion {
  readonly definition: AnyDefinition;
  readonly doc: any;
  readonly product: Product;
}

/** A constraint as PostgreSQL reports it. */
interface Violation {
  readonly code: string;
  readonly constraint: string;
  readonly table: string | undefined;
  readonly detail: string | undefined;
}

const UNIQUE = '23505';
const FOREIGN_KEY = '23503';

/** Integrity violations only (class 23); anything else is a fault, not a refusal. */
function violationOf(error: unknown): Violation | undefined {
  const { code, constraint, schema, table, detail } = error as Record<string, string | undefined>;
  if (typeof code !== 'string' || !code.startsWith('23') || !constraint) return undefined;
  return { code, constraint, table: schema && table ? `${schema}.${table}` : undefined, detail };
}

/**
 * The refusals a broken database constraint stands for, in words people know; empty where the error is a fault. A constraint is a
 * sentence and belongs to exactly one refusal: the ledgers' by their table below, a module's own by name (`lot_is_released` is
 * `<module>/lot-is-released`), the code of a record by its unique index. Names are read in a fresh transaction, because the failed
 * one can answer nothing any more.
 */
export async function refusalsOfDatabaseError(db: Database, error: unknown, about?: WriteInQuestion): Promise<readonly Refusal[]> {
  // Class 22: a number out of range, a day that is none, a character PostgreSQL cannot keep.
  if ((error as { code?: string }).code?.startsWith('22')) return [commandRefusals.notStorable({})];
  const violation = violationOf(error);
  if (!violation) return [];
  const ledger = ledgerConstraints[violation.constraint];
  if (ledger) return db.read(systemScope, (tx) => ledger(tx, factsOf(violation.detail)));
  const own = ownRefusal(violation, about);
  if (own) return [own];
  const code = takenCode(violation, about);
  if (code) return [code];
  const isStillReferred = violation.code === FOREIGN_KEY && (violation.detail?.includes('is still referenced') ?? false);
  return isStillReferred ? [commandRefusals.stillReferred({})] : [];
}

/** The facts a trigger sends along are a JSON list; PostgreSQL's own details are prose and of no use here. */
function factsOf(detail: string | undefined): readonly Record<string, any>[] {
  try {
    const facts: unknown = JSON.parse(detail ?? '[]');
    return Array.isArray(facts) ? facts : [];
  } catch {
    return [];
  }
}

function ownRefusal(violation: Violation, about: WriteInQuestion | undefined): Refusal | undefined {
  const sentence = `/${violation.constraint.replaceAll('_', '-')}`;
  const refusals = about?.product.modules.flatMap((m) => m.manifest.refusals) ?? [];
  return refusals.find((r) => r.code.endsWith(sentence))?.({});
}

function takenCode(violation: Violation, about: WriteInQuestion | undefined): Refusal | undefined {
  if (violation.code !== UNIQUE || !about || violation.table !== about.definition.table) return undefined;
  const { codeField, header } = about.definition;
  const column = codeField?.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  if (!codeField || !column || !violation.constraint.includes(column)) return undefined;
  return commandRefusals.codeTaken({ label: header[codeField].label, code: String(about.doc[codeField]) }, { field: codeField });
}
