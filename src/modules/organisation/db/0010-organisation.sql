-- The legal entities of the group: everything that belongs to somebody belongs to one of them.

create schema organisation;
grant usage on schema organisation to medtrade_app;

create table organisation.legal_entity (
  id                  text primary key,
  entity_id           text,
  number              text,
  state               text not null,
  version             integer not null,
  created_by          text not null,
  created_at          timestamptz not null default clock_timestamp(),
  updated_at          timestamptz not null default clock_timestamp(),
  code                text not null,
  name_zh             text not null,
  name_en             text not null,
  uscc                text,
  country             text not null,
  functional_currency text not null,
  time_zone           text not null,
  address             text,
  parent_id           text references organisation.legal_entity (id),
  constraint legal_entity_is_group_wide check (entity_id is null),
  constraint legal_entity_code_is_used_once unique (code),
  constraint legal_entity_uscc_is_used_once unique (uscc),
  constraint legal_entity_is_not_its_own_parent check (parent_id <> id)
);
grant select, insert, update on organisation.legal_entity to medtrade_app;
