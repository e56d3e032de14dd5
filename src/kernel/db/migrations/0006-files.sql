-- Files, kept once per content, and the import of any kind of record or document.

-- One row per stored content. The bytes live in the file store under their SHA-256; nothing ever changes them.
create table kernel.file (
  hash        text primary key,
  size        bigint not null,
  media_type  text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  constraint file_hash_is_sha256 check (hash ~ '^[0-9a-f]{64}$'),
  constraint file_size_is_not_negative check (size >= 0)
);
call kernel.make_append_only('kernel.file');

-- What the nightly reading of every stored byte found.
create table kernel.file_check (
  check_id    bigint generated always as identity primary key,
  started_at  timestamptz not null,
  finished_at timestamptz not null,
  checked     bigint not null,
  bytes       bigint not null,
  missing     text[] not null,
  damaged     text[] not null
);
call kernel.make_append_only('kernel.file_check');

-- One uploaded file on its way into the product.
create table kernel.import_session (
  session_id   text primary key,
  kind         text not null,
  entity_id    text,
  file_hash    text not null references kernel.file (hash),
  file_name    text not null,
  format       text not null,
  encoding     text,
  sheets       jsonb not null,
  mapping      jsonb not null,
  state        text not null,
  mode         text not null default 'create',
  on_error     text not null default 'all-or-nothing',
  totals       jsonb not null default '{}',
  done         integer not null default 0,
  total        integer not null default 0,
  attempt      integer not null default 0,
  failure      jsonb,
  rollback     jsonb,
  version      integer not null default 1,
  created_by   text not null,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  constraint import_state_is_known check (state in
    ('uploaded', 'checking', 'checked', 'running', 'done', 'failed', 'rolling-back', 'rolled-back')),
  constraint import_mode_is_known check (mode in ('create', 'update', 'both')),
  constraint import_on_error_is_known check (on_error in ('all-or-nothing', 'skip'))
);
create index import_session_by_file on kernel.import_session (file_hash, kind);
create index import_session_by_kind on kernel.import_session (kind, created_at desc);
grant select, insert, update on kernel.import_session to medtrade_app;
call kernel.guard_rows('kernel.import_session');

-- Its rows as they stand in the file, and what became of them.
create table kernel.import_row (
  session_id text not null references kernel.import_session (session_id),
  sheet      integer not null,
  row_no     integer not null,
  entity_id  text,
  cells      text[] not null,
  -- Which record or document of the file the row belongs to, counted from 1; null where it could not be told.
  item       integer,
  primary key (session_id, sheet, row_no)
);
create index import_row_item on kernel.import_row (session_id, item);
grant select, insert, update, delete on kernel.import_row to medtrade_app;
call kernel.guard_rows('kernel.import_row');

-- One record or document of the file.
create table kernel.import_item (
  session_id text not null references kernel.import_session (session_id),
  item       integer not null,
  entity_id  text,
  sheet      integer not null,
  row_no     integer not null,
  label      text not null,
  action     text not null,
  record_id  text,
  content    jsonb,
  changes    jsonb,
  errors     jsonb not null default '[]',
  state      text not null,
  primary key (session_id, item),
  constraint import_item_state_is_known check (state in ('ready', 'refused', 'unchanged', 'done', 'undone', 'kept')),
  constraint import_item_action_is_known check (action in ('create', 'update'))
);
create index import_item_state on kernel.import_item (session_id, state, item);
grant select, insert, update, delete on kernel.import_item to medtrade_app;
call kernel.guard_rows('kernel.import_item');
