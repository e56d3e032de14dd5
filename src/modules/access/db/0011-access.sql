-- Who may do what, and how people and programs are recognised. Users and roles are versioned records; passwords, second factors,
-- sessions and keys are not: they are never shown, exported or restored from a version.

create schema access;
grant usage on schema access to medtrade_app;

create table access.role (
  id          text primary key,
  entity_id   text,
  number      text,
  state       text not null,
  version     integer not null,
  created_by  text not null,
  created_at  timestamptz not null default clock_timestamp(),
  updated_at  timestamptz not null default clock_timestamp(),
  code        text not null,
  name_zh     text not null,
  name_en     text not null,
  purpose     text,
  permissions text[] not null,
  constraint role_code_is_used_once unique (code)
);
grant select, insert, update on access.role to medtrade_app;

-- No delete: an identity is never handed to another person (21 CFR 11.100).
create table access.user_account (
  id           text primary key,
  entity_id    text,
  number       text,
  state        text not null,
  version      integer not null,
  created_by   text not null,
  created_at   timestamptz not null default clock_timestamp(),
  updated_at   timestamptz not null default clock_timestamp(),
  login        text not null,
  name         text not null,
  email        text,
  locale       text not null,
  account_kind text not null,
  constraint login_is_used_once unique (login),
  constraint login_is_lower_case check (login = lower(login)),
  constraint account_kind_is_known check (account_kind in ('person', 'service'))
);
create unique index user_email_is_used_once on access.user_account (lower(email));
grant select, insert, update on access.user_account to medtrade_app;

create table access.user_account_grants (
  document_id        text not null references access.user_account (id),
  line_no            integer not null,
  role_id            text not null references access.role (id),
  scope_entity_id    text references organisation.legal_entity (id),
  scope_warehouse_id text,
  scope_region       text,
  is_own_only        boolean not null,
  valid_from         date,
  valid_until        date,
  primary key (document_id, line_no),
  constraint grant_ends_after_it_begins check (valid_until >= valid_from)
);
create index user_account_grants_role on access.user_account_grants (role_id);
grant select, insert, update, delete on access.user_account_grants to medtrade_app;

-- The calendar day of a moment for a grant: where its company is; grants for the whole group follow the first company.
create function access.day_for(moment timestamptz, company_id text) returns date language sql stable as $$
  select (moment at time zone coalesce(
    (select time_zone from organisation.legal_entity where id = company_id),
    (select time_zone from organisation.legal_entity order by created_at, id limit 1), 'UTC'))::date
$$;

-- What a person chose for themselves; not worth a version.
create table access.preference (
  user_id text primary key references access.user_account (id),
  locale  text not null
);
grant select, insert, update on access.preference to medtrade_app;

create table access.credential (
  user_id       text primary key references access.user_account (id),
  password_hash text not null,
  must_change   boolean not null,
  changed_at    timestamptz not null
);
grant select, insert, update on access.credential to medtrade_app;

create table access.totp (
  user_id        text primary key references access.user_account (id),
  -- Encrypted with the key kept outside the database.
  secret_sealed  text not null,
  confirmed_at   timestamptz,
  -- The last time step used: a code is good once.
  last_step      bigint not null default 0,
  recovery_codes text[] not null default '{}'
);
grant select, insert, update, delete on access.totp to medtrade_app;

create table access.session (
  session_id      text primary key,
  token_hash      text not null,
  user_id         text not null references access.user_account (id),
  kind            text not null,
  created_at      timestamptz not null,
  last_seen_at    timestamptz not null,
  expires_at      timestamptz not null,
  idle_seconds    integer not null,
  ip              text,
  user_agent      text,
  -- The first signature of a session takes every component, later ones the password (21 CFR 11.200).
  first_signed_at timestamptz,
  revoked_at      timestamptz,
  revoked_by      text,
  constraint session_token_is_used_once unique (token_hash),
  constraint session_kind_is_known check (kind in ('password', 'single-sign-on'))
);
create index session_of_user on access.session (user_id, last_seen_at desc);
create index session_expires on access.session (expires_at);
grant select, insert, update, delete on access.session to medtrade_app;

create table access.api_key (
  key_id       text primary key,
  user_id      text not null references access.user_account (id),
  name         text not null,
  prefix       text not null,
  token_hash   text not null,
  scopes       text[] not null,
  created_by   text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  revoked_by   text,
  last_used_at timestamptz,
  constraint api_key_token_is_used_once unique (token_hash)
);
create index api_key_of_user on access.api_key (user_id);
grant select, insert, update on access.api_key to medtrade_app;

-- Wrong attempts by login, known or not, so that the answer gives no login away. Emptied by a daily job.
create table access.login_attempt (
  login        text primary key,
  failures     integer not null,
  locked_until timestamptz,
  last_at      timestamptz not null
);
grant select, insert, update, delete on access.login_attempt to medtrade_app;

create table access.oidc_identity (
  issuer    text not null,
  subject   text not null,
  user_id   text not null references access.user_account (id),
  linked_at timestamptz not null,
  primary key (issuer, subject)
);
create index oidc_identity_of_user on access.oidc_identity (user_id);
grant select, insert, delete on access.oidc_identity to medtrade_app;

create table access.substitution (
  substitution_id text primary key,
  user_id         text not null references access.user_account (id),
  substitute_id   text not null references access.user_account (id),
  from_day        date not null,
  until_day       date not null,
  reason          text not null,
  named_by        text not null,
  created_at      timestamptz not null,
  ended_at        timestamptz,
  ended_by        text,
  constraint substitution_ends_after_it_begins check (until_day >= from_day),
  constraint nobody_substitutes_themselves check (user_id <> substitute_id)
);
create index substitution_of_user on access.substitution (user_id, until_day);
create index substitution_by_substitute on access.substitution (substitute_id, until_day);
grant select, insert, update on access.substitution to medtrade_app;

-- Bound to the content by its hash: any later change of the content shows (21 CFR 11.70).
create table access.signature (
  signature_id text primary key,
  record_id    text not null,
  entity_id    text,
  kind         text not null,
  number       text,
  action       text not null,
  user_id      text not null,
  login        text not null,
  printed_name text not null,
  session_id   text not null,
  components   text[] not null,
  meaning_zh   text not null,
  meaning_en   text not null,
  reason       text,
  content_hash text not null,
  ip           text,
  signed_at    timestamptz not null
);
create index signature_of_record on access.signature (record_id, signed_at);
create index signature_of_user on access.signature (user_id, signed_at);
call kernel.make_append_only('access.signature');
call kernel.guard_rows('access.signature');

-- The one-time link that creates the first administrator.
create table access.setup_token (
  token_hash text primary key,
  expires_at timestamptz not null,
  used_at    timestamptz
);
grant select, insert, update, delete on access.setup_token to medtrade_app;
