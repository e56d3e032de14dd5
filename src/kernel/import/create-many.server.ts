import { runBulkCreate } from '../command/bulk.server.ts';
import type { Envelope } from '../command/command.server.ts';
import { RefusedError, type Refusal } from '../command/refusal.ts';
import type { AnyDefinition } from '../document/definition.ts';
import type { Context } from '../http/context.server.ts';
import type { Product } from '../product.server.ts';

/** What became of one content: an id, or why not. */
export interface CreateOutcome {
  readonly id: string | null;
  readonly refusals: readonly Refusal[];
}

type Create = (contents: readonly unknown[], key: string) => Promise<CreateOutcome[]>;

/** The answer of a batch, back in the order of its contents. */
export function outcomesOf(
  count: number,
  answer: { readonly created: readonly string[]; readonly rowErrors: readonly { row: number; refusals: readonly Refusal[] }[] },
): CreateOutcome[] {
  const bad = new Map(answer.rowErrors.map((e) => [e.row, e.refusals]));
  let next = 0;
  return Array.from({ length: count }, (_, row) => {
    const refusals = bad.get(row);
    return refusals ? { id: null, refusals } : { id: answer.created[next++] ?? null, refusals: [] };
  });
}

/**
 * Creates a batch, good ones in, bad ones named. Where the database refuses the batch as a whole it does not say which row it meant,
 * so the rows are tried one by one then.
 */
export function createMany(
  product: Product,
  context: Context,
  definition: AnyDefinition,
  envelope: Omit<Envelope, 'idempotencyKey'>,
): Create {
  const once: Create = async (contents, key) =>
    outcomesOf(contents.length, await runBulkCreate(product, context, definition, contents, { ...envelope, idempotencyKey: key }));
  return async (contents, key) => {
    try {
      return await once(contents, key);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (contents.length === 1) return [{ id: null, refusals: error.refusals }];
    }
    const outcomes: CreateOutcome[] = [];
    for (const [i, content] of contents.entries()) {
      try {
        outcomes.push(...(await once([content], `${key}-${i}`)));
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        outcomes.push({ id: null, refusals: error.refusals });
      }
    }
    return outcomes;
  };
}
