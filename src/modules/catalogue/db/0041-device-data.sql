-- Files of public device databases: staged, compared with our products, rehearsed, then carried out.

create table catalogue.device_import (
  id         text primary key,
  file_hash  text not null references kernel.file (hash),
  file_name  text not null,
  source     text,
  state      text not null,
  options    jsonb not null default '{}',
  totals     jsonb not null default '{}',
  done       integer not null default 0,
  total      integer not null default 0,
  reason     text,
  attempt    integer not null default 0,
  failure    jsonb,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint device_import_has_a_known_state check (state in ('checking', 'checked', 'running', 'done', 'failed'))
);
create index device_import_newest on catalogue.device_import (created_at desc);
grant select, insert, update on catalogue.device_import to medtrade_app;

create table catalogue.device_import_item (
  import_id    text not null references catalogue.device_import (id),
  item         integer not null,
  source_row   integer not null,
  record       jsonb,
  di           text,
  label        text not null,
  -- The product a person named for this record.
  named_id     text references catalogue.product (id),
  product_id   text references catalogue.product (id),
  action       text not null,
  state        text not null,
  content      jsonb,
  changes      jsonb not null default '[]',
  open_points  text[] not null default '{}',
  is_withdrawn boolean not null default false,
  errors       jsonb not null default '[]',
  primary key (import_id, item),
  constraint device_item_action_is_known check (action in ('create', 'change')),
  constraint device_item_state_is_known check (state in ('staged', 'ready', 'refused', 'unchanged', 'done'))
);
create index device_import_item_state on catalogue.device_import_item (import_id, state, item);
grant select, insert, update, delete on catalogue.device_import_item to medtrade_app;
