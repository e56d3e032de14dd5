/**
 * Sixteen clients hammer two lots and one account: nothing may go negative, nothing may drift, no deadlock may reach a caller.
 * Usage: tsx scripts/hammer.ts [seconds, default 60] [clients, default 16]. DATABASE_URL chooses the server; a scratch database is used.
 */
import { Database } from '#kernel/db/database.server.ts';
import { trialDatabase } from '#kernel/ledger/trial/database.server.ts';
import { hammer } from '#kernel/ledger/trial/hammer.server.ts';
import { brokenInvariants } from '#kernel/ledger/trial/invariants.server.ts';
import { openLedger } from '#kernel/ledger/trial/world.server.ts';

const seconds = Number(process.argv[2] ?? 60);
const clients = Number(process.argv[3] ?? 16);
const trial = await trialDatabase();
const db = new Database({ connection: trial.connection, poolMax: clients });
try {
  await openLedger(db, 3);
  const seed = Number(process.env['SEED'] ?? process.pid);
  const result = await hammer(db, { clients, seconds, seed });
  const broken = await brokenInvariants(trial.owner);
  const { posted, reversed, refused } = result;
  console.log(
    `${clients} clients, ${seconds} s, seed ${seed}: ${posted} posted, ${reversed} reversed, ${refused} refused as they should be`,
  );
  console.log(`deadlocks that reached a caller: ${result.deadlocks}; faults: ${result.faults.length}; invariants broken: ${broken.length}`);
  for (const line of [...new Set(result.faults), ...broken]) console.log(`  ${line}`);
  if (result.deadlocks + result.faults.length + broken.length > 0) process.exitCode = 1;
} finally {
  await db.close();
  await trial.close();
}
