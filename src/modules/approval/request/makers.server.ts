import type { Tx } from '#kernel/db/database.server.ts';
import { sql } from '#kernel/db/sql.server.ts';

/** Actions that make a document what it is; a change of a record is made by whoever asks for its approval. */
const MAKING = ['create', 'amend'];

/** Ids of everybody who made a record: `recordId` is an expression of the surrounding statement. */
export const makersSql = (recordId: ReturnType<typeof sql>) => sql`
  select d.created_by from kernel.directory d where d.id = ${recordId}
  union select e.actor_id from audit.event e where e.record_id = ${recordId} and e.action = any(${MAKING}::text[])`;

/** Who created or amended a document: none of them may approve it, for themselves or for somebody else. */
export const makersOf = async (tx: Tx, recordId: string): Promise<ReadonlySet<string>> =>
  new Set((await tx.query<{ created_by: string }>(makersSql(sql`${recordId}`))).map((row) => row.created_by));
