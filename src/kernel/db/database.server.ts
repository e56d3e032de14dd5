import { createHash } from 'node:crypto';
import pg from 'pg';
import type { ScopeSet } from '../access/actor.ts';
import { sql, type Sql } from './sql.server.ts';

// Dates stay calendar days, numerics and bigints stay exact strings, instants become ISO strings: no value passes through a float.
pg.types.setTypeParser(pg.types.builtins.DATE, (v) => v);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (v) => new Date(v).toISOString());

/** What a transaction may see: row-level security reads it from the transaction's settings. */
export interface RowScope {
  readonly entityIds: ScopeSet;
  readonly userId: string | null;
}

/** Work that is not a user's: migrations, sealing, jobs. Reaches every row. */
export const systemScope: RowScope = { entityIds: '*', userId: null };

const NAMED_STATEMENTS_MAX = 2000;
const statementNames = new Map<string, string>();

/** Names a statement so that PostgreSQL keeps its plan; texts beyond the limit stay unnamed. */
function statementName(text: string): string | undefined {
  const known = statementNames.get(text);
  if (known) return known;
  if (statementNames.size >= NAMED_STATEMENTS_MAX) return undefined;
  const name = createHash('sha1').update(text).digest('base64url').slice(0, 20);
  statementNames.set(text, name);
  return name;
}

/** One running transaction. */
export class Tx {
  readonly client: pg.PoolClient;
  constructor(client: pg.PoolClient) {
    this.client = client;
  }

  async query<R = Record<string, any>>(q: Sql): Promise<R[]> {
    const text = q.text;
    const name = statementName(text);
    const result = await this.client.query(name ? { name, text, values: q.values } : { text, values: q.values });
    return result.rows as R[];
  }

  /**
   * A query planned anew with its values, for searches and lists: a kept plan knows neither the beginning of a pattern nor how rare a
   * value is, and would read the whole table.
   */
  async planned<R = Record<string, any>>(q: Sql): Promise<R[]> {
    return (await this.client.query({ text: q.text, values: q.values })).rows as R[];
  }

  async maybe<R = Record<string, any>>(q: Sql): Promise<R | undefined> {
    return (await this.query<R>(q))[0];
  }

  async one<R = Record<string, any>>(q: Sql): Promise<R> {
    const rows = await this.query<R>(q);
    if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}: ${q.text.slice(0, 120)}`);
    return rows[0] as R;
  }
}

export interface DatabaseOptions {
  readonly connection: pg.PoolConfig;
  readonly poolMax?: number;
}

/** The role the application works as: owns no table, so that missing grants and row-level security bind it. */
export const APPLICATION_ROLE = 'medtrade_app';

/** A pool of connections in the application role. Every statement runs in a transaction with a row scope. */
export class Database {
  readonly pool: pg.Pool;
  constructor(options: DatabaseOptions) {
    this.pool = new pg.Pool({ ...options.connection, max: options.poolMax ?? 16, options: `-c role=${APPLICATION_ROLE} -c timezone=UTC` });
    // A connection that breaks is replaced by the pool; without listeners it would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  read<T>(scope: RowScope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction('begin read only', scope, work);
  }

  write<T>(scope: RowScope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction('begin', scope, work);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async transaction<T>(begin: string, scope: RowScope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let isBroken = false;
    try {
      const entities = scope.entityIds === '*' ? '*' : `{${scope.entityIds.join(',')}}`;
      // One round trip: ids are checked by the kernel's grammar before they come here, and quoted again.
      await client.query(
        `${begin}; set local medtrade.entity_ids = ${quote(entities)}; set local medtrade.user_id = ${quote(scope.userId ?? '')}`,
      );
      const result = await work(new Tx(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {
        isBroken = true;
      });
      throw error;
    } finally {
      client.release(isBroken);
    }
  }
}

const quote = (value: string): string => pg.escapeLiteral(value);

export { sql, type Sql };
