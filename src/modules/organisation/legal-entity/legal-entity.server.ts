import { sql } from '#kernel/db/database.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import { legalEntity } from './legal-entity.ts';

// A hierarchy deeper than this is a mistake; the bound also ends a circle made by hand in the database.
const DEPTH_MAX = 20;

export const legalEntityServer = implementDefinition(legalEntity, {
  facts: async (tx, entity) => {
    const stored = await tx.maybe<{ functionalCurrency: string; timeZone: string }>(sql`
      select functional_currency "functionalCurrency", time_zone "timeZone" from organisation.legal_entity where id = ${entity.id}`);
    const ancestors = await tx.query<{ id: string; nameZh: string }>(sql`
      with recursive up as (
        select id, parent_id, name_zh, 1 depth from organisation.legal_entity where id = ${entity.parentId}
        union all
        select p.id, p.parent_id, p.name_zh, up.depth + 1 from up join organisation.legal_entity p on p.id = up.parent_id where up.depth < ${DEPTH_MAX}
      ) select id, name_zh "nameZh" from up order by depth`);
    return { stored, ancestors };
  },
});
