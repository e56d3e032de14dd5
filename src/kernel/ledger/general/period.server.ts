import { sql } from '../../db/sql.server.ts';
import type { Tx } from '../../db/database.server.ts';
import type { Book } from './entry.ts';

export type PeriodState = 'open' | 'locked' | 'closed';

export interface Period {
  readonly book: Book;
  /** `YYYY-MM`. */
  readonly period: string;
  readonly state: PeriodState;
}

/** Opens, locks or closes a month of a book; waits for postings under way in it. Who may do so is decided before. */
export async function setPeriodState(tx: Tx, entityId: string, book: Book, period: string, state: PeriodState): Promise<void> {
  await tx.query(sql`select ledger.set_period_state(${entityId}, ${book}, ${period}, ${state})`);
}

/** Opens all months from one to another (`YYYY-MM`, both included) that are not there yet. */
export async function openPeriods(tx: Tx, entityId: string, book: Book, from: string, to: string): Promise<void> {
  await tx.query(sql`
    select ledger.set_period_state(${entityId}, ${book}, to_char(month, 'YYYY-MM'), 'open')
      from generate_series(${`${from}-01`}::timestamp, ${`${to}-01`}::timestamp, interval '1 month') as month
     where not exists (select from ledger.period p
                        where p.entity_id = ${entityId} and p.book = ${book} and p.period = to_char(month, 'YYYY-MM'))
     order by month`);
}

/** All periods of an entity, earliest first. */
export const periodsOf = (tx: Tx, entityId: string): Promise<Period[]> =>
  tx.query(sql`select book, period, state from ledger.period where entity_id = ${entityId} order by period, book`);
