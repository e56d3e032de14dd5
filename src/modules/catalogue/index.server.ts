import { sql } from '#kernel/db/sql.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import type { ProductFacts } from './product/product-facts.ts';

export { findByDi } from './identification/find-by-di.server.ts';

/** Facts of many products in one statement, by id. */
export async function productFacts(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, ProductFacts>> {
  const rows = await tx.query<ProductFacts>(sql`
    select id, code, name_zh "nameZh", name_en "nameEn", base_unit "baseUnit", identifier_policy "identifierPolicy",
      is_expiry_tracked "isExpiryTracked", is_cold_chain "isColdChain", registration_no "registrationNo",
      registration_id "registrationId", registrant_name "registrantName", device_class "deviceClass", class_code2017 "classCode2017",
      class_code2002 "classCode2002", is_ivd "isIvd", is_implant "isImplant", is_interventional "isInterventional",
      is_single_use "isSingleUse", is_sterile "isSterile", storage_min_c "storageMinC", storage_max_c "storageMaxC", state
    from catalogue.product where id = any(${[...new Set(ids)]}::text[])`);
  return new Map(rows.map((row) => [row.id, row]));
}
