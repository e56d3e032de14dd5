import pg from 'pg';
import { text } from '../i18n/text.ts';
import { APPLICATION_ROLE } from './database.server.ts';
import { StartRefusal } from './start-refusal.server.ts';

const VERSION_MIN = 150_000;

interface ServerFacts {
  readonly version: number;
  readonly version_text: string;
  readonly encoding: string;
  readonly ctype: string;
  readonly is_replica: boolean;
  readonly database: string;
  readonly login: string;
  readonly may_create: boolean;
  readonly has_trgm: boolean;
  readonly may_have_trgm: boolean;
  readonly has_role: boolean;
  readonly may_make_role: boolean;
  readonly is_member: boolean;
}

const FACTS = `
  select current_setting('server_version_num')::int as version, current_setting('server_version') as version_text,
    current_setting('server_encoding') as encoding, d.datctype as ctype, pg_is_in_recovery() as is_replica,
    current_database() as database, current_user as login,
    has_database_privilege(current_database(), 'CREATE') as may_create,
    exists (select from pg_extension where extname = 'pg_trgm') as has_trgm,
    exists (select from pg_available_extension_versions where name = 'pg_trgm' and (trusted or r.rolsuper)) as may_have_trgm,
    exists (select from pg_roles where rolname = $1) as has_role,
    r.rolsuper or r.rolcreaterole as may_make_role,
    coalesce((select pg_has_role(current_user, oid, 'MEMBER') from pg_roles where rolname = $1), false) as is_member
  from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`;

/** What is missing for the product to live in this database, with the statement an administrator can run. */
function refuse(facts: ServerFacts): StartRefusal | undefined {
  const { database, login } = facts;
  const sentence = (code: string, zh: string, en: string): StartRefusal => new StartRefusal(code, text(zh, en));
  if (facts.version < VERSION_MIN) {
    return sentence(
      'postgres-too-old',
      `DATABASE_URL 指向 PostgreSQL ${facts.version_text}，需要 15 或更高版本。`,
      `DATABASE_URL points at PostgreSQL ${facts.version_text}; version 15 or later is needed.`,
    );
  }
  if (facts.encoding !== 'UTF8') {
    return sentence(
      'database-not-utf8',
      `数据库 ${database} 的编码是 ${facts.encoding}。请新建：create database ${database} encoding 'UTF8' template template0;`,
      `Database ${database} has encoding ${facts.encoding}. Make one with: create database ${database} encoding 'UTF8' template template0;`,
    );
  }
  if (facts.is_replica) {
    return sentence(
      'database-is-replica',
      'DATABASE_URL 指向只读副本。请指向主库。',
      'DATABASE_URL points at a read-only replica. Point it at the primary.',
    );
  }
  if (!facts.may_create) {
    return sentence(
      'database-not-owned',
      `用户 ${login} 不能在数据库 ${database} 中建立模式。请管理员执行：grant create on database ${database} to ${login};`,
      `User ${login} may not create schemas in database ${database}. An administrator can run: grant create on database ${database} to ${login};`,
    );
  }
  if (!facts.has_trgm && !facts.may_have_trgm) {
    return sentence(
      'no-pg-trgm',
      `数据库 ${database} 缺少扩展 pg_trgm。请安装 postgresql-contrib 并由管理员执行：create extension pg_trgm;`,
      `Database ${database} lacks the extension pg_trgm. Install postgresql-contrib, then an administrator can run in it: create extension pg_trgm;`,
    );
  }
  if (facts.has_role ? !facts.is_member && !facts.may_make_role : !facts.may_make_role) {
    const statements = `${facts.has_role ? '' : `create role ${APPLICATION_ROLE} nologin; `}grant ${APPLICATION_ROLE} to ${login} with admin option;`;
    return sentence(
      'no-application-role',
      `应用角色 ${APPLICATION_ROLE} 不可用。请管理员执行：${statements}`,
      `The application role ${APPLICATION_ROLE} is not available. An administrator can run: ${statements}`,
    );
  }
  return undefined;
}

const host = (url: string): string => {
  try {
    return new URL(url).host || new URL(url).searchParams.get('host') || url.split('@').at(-1) || '';
  } catch {
    return '…';
  }
};

/**
 * Checks that a database outside can hold the product and returns warnings for its operator. Throws a StartRefusal that names
 * what is missing. The password never appears in a message.
 */
export async function checkExternalDatabase(connection: pg.ClientConfig & { connectionString: string }): Promise<string[]> {
  const client = new pg.Client({ ...connection, application_name: 'medtrade start', connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    const why = (cause as Error).message || String((cause as { code?: string }).code);
    throw Object.assign(
      new StartRefusal(
        'database-unreachable',
        text(
          `无法连接 DATABASE_URL（${host(connection.connectionString)}）：${why}`,
          `DATABASE_URL (${host(connection.connectionString)}) cannot be reached: ${why}`,
        ),
      ),
      { cause },
    );
  }
  try {
    const facts = (await client.query<ServerFacts>(FACTS, [APPLICATION_ROLE])).rows[0];
    if (!facts) throw new Error('the server does not describe itself');
    const refusal = refuse(facts);
    if (refusal) throw refusal;
    return ['C', 'POSIX'].includes(facts.ctype)
      ? [
          `Database ${facts.database} has ctype ${facts.ctype}: search by Chinese words will be slow. Prefer a database with ctype C.UTF-8 or zh_CN.UTF-8.`,
        ]
      : [];
  } finally {
    await client.end();
  }
}
