import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

const folder = new URL('../invariants/', import.meta.url);

/** Asks every invariant of the ledgers; the answer names those that do not hold, with their first row. */
export async function brokenInvariants(owner: pg.Pool): Promise<string[]> {
  const broken: string[] = [];
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.sql'))) {
    const { rows } = await owner.query(`select * from (${readFileSync(new URL(name, folder), 'utf8')}) broken limit 1`);
    if (rows.length > 0) broken.push(`${name}: ${JSON.stringify(rows[0])}`);
  }
  return broken;
}
