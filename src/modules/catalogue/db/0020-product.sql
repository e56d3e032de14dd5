-- Device products: master data in dated versions, shared by the whole group.

create schema catalogue;
grant usage on schema catalogue to medtrade_app;

create table catalogue.product (
  id                text primary key,
  entity_id         text,
  number            text,
  state             text not null,
  version           integer not null,
  created_by        text not null,
  created_at        timestamptz not null default clock_timestamp(),
  updated_at        timestamptz not null default clock_timestamp(),
  code              text not null,
  name_zh           text not null,
  name_en           text not null,
  model             text,
  specification     text,
  device_class      text not null,
  registration_no   text,
  registrant_name   text,
  base_unit         text not null,
  identifier_policy text not null,
  is_expiry_tracked boolean not null,
  shelf_life_months integer,
  is_implant        boolean not null,
  is_sterile        boolean not null,
  is_cold_chain     boolean not null,
  storage_condition text,
  constraint product_code_is_used_once unique (code),
  constraint product_is_group_wide check (entity_id is null)
);
create index product_number on catalogue.product (number, id);
create index product_registration on catalogue.product (registration_no);
grant select, insert, update on catalogue.product to medtrade_app;
