import { sql } from '#kernel/db/sql.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import type { ProductFacts } from './product/product-facts.ts';

/** Facts of many products in one statement, by id. */
export async function productFacts(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, ProductFacts>> {
  const rows = await tx.query<ProductFacts>(sql`
    select id, code, name_zh "nameZh", name_en "nameEn", base_unit "baseUnit", identifier_policy "identifierPolicy",
      is_expiry_tracked "isExpiryTracked", is_cold_chain "isColdChain", registration_no "registrationNo"
    from catalogue.product where id = any(${[...new Set(ids)]}::text[])`);
  return new Map(rows.map((row) => [row.id, row]));
}
