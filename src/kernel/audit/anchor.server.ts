import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql, systemScope } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';
import { auditHead, sealAudit, type AuditHead } from './seal.server.ts';

const folderOf = (system: System): string => join(system.dataDir, 'audit-anchors');
/** Years of daily anchors that are compared. */
const ANCHORS_MAX = 5_000;

/**
 * Writes the head outside the database, one line a day in `<dataDir>/audit-anchors/<year>.jsonl`, and into the log: someone who
 * rewrites the whole chain would have to rewrite those copies too.
 */
export async function anchorAudit(system: System): Promise<AuditHead | undefined> {
  await sealAudit(system.db);
  const head = await system.db.read(systemScope, auditHead);
  if (!head) return undefined;
  const anchoredAt = system.clock.now().toISOString();
  await mkdir(folderOf(system), { recursive: true, mode: 0o700 });
  await appendFile(join(folderOf(system), `${anchoredAt.slice(0, 4)}.jsonl`), `${JSON.stringify({ anchoredAt, ...head })}\n`);
  system.log.info({ auditHead: head }, 'audit head anchored');
  return head;
}

async function anchorsOf(system: System): Promise<AuditHead[]> {
  const files = await readdir(folderOf(system)).catch(() => [] as string[]);
  const texts = await Promise.all(
    files
      .filter((f) => f.endsWith('.jsonl'))
      .toSorted()
      .map((f) => readFile(join(folderOf(system), f), 'utf8')),
  );
  return texts
    .flatMap((t) =>
      t
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as AuditHead),
    )
    .slice(-ANCHORS_MAX);
}

export interface AnchorMismatch {
  readonly blockNo: string;
  /** The hash kept outside. */
  readonly anchored: string;
}

/** Heads kept outside (anchor files, earlier verifications) that the chain no longer contains: it was cut or written anew. */
export async function anchorMismatches(system: System): Promise<AnchorMismatch[]> {
  const anchors = await anchorsOf(system);
  return system.db.read(systemScope, (tx) =>
    tx.query<AnchorMismatch>(sql`
    select a.block_no as "blockNo", a.hash as anchored
    from (
      select * from unnest(${anchors.map((a) => a.blockNo)}::bigint[], ${anchors.map((a) => a.blockHash)}::text[]) as f (block_no, hash)
      union
      select to_block, block_hash from audit.verification where block_hash is not null
    ) a
    left join audit.block b on b.block_no = a.block_no
    where b.block_no is null or encode(b.block_hash, 'hex') <> a.hash
    order by a.block_no`),
  );
}
