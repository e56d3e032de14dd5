import { sql, type Sql } from '#kernel/db/database.server.ts';

/** Whether the grant `g` holds at a moment: from the first to the last day named, days of its company. Unlimited ones cost no look-up. */
export const isInForce = (now: Date): Sql => sql`
  (g.valid_from is null or g.valid_from <= access.day_for(${now}, g.scope_entity_id))
  and (g.valid_until is null or g.valid_until >= access.day_for(${now}, g.scope_entity_id))`;
