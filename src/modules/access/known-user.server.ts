import { sql, type Tx } from '#kernel/db/database.server.ts';

/** A user with what recognising them needs. Never leaves the server. */
export interface KnownUser {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly email: string | null;
  readonly state: string;
  readonly accountKind: 'person' | 'service';
  readonly locale: 'zh-CN' | 'en';
  readonly passwordHash: string | null;
  readonly mustChange: boolean;
  readonly passwordChangedAt: string | null;
  readonly hasSecondFactor: boolean;
  readonly recoveryCodesLeft: number;
}

const selection = sql`
  select u.id, u.login, u.name, u.email, u.state, u.account_kind "accountKind", coalesce(p.locale, u.locale) locale, c.password_hash "passwordHash",
    coalesce(c.must_change, false) "mustChange", c.changed_at "passwordChangedAt", t.confirmed_at is not null "hasSecondFactor",
    coalesce(cardinality(t.recovery_codes), 0) "recoveryCodesLeft"
  from access.user_account u
  left join access.preference p on p.user_id = u.id
  left join access.credential c on c.user_id = u.id
  left join access.totp t on t.user_id = u.id`;

export const userByLogin = (tx: Tx, login: string): Promise<KnownUser | undefined> =>
  tx.maybe<KnownUser>(sql`${selection} where u.login = ${login.toLowerCase()}`);

export const userById = (tx: Tx, id: string): Promise<KnownUser | undefined> => tx.maybe<KnownUser>(sql`${selection} where u.id = ${id}`);

/** Stores a new password hash. */
export const storePassword = (tx: Tx, userId: string, passwordHash: string, mustChange: boolean, now: Date): Promise<unknown> =>
  tx.query(sql`
    insert into access.credential (user_id, password_hash, must_change, changed_at) values (${userId}, ${passwordHash}, ${mustChange}, ${now})
    on conflict (user_id) do update set password_hash = excluded.password_hash, must_change = excluded.must_change, changed_at = excluded.changed_at`);
