import { sql } from '#kernel/db/database.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { numberPattern } from './number-pattern.ts';

export const numberPatternServer = (product: () => Product) =>
  implementDefinition(numberPattern, {
    facts: async (_tx, p) => ({ restarts: product().definition(p.documentKind)?.numbering?.restarts }),
    after: async (tx, p) => {
      // The pipeline reads one small table of its own when it takes a number.
      await tx.query(sql`delete from kernel.number_pattern where kind = ${p.documentKind} and entity_id = ${p.companyId ?? ''}`);
      if (p.state !== 'active') return;
      await tx.query(
        sql`insert into kernel.number_pattern (kind, entity_id, pattern) values (${p.documentKind}, ${p.companyId ?? ''}, ${p.pattern})`,
      );
    },
  });
