import { sql } from '#kernel/db/sql.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import type { ProductCheckFacts } from './product-check.ts';
import { product } from './product.ts';

interface Holder {
  readonly documentId: string;
  readonly di: string;
  readonly code: string;
  readonly registrationNo: string | null;
}

interface Carrier {
  readonly id: string;
  readonly code: string;
  readonly registrationNo: string | null;
  readonly lines: { readonly packages: readonly { readonly di: string }[] };
}

const identifiersOf = (doc: Carrier): string[] => (doc.lines?.packages ?? []).map((line) => line.di);

/** Who else carries the identifiers of these products: stored ones, and those before each in the list. One statement for all. */
async function holdersOf(tx: Tx, docs: readonly Carrier[]): Promise<ProductCheckFacts[]> {
  const wanted = [...new Set(docs.flatMap(identifiersOf))];
  if (wanted.length === 0) return docs.map(() => ({}));
  const rows = await tx.query<Holder>(sql`
    select l.document_id "documentId", l.di, p.code, p.registration_no "registrationNo"
    from catalogue.product_packages l join catalogue.product p on p.id = l.document_id
    where l.di = any(${wanted}::text[])`);
  const byDi = new Map<string, Holder[]>();
  const know = (holder: Holder) => byDi.set(holder.di, [...(byDi.get(holder.di) ?? []), holder]);
  rows.forEach(know);
  return docs.map((doc) => {
    const holders = identifiersOf(doc).flatMap((di) => (byDi.get(di) ?? []).filter((h) => h.documentId !== doc.id));
    for (const di of identifiersOf(doc)) know({ documentId: doc.id, di, code: doc.code, registrationNo: doc.registrationNo });
    return { holders };
  });
}

export const productServer = implementDefinition(product, {
  facts: async (tx, doc, _context, action): Promise<ProductCheckFacts> =>
    action === 'create' || action === 'change' ? ((await holdersOf(tx, [doc]))[0] ?? {}) : {},
  factsOfMany: (tx, docs) => holdersOf(tx, docs),
});
