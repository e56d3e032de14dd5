-- Parties, their qualification documents and the authorisations between them: group-wide master data in dated versions.

create schema party;
grant usage on schema party to medtrade_app;

create table party.party (
  id                   text primary key,
  entity_id            text,
  number               text,
  state                text not null,
  version              integer not null,
  created_by           text not null,
  created_at           timestamptz not null default clock_timestamp(),
  updated_at           timestamptz not null default clock_timestamp(),
  code                 text not null,
  name_zh              text not null,
  name_en              text,
  roles                text[] not null,
  legal_form           text not null,
  uscc                 text,
  tax_no               text,
  lei                  text,
  country              text not null,
  region               text,
  address              text,
  legal_representative text,
  note                 text,
  constraint party_code_is_used_once unique (code),
  constraint party_uscc_is_used_once unique (uscc),
  constraint party_is_group_wide check (entity_id is null)
);
create index party_number on party.party (number, id);
create index party_state on party.party (state, number, id);
create index party_roles on party.party using gin (roles);
grant select, insert, update on party.party to medtrade_app;

create table party.party_contacts (
  document_id text not null references party.party (id),
  line_no     integer not null,
  name        text not null,
  post        text,
  phone       text,
  email       text,
  primary key (document_id, line_no)
);
grant select, insert, update, delete on party.party_contacts to medtrade_app;

create table party.party_bank_accounts (
  document_id text not null references party.party (id),
  line_no     integer not null,
  bank        text not null,
  account_no  text,
  holder      text,
  currency    text not null,
  primary key (document_id, line_no)
);
grant select, insert, update, delete on party.party_bank_accounts to medtrade_app;

create table party.licence (
  id                  text primary key,
  entity_id           text,
  number              text,
  state               text not null,
  version             integer not null,
  created_by          text not null,
  created_at          timestamptz not null default clock_timestamp(),
  updated_at          timestamptz not null default clock_timestamp(),
  document_kind       text not null,
  licence_no          text not null,
  party_id            text references party.party (id),
  own_entity_id       text references organisation.legal_entity (id),
  issuer              text,
  business_mode       text,
  regions             text[],
  note                text,
  number_format       text,
  starts_on           date,
  ends_on             date,
  verified_by         text,
  verified_on         date,
  verification_method text,
  verification_note   text,
  warned_days         integer,
  constraint licence_number_is_used_once unique (number),
  constraint licence_belongs_to_one check ((party_id is null) <> (own_entity_id is null)),
  constraint licence_ends_after_its_start check (ends_on >= starts_on)
);
create index licence_party on party.licence (party_id);
create index licence_own_entity on party.licence (own_entity_id);
create index licence_ends_on on party.licence (ends_on, id) where state in ('valid', 'expiring');
create index licence_state on party.licence (state, number, id);
grant select, insert, update on party.licence to medtrade_app;

create table party.licence_scope (
  document_id  text not null references party.licence (id),
  line_no      integer not null,
  catalogue    text not null,
  code         text not null,
  device_class text not null,
  is_included  boolean not null,
  note         text,
  primary key (document_id, line_no)
);
grant select, insert, update, delete on party.licence_scope to medtrade_app;

create table party.licence_determinations (
  document_id  text not null references party.licence (id),
  line_no      integer not null,
  catalogue    text not null,
  code         text not null,
  device_class text not null,
  evidence     text not null,
  primary key (document_id, line_no)
);
grant select, insert, update, delete on party.licence_determinations to medtrade_app;

create table party.licence_addresses (
  document_id  text not null references party.licence (id),
  line_no      integer not null,
  address_kind text not null,
  address      text not null,
  primary key (document_id, line_no)
);
grant select, insert, update, delete on party.licence_addresses to medtrade_app;

create table party.authorisation (
  id                  text primary key,
  entity_id           text,
  number              text,
  state               text not null,
  version             integer not null,
  created_by          text not null,
  created_at          timestamptz not null default clock_timestamp(),
  updated_at          timestamptz not null default clock_timestamp(),
  letter_no           text not null,
  grantor_id          text not null references party.party (id),
  grantee_party_id    text references party.party (id),
  grantee_entity_id   text references organisation.legal_entity (id),
  may_pass_on         boolean not null,
  regions             text[],
  note                text,
  starts_on           date,
  ends_on             date,
  verified_by         text,
  verified_on         date,
  verification_method text,
  verification_note   text,
  warned_days         integer,
  constraint authorisation_number_is_used_once unique (number),
  constraint authorisation_goes_to_one check ((grantee_party_id is null) <> (grantee_entity_id is null)),
  constraint authorisation_ends_after_its_start check (ends_on >= starts_on)
);
create index authorisation_grantor on party.authorisation (grantor_id);
create index authorisation_grantee on party.authorisation (grantee_party_id);
create index authorisation_grantee_entity on party.authorisation (grantee_entity_id);
create index authorisation_ends_on on party.authorisation (ends_on, id) where state in ('valid', 'expiring');
grant select, insert, update on party.authorisation to medtrade_app;

create table party.authorisation_products (
  document_id text not null references party.authorisation (id),
  line_no     integer not null,
  coverage    text not null,
  value       text,
  primary key (document_id, line_no)
);
grant select, insert, update, delete on party.authorisation_products to medtrade_app;
