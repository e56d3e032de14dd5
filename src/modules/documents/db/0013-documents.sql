-- What people attach to records: files, comments, mentions, and how they like to see lists.

create schema documents;
grant usage on schema documents to medtrade_app;

-- A file on a record. Never changed; taking it away is an event of its own.
create table documents.attachment (
  attachment_id text primary key,
  record_kind   text not null,
  record_id     text not null references kernel.directory (id),
  entity_id     text,
  file_hash     text not null references kernel.file (hash),
  name          text not null,
  type          text,
  number        text,
  valid_from    date,
  valid_to      date,
  note          text,
  uploaded_by   text not null,
  uploaded_at   timestamptz not null,
  constraint validity_ends_after_it_begins check (valid_to >= valid_from)
);
create index attachment_record on documents.attachment (record_id, uploaded_at);
create index attachment_lapses on documents.attachment (valid_to) where valid_to is not null;
call kernel.make_append_only('documents.attachment');
call kernel.guard_rows('documents.attachment');

create table documents.attachment_removal (
  attachment_id text primary key references documents.attachment (attachment_id),
  entity_id     text,
  reason        text not null,
  removed_by    text not null,
  removed_at    timestamptz not null
);
call kernel.make_append_only('documents.attachment_removal');
call kernel.guard_rows('documents.attachment_removal');

-- A comment in the words it was last given; earlier words stay in comment_version.
create table documents.comment (
  comment_id  text primary key,
  record_kind text not null,
  record_id   text not null references kernel.directory (id),
  entity_id   text,
  body        text not null,
  mentions    text[] not null,
  version     integer not null default 1,
  written_by  text not null,
  written_at  timestamptz not null,
  edited_at   timestamptz,
  constraint comment_says_something check (length(body) between 1 and 8000)
);
create index comment_record on documents.comment (record_id, written_at);
grant select, insert, update on documents.comment to medtrade_app;
call kernel.guard_rows('documents.comment');

create table documents.comment_version (
  comment_id  text not null references documents.comment (comment_id),
  version     integer not null,
  entity_id   text,
  body        text not null,
  recorded_at timestamptz not null,
  primary key (comment_id, version)
);
call kernel.make_append_only('documents.comment_version');
call kernel.guard_rows('documents.comment_version');

-- A line in a person's my work: someone asks for their eyes.
create table documents.notification (
  notification_id text primary key,
  user_id         text not null,
  kind            text not null,
  record_kind     text not null,
  record_id       text not null,
  entity_id       text,
  source_id       text not null,
  from_user_id    text not null,
  excerpt         text not null,
  created_at      timestamptz not null,
  read_at         timestamptz,
  constraint notification_is_sent_once unique (user_id, kind, source_id)
);
create index notification_unread on documents.notification (user_id, created_at desc) where read_at is null;
create index notification_user on documents.notification (user_id, created_at desc);
grant select, insert, update on documents.notification to medtrade_app;
call kernel.guard_rows('documents.notification');

-- How a person, or everybody, likes to see a list: filters, columns, order.
create table documents.saved_view (
  view_id    text primary key,
  owner_id   text not null,
  list_kind  text not null,
  name       text not null,
  is_shared  boolean not null,
  content    jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint saved_view_name_is_free unique (owner_id, list_kind, name)
);
create index saved_view_shared on documents.saved_view (list_kind) where is_shared;
grant select, insert, update, delete on documents.saved_view to medtrade_app;
