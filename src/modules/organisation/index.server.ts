import type { ScopeSet } from '#kernel/access/actor.ts';
import { sql, type Tx } from '#kernel/db/database.server.ts';

/** What other modules need to know of a legal entity. */
export interface EntityFacts {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly uscc: string | null;
  readonly country: string;
  readonly functionalCurrency: string;
  readonly timeZone: string;
  readonly address: string | null;
}

const columns = sql`id, code, name_zh "nameZh", name_en "nameEn", uscc, country, functional_currency "functionalCurrency", time_zone "timeZone", address`;

/** A legal entity, or undefined where there is none with this id. */
export const entityFacts = (tx: Tx, entityId: string): Promise<EntityFacts | undefined> =>
  tx.maybe<EntityFacts>(sql`select ${columns} from organisation.legal_entity where id = ${entityId}`);

/** The active legal entities of a scope, by code. */
export const entitiesIn = (tx: Tx, scope: ScopeSet): Promise<EntityFacts[]> =>
  tx.query<EntityFacts>(sql`
    select ${columns} from organisation.legal_entity
    where state = 'active' and (${scope === '*'} or id = any(${scope === '*' ? [] : [...scope]}::text[])) order by code limit 1000`);
