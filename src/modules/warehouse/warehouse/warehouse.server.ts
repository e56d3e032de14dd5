import { sql } from '#kernel/db/sql.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import { warehouse } from './warehouse.ts';

export const warehouseServer = implementDefinition(warehouse, {
  // An entity that keeps stock needs the places outside its shelves, too: where stock begins, comes from, goes to and is lost.
  after: async (tx, w, _context, action) => {
    if (action !== 'create') return;
    await tx.query(sql`select warehouse.ensure_outer_places(${w.entityId})`);
  },
});
