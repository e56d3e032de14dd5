import { productFacts } from '#modules/catalogue/index.server.ts';
import { sql } from '#kernel/db/sql.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import type { Zone } from '../quality.ts';
import { openingStock } from './opening-stock.ts';

export const openingStockServer = implementDefinition(openingStock, {
  facts: async (tx, doc) => {
    const lines = doc.lines.items;
    const products = await productFacts(
      tx,
      lines.map((line) => line.productId),
    );
    const places = await tx.query<{ id: string; warehouseId: string; code: string; zone: Zone }>(sql`
      select id, warehouse_id "warehouseId", code, zone from warehouse.storage_place
      where id = any(${[...new Set(lines.map((line) => line.placeId))]}::text[])`);
    const own = await tx.one<{ warehouseName: string; openingPlaceId: string }>(sql`
      select (select name_zh from warehouse.warehouse where id = ${doc.warehouseId}) "warehouseName",
        warehouse.outer_place_id(${doc.entityId}, 'opening') "openingPlaceId"`);
    return { products, places: new Map(places.map((place) => [place.id, place])), ...own };
  },
});
