-- The ground of everything: the application role, row scope, the command log, the directory of all things, number series,
-- dated versions of master data.

do $$ begin
  if not exists (select from pg_roles where rolname = 'medtrade_app') then
    create role medtrade_app nologin;
  end if;
  execute format('grant medtrade_app to %I', current_user);
end $$;

create schema kernel;
grant usage on schema kernel to medtrade_app;

-- Row scope of the running transaction. `*` reaches every entity; an absent setting reaches nothing.
create function kernel.scope_entity_ids() returns text[] language sql stable parallel safe as $$
  select case when current_setting('medtrade.entity_ids', true) in ('*', '') then null
              else current_setting('medtrade.entity_ids', true)::text[] end
$$;
create function kernel.scope_is_all() returns boolean language sql stable parallel safe as $$
  select coalesce(current_setting('medtrade.entity_ids', true), '') = '*'
$$;

-- Turns on the second wall for a table that has an entity_id: rows of entities outside the transaction's scope do not exist.
-- Group-wide rows (entity_id is null) are seen by all.
create procedure kernel.guard_rows(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy entity_scope on %s to medtrade_app using (
       (select kernel.scope_is_all()) or entity_id is null or entity_id = any ((select kernel.scope_entity_ids())::text[])
     )', target);
end $$;

-- Refuses any change to rows that are history: corrections are new rows.
create function kernel.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception using
    errcode = 'integrity_constraint_violation',
    constraint = 'history_is_never_changed',
    message = format('%s.%s is append-only: %s refused', tg_table_schema, tg_table_name, tg_op);
end $$;

create procedure kernel.make_append_only(target regclass) language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function kernel.refuse_change()', target);
  execute format('revoke update, delete, truncate on %s from public, medtrade_app', target);
  execute format('grant select, insert on %s to medtrade_app', target);
end $$;

-- Every answered command, so that a repeat gets the first answer and other content under the same key is refused.
create table kernel.command (
  command_id   text primary key,
  actor_id     text not null,
  key          text not null,
  request_hash text not null,
  request      jsonb not null,
  answer       jsonb not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  constraint command_key_is_used_once unique (actor_id, key)
);
create index command_recorded_at on kernel.command (recorded_at);
grant select, insert, delete on kernel.command to medtrade_app;

-- One row per document and record of any kind: names for references, global search, related things.
create table kernel.directory (
  id          text primary key,
  kind        text not null,
  entity_id   text,
  number      text,
  title_zh    text not null,
  title_en    text not null,
  state       text not null,
  search_text text not null,
  created_by  text not null,
  occurred_on date,
  updated_at  timestamptz not null default clock_timestamp()
);
create extension if not exists pg_trgm;
create index directory_number on kernel.directory (upper(number) text_pattern_ops);
create index directory_search on kernel.directory using gin (search_text gin_trgm_ops);
create index directory_kind on kernel.directory (kind, number);
create index directory_drafts on kernel.directory (created_by, updated_at) where state = 'draft';
grant select, insert, update on kernel.directory to medtrade_app;
call kernel.guard_rows('kernel.directory');

-- Which things a document refers to, for related documents in both directions.
create table kernel.relation (
  from_id text not null references kernel.directory (id),
  to_id   text not null,
  role    text not null,
  primary key (from_id, to_id, role)
);
create index relation_to on kernel.relation (to_id);
grant select, insert, delete on kernel.relation to medtrade_app;

create table kernel.number_series (
  kind      text not null,
  entity_id text not null,
  period    text not null,
  last      bigint not null default 0,
  primary key (kind, entity_id, period)
);
grant select, insert, update on kernel.number_series to medtrade_app;

-- A configured pattern that replaces the one a document kind declares (organisation-wide or per entity).
create table kernel.number_pattern (
  kind      text not null,
  entity_id text not null default '',
  pattern   text not null,
  primary key (kind, entity_id)
);
grant select, insert, update, delete on kernel.number_pattern to medtrade_app;

-- Dated versions of master data. The row in the record's own table is the version in force today.
create table kernel.record_version (
  record_id   text not null,
  version     integer not null,
  kind        text not null,
  entity_id   text,
  valid_from  date not null,
  state       text not null,
  content     jsonb not null,
  reason      text,
  changed_by  text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (record_id, version)
);
create index record_version_on on kernel.record_version (record_id, valid_from desc, version desc);
create index record_version_due on kernel.record_version (valid_from, kind);
call kernel.make_append_only('kernel.record_version');
call kernel.guard_rows('kernel.record_version');

-- Versions that hold only from a later day, until that day makes them the version in force.
create table kernel.record_due (
  record_id  text not null,
  version    integer not null,
  kind       text not null,
  entity_id  text,
  valid_from date not null,
  primary key (record_id, version)
);
create index record_due_on on kernel.record_due (valid_from);
grant select, insert, update, delete on kernel.record_due to medtrade_app;
call kernel.guard_rows('kernel.record_due');

-- Verdicts of gates, passed ones too, with the facts and the rule version they used.
create table kernel.gate_verdict (
  verdict_id   bigint generated always as identity primary key,
  command_id   text not null,
  document_id  text not null,
  entity_id    text,
  action       text not null,
  gate         text not null,
  is_passed    boolean not null,
  rule_version text not null,
  facts        jsonb not null,
  refusals     jsonb not null,
  recorded_at  timestamptz not null default clock_timestamp()
);
create index gate_verdict_document on kernel.gate_verdict (document_id);
call kernel.make_append_only('kernel.gate_verdict');
call kernel.guard_rows('kernel.gate_verdict');
