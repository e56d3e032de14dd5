import pg from 'pg';

/**
 * Lifts the places of the logs above everything recorded, as the owner, at every start before anything is written: a logical restore
 * or a move to another PostgreSQL major version starts transaction ids anew. Returns the new base, 0 where nothing was to do.
 */
export async function raiseLogBase(owner: pg.ClientConfig): Promise<string> {
  const client = new pg.Client({ ...owner, application_name: 'medtrade logs' });
  await client.connect();
  try {
    const { rows } = await client.query<{ raised: string }>('select kernel.raise_log_base() as raised');
    return rows[0]?.raised ?? '0';
  } finally {
    await client.end();
  }
}
