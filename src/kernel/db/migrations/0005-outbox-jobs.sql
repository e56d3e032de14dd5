-- What happened, for everything that may lag behind a commit: live screens, mail, webhooks, projections. Never for correctness.
create schema outbox;
grant usage on schema outbox to medtrade_app;

create table outbox.event (
  event_id    bigint generated always as identity primary key,
  xid         xid8 not null default kernel.log_position(),
  name        text not null,
  kind        text not null,
  record_id   text,
  entity_id   text,
  version     integer,
  payload     jsonb not null default '{}',
  recorded_at timestamptz not null default clock_timestamp()
);
create unique index event_position on outbox.event (xid, event_id);
create index event_recorded_at on outbox.event (recorded_at);
call kernel.guard_rows('outbox.event');
grant select on outbox.event to medtrade_app;
grant insert (name, kind, record_id, entity_id, version, payload) on outbox.event to medtrade_app;

-- How far each consumer has come; a consumer that is new starts at the place it is registered with.
create table outbox.cursor (
  consumer   text primary key,
  xid        xid8 not null,
  event_id   bigint not null,
  updated_at timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on outbox.cursor to medtrade_app;

-- The last place before which everything is final: where a new consumer starts that wants only what comes.
create function outbox.tail() returns table (xid xid8, event_id bigint) language sql volatile as $$
  select coalesce(max(e.xid), '0'::xid8), coalesce(max(e.event_id), 0)
  from (select e.xid, e.event_id from outbox.event e where e.xid < kernel.log_horizon() order by e.xid desc, e.event_id desc limit 1) e
$$;

-- The outbox is transport, not history: what every consumer has had, and what is old, goes.
create function outbox.forget(before timestamptz) returns bigint language plpgsql security definer set search_path = pg_catalog, outbox as $$
declare
  gone bigint;
begin
  delete from outbox.event e
  where e.recorded_at < before
    and not exists (select from outbox.cursor c where (c.xid, c.event_id) < (e.xid, e.event_id));
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function outbox.forget(timestamptz) from public;
grant execute on function outbox.forget(timestamptz) to medtrade_app;

-- Long work that people start, watch, leave and come back to.
create table kernel.job_run (
  id          text primary key,
  name        text not null,
  payload     jsonb not null default '{}',
  entity_id   text,
  state       text not null default 'queued'
              constraint job_run_state_is_known check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done        bigint not null default 0,
  total       bigint not null default 0,
  attempts    integer not null default 0,
  message     text,
  started_by  text not null,
  created_at  timestamptz not null default clock_timestamp(),
  started_at  timestamptz,
  finished_at timestamptz
);
create index job_run_started_by on kernel.job_run (started_by, created_at desc);
create index job_run_created_at on kernel.job_run (created_at desc);
grant select, insert, update, delete on kernel.job_run to medtrade_app;

create schema mail;
grant usage on schema mail to medtrade_app;

-- Every mail the product sends; without a mail server it stays here to be read.
create table mail.message (
  message_id  text primary key,
  entity_id   text,
  to_address  text not null,
  subject     text not null,
  body_text   text not null,
  body_html   text,
  state       text not null default 'queued'
              constraint mail_state_is_known check (state in ('queued', 'kept', 'sent', 'failed')),
  attempts    integer not null default 0,
  last_error  text,
  created_by  text not null,
  created_at  timestamptz not null default clock_timestamp(),
  sent_at     timestamptz
);
create index message_created_at on mail.message (created_at desc, message_id);
grant select, insert, update on mail.message to medtrade_app;
call kernel.guard_rows('mail.message');
