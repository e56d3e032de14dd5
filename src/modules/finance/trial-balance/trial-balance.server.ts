import { reaches, scopeOf } from '#kernel/access/actor.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import { refuse } from '#kernel/command/refusal.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import { sql } from '#kernel/db/sql.server.ts';
import { type Context, handle, type OperationHandler } from '#kernel/http/context.server.ts';
import { text } from '#kernel/i18n/text.ts';
import { accountBalances } from '#kernel/ledger/general/balance.server.ts';
import { fromMinor } from '#kernel/money/money.ts';
import type { EntityFacts, Product } from '#kernel/product.server.ts';
import { accountLines, BOOKS_VIEW, trialBalance } from './operations.ts';

async function inBooks<T>(
  product: Product,
  context: Context,
  entityId: string,
  work: (tx: Tx, entity: EntityFacts) => Promise<T>,
): Promise<T> {
  const scope = scopeOf(context.actor, BOOKS_VIEW);
  const action = text('查看账簿', 'read the books');
  if (!scope || !reaches(scope.entityIds, entityId)) return refuse(commandRefusals.outOfScope({ action }));
  return context.system.db.read({ entityIds: [entityId], userId: context.actor.id }, async (tx) => {
    const entity = await product.ports.entities.facts(tx, entityId);
    return entity ? work(tx, entity) : refuse(commandRefusals.outOfScope({ action }));
  });
}

const readTrialBalance = (product: Product, context: Context, query: { entityId: string; from: string; to: string }) =>
  inBooks(product, context, query.entityId, async (tx, entity) => {
    const balances = await accountBalances(tx, { ...query, book: 'local' });
    const accounts = await tx.query(sql`select id, code, name_zh, name_en from finance.account where entity_id = ${query.entityId}`);
    const named = new Map(accounts.map((a) => [a.id, a]));
    const sums = new Map<string, { opening: bigint; debit: bigint; credit: bigint; closing: bigint }>();
    for (const b of balances) {
      const sum = sums.get(b.accountId) ?? { opening: 0n, debit: 0n, credit: 0n, closing: 0n };
      sums.set(b.accountId, {
        opening: sum.opening + b.functionalOpeningMinor,
        debit: sum.debit + b.functionalDebitMinor,
        credit: sum.credit + b.functionalCreditMinor,
        closing: sum.closing + b.functionalClosingMinor,
      });
    }
    const money = (minor: bigint): string => fromMinor(minor, entity.functionalCurrency);
    const written = (s: { opening: bigint; debit: bigint; credit: bigint; closing: bigint }) => ({
      opening: money(s.opening),
      debit: money(s.debit),
      credit: money(s.credit),
      closing: money(s.closing),
    });
    const total = [...sums.values()].reduce(
      (a, b) => ({ opening: a.opening + b.opening, debit: a.debit + b.debit, credit: a.credit + b.credit, closing: a.closing + b.closing }),
      { opening: 0n, debit: 0n, credit: 0n, closing: 0n },
    );
    const rows = [...sums].map(([accountId, sum]) => {
      const a = named.get(accountId);
      return { accountId, code: (a?.code as string) ?? '', name: text(a?.name_zh ?? accountId, a?.name_en ?? accountId), ...written(sum) };
    });
    return { currency: entity.functionalCurrency, rows: rows.toSorted((a, b) => a.code.localeCompare(b.code)), totals: written(total) };
  });

const readLines = (
  product: Product,
  context: Context,
  query: { entityId: string; accountId: string; from: string; to: string; limit: number },
) =>
  inBooks(product, context, query.entityId, async (tx, entity) => {
    const rows = await tx.query(sql`
      select e.occurred_on, e.document_id, e.reverses, coalesce(l.summary, e.summary) summary, l.functional_minor::text amount, d.kind, d.number
      from ledger.journal_line l join ledger.journal_entry e using (entry_id) left join kernel.directory d on d.id = e.document_id
      where l.entity_id = ${query.entityId} and l.book = 'local' and l.account_id = ${query.accountId} and l.period between ${query.from} and ${query.to}
      order by e.occurred_on desc, e.entry_id desc, l.line_no limit ${query.limit + 1}`);
    const money = (minor: bigint): string => fromMinor(minor, entity.functionalCurrency);
    return {
      isCut: rows.length > query.limit,
      lines: rows.slice(0, query.limit).map((r) => {
        const amount = BigInt(r.amount);
        return {
          day: r.occurred_on,
          documentId: r.document_id,
          documentKind: r.kind,
          documentNumber: r.number,
          summary: r.summary,
          isReversal: r.reverses !== null,
          debit: amount > 0n ? money(amount) : '',
          credit: amount < 0n ? money(-amount) : '',
        };
      }),
    };
  });

export const bookHandlers = (product: () => Product): OperationHandler[] => [
  handle(trialBalance, (context, { query }) => readTrialBalance(product(), context, query)),
  handle(accountLines, (context, { query }) => readLines(product(), context, query)),
];
