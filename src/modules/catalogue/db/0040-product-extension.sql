-- Products in full: both catalogues' codes, climate, codes of other systems, package levels with their identifiers, several holders'
-- codes of one article; registrations in dated versions of their own.

create table catalogue.registration (
  id              text primary key,
  entity_id       text,
  number          text,
  state           text not null,
  version         integer not null,
  created_by      text not null,
  created_at      timestamptz not null default clock_timestamp(),
  updated_at      timestamptz not null default clock_timestamp(),
  registration_no text not null,
  product_name    text not null,
  product_name_en text,
  device_class    text not null,
  class_code2017  text,
  class_code2002  text,
  holder_name     text not null,
  holder_name_en  text,
  holder_uscc     text,
  agent_name      text,
  valid_from      date not null,
  valid_to        date,
  issuer          text,
  note            text,
  constraint registration_number_is_used_once unique (registration_no),
  constraint registration_is_group_wide check (entity_id is null)
);
create index registration_number on catalogue.registration (number, id);
create index registration_end on catalogue.registration (valid_to) where valid_to is not null;
grant select, insert, update on catalogue.registration to medtrade_app;

alter table catalogue.product
  add column class_code2017    text,
  add column class_code2002    text,
  add column registration_id   text references catalogue.registration (id),
  add column is_ivd            boolean not null default false,
  add column is_interventional boolean not null default false,
  add column is_single_use     boolean not null default false,
  add column storage_min_c     numeric,
  add column storage_max_c     numeric,
  add column gmdn_code         text,
  add column emdn_code         text,
  add column basic_udi_di      text,
  add column eu_risk_class     text,
  add column fda_product_code  text,
  add column insurance_code    text,
  add column hs_code           text,
  add column tax_code          text,
  add column brand_name        text,
  add column catalogue_no      text,
  add column country_of_origin text,
  add column description       text,
  add column to_complete       text[];
create index product_registration_record on catalogue.product (registration_id) where registration_id is not null;
create index product_class_code2017 on catalogue.product (class_code2017) where class_code2017 is not null;

-- One row per identifier and level: a scan finds its product here.
create table catalogue.product_packages (
  document_id       text not null references catalogue.product (id),
  line_no           integer not null,
  level             text not null,
  unit              text,
  di                text not null,
  issuing_agency    text not null,
  quantity_per_base numeric not null,
  contained_di      text,
  discontinued_on   date,
  primary key (document_id, line_no),
  constraint package_holds_something check (quantity_per_base > 0)
);
create index product_packages_di on catalogue.product_packages (di);
grant select, insert, update, delete on catalogue.product_packages to medtrade_app;

create table catalogue.product_codes (
  document_id           text not null references catalogue.product (id),
  line_no               integer not null,
  system                text not null,
  code                  text not null,
  owner_name            text,
  owner_registration_no text,
  primary key (document_id, line_no)
);
create index product_codes_code on catalogue.product_codes (code);
grant select, insert, update, delete on catalogue.product_codes to medtrade_app;
