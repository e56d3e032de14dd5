-- How document numbers look, by kind and company.
create table organisation.number_pattern (
  id            text primary key,
  entity_id     text,
  number        text,
  state         text not null,
  version       integer not null,
  created_by    text not null,
  created_at    timestamptz not null default clock_timestamp(),
  updated_at    timestamptz not null default clock_timestamp(),
  code          text not null,
  document_kind text not null,
  company_id    text references organisation.legal_entity (id),
  pattern       text not null,
  constraint number_pattern_code_is_used_once unique (code)
);
create unique index number_pattern_is_one_per_kind_and_company on organisation.number_pattern (document_kind, coalesce(company_id, '')) where state = 'active';
grant select, insert, update on organisation.number_pattern to medtrade_app;
