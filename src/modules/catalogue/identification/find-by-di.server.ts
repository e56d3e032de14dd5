import { sql } from '#kernel/db/sql.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import { normalDi } from '../package/device-identifier.ts';

/** An article that carries an identifier, with the package level it stands for. */
export interface FoundByDi {
  readonly productId: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** The identifier asked for, GTINs with 14 digits. */
  readonly di: string;
  /** Base units inside, an exact decimal. */
  readonly quantityPerBase: string;
  readonly level: string;
}

/**
 * Active products and package levels by identifier, in one statement. An identifier may be carried by several products (two holders,
 * a mistake on a label): all are answered, the caller asks and never guesses. GTINs of any length match.
 */
export async function findByDi(tx: Tx, dis: readonly string[]): Promise<FoundByDi[]> {
  const wanted = [...new Set(dis.flatMap((di) => [di, normalDi(di)]))];
  if (wanted.length === 0) return [];
  return tx.query<FoundByDi>(sql`
    select p.id "productId", p.code, p.name_zh "nameZh", p.name_en "nameEn", l.di, l.quantity_per_base "quantityPerBase", l.level
    from catalogue.product_packages l join catalogue.product p on p.id = l.document_id
    where l.di = any(${wanted}::text[]) and p.state = 'active'
    order by l.di, p.code, l.line_no`);
}
