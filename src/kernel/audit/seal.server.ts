import { sql, systemScope, type Database, type Tx } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';

/** Rows sealed into one block at most: keeps the transaction short and the proof of one row small. */
const BLOCK_ROWS_MAX = 5_000;
/** Half the second within which a row is to be sealed. */
const SEAL_EVERY_MS = 500;
const BLOCKS_PER_ROUND_MAX = 200;

/** The newest block: whoever keeps its hash outside can prove later that nothing before it changed. */
export interface AuditHead {
  readonly blockNo: string;
  readonly blockHash: string;
  readonly lastEventId: string;
  readonly sealedAt: string;
}

/** Seals everything final into blocks; returns the rows sealed. Safe to call from many processes: one seals, the others get 0. */
export async function sealAudit(db: Database): Promise<number> {
  let sealed = 0;
  for (let round = 0; round < BLOCKS_PER_ROUND_MAX; round += 1) {
    const { rows } = await db.write(systemScope, (tx) => tx.one<{ rows: number }>(sql`select audit.seal(${BLOCK_ROWS_MAX}) as rows`));
    sealed += rows;
    if (rows < BLOCK_ROWS_MAX) break;
  }
  return sealed;
}

/** Seals twice a second until stopped. A failing round is logged and tried again: rows wait unsealed, postings never do. */
export function startSealer(system: Pick<System, 'db' | 'log'>): { stop: () => Promise<void> } {
  let isStopped = false;
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const round = (): void => {
    running = sealAudit(system.db)
      .catch((error: unknown) => system.log.error({ error }, 'audit rows could not be sealed, trying again'))
      .finally(() => {
        if (!isStopped) timer = setTimeout(round, SEAL_EVERY_MS);
      });
  };
  round();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** The newest block, or undefined before the first. */
export const auditHead = (tx: Tx): Promise<AuditHead | undefined> =>
  tx.maybe<AuditHead>(sql`
    select block_no as "blockNo", encode(block_hash, 'hex') as "blockHash", last_event_id as "lastEventId", sealed_at as "sealedAt"
    from audit.block order by block_no desc limit 1`);
