import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase, urlAs } from '../test/world.server.ts';
import { checkExternalDatabase } from './external.server.ts';
import { migrate } from './migrate.server.ts';

/** A login without any special right; the name is this process's own because roles are shared by all databases of a server. */
const LOGIN = `medtrade_test_login_${process.pid}`;
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let owner: pg.Client;
const check = (url: string) => checkExternalDatabase({ connectionString: url });

beforeAll(async () => {
  database = await emptyDatabase();
  owner = new pg.Client(database.connection);
  await owner.connect();
  await owner.query(`create role ${LOGIN} login`);
});
afterAll(async () => {
  await owner.query(`drop owned by ${LOGIN} cascade; drop role ${LOGIN}`);
  await owner.end();
});

describe('a database of one’s own', () => {
  test('is accepted from its superuser', async () => {
    await expect(check(database.url)).resolves.toBeInstanceOf(Array);
  });

  test('is refused to a login that may not create in it, with the statement that helps', async () => {
    await expect(check(urlAs(database, LOGIN))).rejects.toThrow(new RegExp(`grant create on database \\w+ to ${LOGIN};`));
  });

  test('is refused to a login without the application role, and accepted and migrated after the statement it names was run', async () => {
    const { rows } = await owner.query('select current_database() as name');
    await owner.query(`grant create on database ${rows[0].name} to ${LOGIN}; grant create on schema public to ${LOGIN}`);
    const refused = await check(urlAs(database, LOGIN)).then(() => '', String);
    const statement = /grant medtrade_app to \S+ with admin option;/.exec(refused)?.[0];
    expect(statement).toBeDefined();
    await owner.query(statement ?? '');
    await check(urlAs(database, LOGIN));
    expect((await migrate({ connectionString: urlAs(database, LOGIN) })).length).toBeGreaterThan(0);
  });
});
