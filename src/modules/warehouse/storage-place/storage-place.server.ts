import { sql } from '#kernel/db/sql.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import { storagePlace } from './storage-place.ts';

export const storagePlaceServer = implementDefinition(storagePlace, {
  // The ledger knows a place by the record's own id.
  after: async (tx, place) => {
    await tx.query(sql`
      insert into ledger.place (place_id, entity_id, kind, code, name_zh, name_en, may_go_negative, is_active)
      values (${place.id}, ${place.entityId}, 'storage', ${place.code}, ${place.nameZh}, ${place.nameEn}, false, ${place.state === 'active'})
      on conflict (place_id) do update set code = excluded.code, name_zh = excluded.name_zh, name_en = excluded.name_en, is_active = excluded.is_active`);
  },
});
