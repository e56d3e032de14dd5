-- Chart of accounts, accounting periods and journal vouchers.

create schema finance;
grant usage on schema finance to medtrade_app;

create table finance.account (
  id           text primary key,
  entity_id    text not null references organisation.legal_entity (id),
  number       text,
  state        text not null,
  version      integer not null,
  created_by   text not null,
  created_at   timestamptz not null default clock_timestamp(),
  updated_at   timestamptz not null default clock_timestamp(),
  code         text not null,
  name_zh      text not null,
  name_en      text not null,
  account_type text not null,
  parent_id    text references finance.account (id),
  is_posting   boolean not null,
  purpose      text,
  constraint account_code_is_used_once unique (entity_id, code),
  constraint heading_has_no_purpose check (purpose is null or is_posting)
);
create unique index account_purpose_is_used_once on finance.account (entity_id, purpose) where purpose is not null;
create index account_number on finance.account (number, id);
grant select, insert, update on finance.account to medtrade_app;
call kernel.guard_rows('finance.account');

create table finance.accounting_period (
  id         text primary key,
  entity_id  text not null references organisation.legal_entity (id),
  number     text,
  state      text not null,
  version    integer not null,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  code       text not null,
  constraint accounting_period_code_is_used_once unique (entity_id, code)
);
grant select, insert, update on finance.accounting_period to medtrade_app;
call kernel.guard_rows('finance.accounting_period');

create table finance.journal_voucher (
  id               text primary key,
  entity_id        text not null references organisation.legal_entity (id),
  number           text,
  state            text not null,
  version          integer not null,
  created_by       text not null,
  created_at       timestamptz not null default clock_timestamp(),
  updated_at       timestamptz not null default clock_timestamp(),
  voucher_date     date not null,
  voucher_type     text not null,
  summary          text not null,
  attachment_count integer not null,
  total_debit      numeric,
  total_credit     numeric,
  constraint journal_voucher_number_is_used_once unique (entity_id, number)
);
create index journal_voucher_created_at on finance.journal_voucher (created_at, id);
create index journal_voucher_number on finance.journal_voucher (number, id);
create index journal_voucher_date on finance.journal_voucher (voucher_date, id);
create index journal_voucher_state on finance.journal_voucher (state, created_at, id);
grant select, insert, update on finance.journal_voucher to medtrade_app;
call kernel.guard_rows('finance.journal_voucher');

create table finance.journal_voucher_entries (
  document_id       text not null references finance.journal_voucher (id),
  line_no           integer not null,
  summary           text,
  account_id        text not null references finance.account (id),
  debit             numeric,
  credit            numeric,
  currency          text,
  exchange_rate     numeric,
  functional_amount numeric,
  primary key (document_id, line_no)
);
create index journal_voucher_entries_account on finance.journal_voucher_entries (account_id);
grant select, insert, update, delete on finance.journal_voucher_entries to medtrade_app;
