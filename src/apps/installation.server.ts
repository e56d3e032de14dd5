import pg from 'pg';

/** What this database was installed as: decided once, when it was empty, so that a setting can never turn real books into a demo. */
export interface Installation {
  readonly isDemo: boolean;
  readonly isDemoLoaded: boolean;
  readonly markDemoLoaded: () => Promise<void>;
}

async function withOwner<T>(owner: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...owner, application_name: 'medtrade installation' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Reads or, before the first migration, writes the installation row. `wantsDemo` counts only for an empty database. */
export async function readInstallation(owner: pg.ClientConfig, wantsDemo: boolean): Promise<Installation> {
  const row = await withOwner(owner, async (client) => {
    await client.query(`set client_min_messages = warning;
      create table if not exists public.medtrade_installation (
        is_only boolean primary key default true check (is_only), is_demo boolean not null,
        installed_at timestamptz not null default clock_timestamp(), demo_loaded_at timestamptz
      );
      revoke all on public.medtrade_installation from public`);
    const found = await client.query<{ has: boolean }>(`select to_regclass('public.medtrade_migration') is not null as has`);
    const isEmpty = !found.rows[0]?.has;
    await client.query('insert into public.medtrade_installation (is_demo) values ($1) on conflict do nothing', [wantsDemo && isEmpty]);
    const rows = await client.query<{ is_demo: boolean; is_loaded: boolean }>(
      'select is_demo, demo_loaded_at is not null as is_loaded from public.medtrade_installation',
    );
    return rows.rows[0];
  });
  return {
    isDemo: row?.is_demo ?? false,
    isDemoLoaded: row?.is_loaded ?? false,
    markDemoLoaded: () =>
      withOwner(owner, async (client) => {
        await client.query('update public.medtrade_installation set demo_loaded_at = clock_timestamp()');
      }),
  };
}
