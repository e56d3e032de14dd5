-- The audit ledger: one row per thing changed and per security event, written in the transaction of the change itself and
-- sealed within a second into chained blocks, so that no posting waits for the hash of another one.

-- Places of the logs (audit, outbox) order by transaction id. A logical restore into a new cluster starts ids at zero again;
-- the base lifts them above everything recorded before.
create table kernel.log_base (
  is_only boolean primary key default true check (is_only),
  base    bigint not null default 0
);
insert into kernel.log_base default values;
grant select on kernel.log_base to medtrade_app;

-- Where rows of the running transaction stand in the logs.
create function kernel.log_position() returns xid8 language sql volatile as $$
  select (pg_current_xact_id()::text::bigint + base)::text::xid8 from kernel.log_base
$$;
-- Every row that stands before the horizon is final: its transaction has ended and no earlier one is still running.
create function kernel.log_horizon() returns xid8 language sql volatile as $$
  select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + base)::text::xid8 from kernel.log_base
$$;

create schema audit;
grant usage on schema audit to medtrade_app;

create table audit.event (
  event_id       bigint generated always as identity primary key,
  xid            xid8 not null default kernel.log_position(),
  command_id     text,
  entity_id      text,
  actor_id       text not null,
  actor_name     text not null,
  session_id     text,
  ip             text,
  kind           text not null,
  record_id      text,
  number         text,
  action         text not null,
  from_state     text,
  to_state       text,
  version        integer,
  changes        jsonb not null default '[]',
  -- Names of the fields changed: the searchable shadow of `changes`.
  fields         text[] not null default '{}',
  reason         text,
  occurred_on    date,
  recorded_at    timestamptz not null default clock_timestamp(),
  signature_id   text,
  posting_digest text,
  request_id     text
);
create unique index event_position on audit.event (xid, event_id);
create index event_record on audit.event (record_id, event_id) where record_id is not null;
create index event_actor on audit.event (actor_id, recorded_at);
create index event_kind on audit.event (kind, recorded_at);
create index event_recorded_at on audit.event (recorded_at);
create index event_entity on audit.event (entity_id, recorded_at);
create index event_command on audit.event (command_id) where command_id is not null;
create index event_posting on audit.event (record_id) where posting_digest is not null;
create index event_fields on audit.event using gin (fields);
call kernel.make_append_only('audit.event');
call kernel.guard_rows('audit.event');
-- Who may write what: identity, place and time of a row come from the server only.
revoke insert on audit.event from medtrade_app;
grant insert (command_id, entity_id, actor_id, actor_name, session_id, ip, kind, record_id, number, action, from_state, to_state, version,
  changes, fields, reason, occurred_on, signature_id, posting_digest, request_id) on audit.event to medtrade_app;

-- What is hashed: independent of session settings (time zone, date style), times as microseconds since 1970.
create function audit.event_text(e audit.event) returns text language sql stable as $$
  select json_build_array('audit.event/1', e.event_id::text, e.xid::text, e.command_id, e.entity_id, e.actor_id, e.actor_name, e.session_id,
    e.ip, e.kind, e.record_id, e.number, e.action, e.from_state, e.to_state, e.version, e.changes, e.reason, e.occurred_on,
    (extract(epoch from e.recorded_at) * 1000000)::bigint::text, e.signature_id, e.posting_digest, e.request_id)::text
$$;

-- Leaf and node hashes carry different prefixes, so that a node can never pass as a row (RFC 6962, 2.1).
create function audit.leaf_hash(content text) returns bytea language sql immutable as $$
  select sha256('\x00'::bytea || convert_to(content, 'UTF8'))
$$;

create function audit.merkle_root(leaves bytea[]) returns bytea language plpgsql immutable as $$
declare
  level bytea[] := leaves;
begin
  if coalesce(cardinality(level), 0) = 0 then
    return sha256(''::bytea);
  end if;
  while cardinality(level) > 1 loop
    level := array(
      select case when level[i + 1] is null then level[i] else sha256('\x01'::bytea || level[i] || level[i + 1]) end
      from generate_series(1, cardinality(level), 2) as i
      order by i
    );
  end loop;
  return level[1];
end $$;

create table audit.block (
  block_no       bigint primary key,
  prev_hash      bytea not null,
  merkle_root    bytea not null,
  first_xid      xid8 not null,
  first_event_id bigint not null,
  last_xid       xid8 not null,
  last_event_id  bigint not null,
  row_count      integer not null constraint block_holds_rows check (row_count > 0),
  sealed_at      timestamptz not null,
  block_hash     bytea not null,
  -- Ids and hashes of the rows in order: they let the verifier name the very row.
  event_ids      bigint[] not null,
  leaf_hashes    bytea[] not null,
  constraint block_follows_one_block unique (prev_hash)
);
create index block_range on audit.block (last_xid, last_event_id);
call kernel.make_append_only('audit.block');
revoke insert on audit.block from medtrade_app;

create function audit.block_text(b audit.block) returns text language sql stable as $$
  select json_build_array('audit.block/1', b.block_no::text, encode(b.prev_hash, 'hex'), encode(b.merkle_root, 'hex'),
    b.first_xid::text, b.first_event_id::text, b.last_xid::text, b.last_event_id::text, b.row_count,
    (extract(epoch from b.sealed_at) * 1000000)::bigint::text)::text
$$;

-- Seals the next block of at most `max_rows` final rows and returns how many it holds; 0 where nothing waits or another
-- process is sealing. Runs with the owner's rights: nobody else can write blocks.
create function audit.seal(max_rows integer) returns integer language plpgsql security definer set search_path = pg_catalog, audit, kernel as $$
declare
  horizon xid8;
  head    audit.block;
  next    audit.block;
begin
  if not pg_try_advisory_xact_lock(7240001) then
    return 0;
  end if;
  horizon := kernel.log_horizon();
  select * into head from audit.block order by block_no desc limit 1;
  next.block_no := coalesce(head.block_no, 0) + 1;
  next.prev_hash := coalesce(head.block_hash, sha256(''::bytea));
  select array_agg(event_id order by xid, event_id), array_agg(audit.leaf_hash(content) order by xid, event_id),
         min(xid), max(xid), count(*)
    into next.event_ids, next.leaf_hashes, next.first_xid, next.last_xid, next.row_count
    from (
      select e.xid, e.event_id, audit.event_text(e) as content from audit.event e
      where (e.xid, e.event_id) > (coalesce(head.last_xid, '0'::xid8), coalesce(head.last_event_id, 0)) and e.xid < horizon
      order by e.xid, e.event_id limit max_rows
    ) final;
  if next.row_count = 0 then
    return 0;
  end if;
  next.first_event_id := next.event_ids[1];
  next.last_event_id := next.event_ids[next.row_count];
  next.merkle_root := audit.merkle_root(next.leaf_hashes);
  next.sealed_at := clock_timestamp();
  next.block_hash := sha256(convert_to(audit.block_text(next), 'UTF8'));
  insert into audit.block select (next).*;
  return next.row_count;
end $$;
revoke all on function audit.seal(integer) from public;
grant execute on function audit.seal(integer) to medtrade_app;

-- Results of verifications: when, how far, what was found.
create table audit.verification (
  verification_id text primary key,
  started_by      text not null,
  started_at      timestamptz not null,
  finished_at     timestamptz not null default clock_timestamp(),
  from_block      bigint not null,
  to_block        bigint not null,
  block_hash      text,
  event_count     bigint not null,
  posting_count   bigint not null,
  problem_count   integer not null,
  problems        jsonb not null
);
create index verification_finished_at on audit.verification (finished_at desc);
call kernel.make_append_only('audit.verification');

-- What is wrong with the blocks `first_no` to `last_no`, with the rows they hold and with what those rows posted. Empty: nothing.
create function audit.problems_in(first_no bigint, last_no bigint)
returns table (problem text, block_no bigint, event_id bigint, posting_id text, detail text) language sql stable as $$
  with chain as materialized (
    select c as block, c.block_no, p.block_hash as before_hash, coalesce(p.last_xid, '0') as after_xid, coalesce(p.last_event_id, 0) as after_id
    from audit.block c left join audit.block p on p.block_no = c.block_no - 1
    where c.block_no between first_no and last_no
  ), sealed as materialized (
    select c.block_no, s.event_id, e.event_id is not null as is_there, e.command_id, e.posting_digest,
      s.leaf_hash is distinct from audit.leaf_hash(audit.event_text(e)) as is_changed
    from chain c
    cross join lateral unnest((c.block).event_ids, (c.block).leaf_hashes) as s (event_id, leaf_hash)
    left join audit.event e on e.event_id = s.event_id
  ), present as materialized (
    select c.block_no, e.event_id
    from chain c
    join audit.event e on (e.xid, e.event_id) > (c.after_xid, c.after_id) and (e.xid, e.event_id) <= ((c.block).last_xid, (c.block).last_event_id)
  ), found as (
    select 'block-missing' as problem, n.no as block_no, null::bigint as event_id, null as posting_id, null as detail
    from generate_series(greatest(first_no, 1), least(last_no, (select max(b.block_no) from audit.block b))) as n (no)
    where not exists (select from chain c where c.block_no = n.no)
    union all
    select 'block-changed', c.block_no, null, null, encode((c.block).block_hash, 'hex')
    from chain c where (c.block).block_hash <> sha256(convert_to(audit.block_text(c.block), 'UTF8'))
    union all
    select 'chain-broken', c.block_no, null, null, encode((c.block).prev_hash, 'hex')
    from chain c
    where (c.block).prev_hash <> coalesce(c.before_hash, case when c.block_no = 1 then sha256(''::bytea) else ''::bytea end)
    union all
    select 'root-differs', c.block_no, null, null, encode((c.block).merkle_root, 'hex')
    from chain c
    where (c.block).merkle_root <> audit.merkle_root((c.block).leaf_hashes)
       or cardinality((c.block).leaf_hashes) <> (c.block).row_count or cardinality((c.block).event_ids) <> (c.block).row_count
    union all
    select case when s.is_there then 'row-changed' else 'row-missing' end, s.block_no, s.event_id, null, null
    from sealed s where s.is_changed
    union all
    select 'row-inserted', p.block_no, p.event_id, null, null
    from present p left join sealed s on s.block_no = p.block_no and s.event_id = p.event_id
    where s.event_id is null
    union all
    select 'posting-changed', s.block_no, s.event_id, s.command_id, null
    from sealed s where s.posting_digest is not null and s.posting_digest <> ledger.posting_digest(s.command_id)
  )
  select f.problem, f.block_no, f.event_id, f.posting_id, coalesce(f.detail, audit.event_text(e))
  from found f left join audit.event e on e.event_id = f.event_id
$$;

-- Moves, late costs and journal entries that no audit row answers for.
create function audit.unknown_postings() returns table (posting_id text, document_id text) language sql stable as $$
  select distinct p.posting_id, p.document_id from (
    select m.posting_id, m.document_id from ledger.stock_move m
    union all select c.posting_id, c.document_id from ledger.late_cost c
    union all select j.posting_id, j.document_id from ledger.journal_entry j
  ) p
  where not exists (select from audit.event e where e.command_id = p.posting_id and e.posting_digest is not null)
$$;

-- After a logical restore into a cluster whose transaction ids are lower than those recorded: lifts the base so that new rows stand
-- behind all old ones. Runs as the owner before anything is written; changes nothing where ids simply went on.
create function kernel.raise_log_base() returns bigint language plpgsql security definer set search_path = pg_catalog, kernel as $$
declare
  recorded bigint;
  raised   bigint;
begin
  select coalesce(max(x), 0) into recorded from (
    select max(xid)::text::bigint as x from audit.event
    union all select last_xid::text::bigint from audit.block
    union all select max(xid)::text::bigint from outbox.event
    union all select max(xid)::text::bigint from outbox.cursor
  ) places;
  if recorded < (select pg_current_xact_id()::text::bigint + base from kernel.log_base) then
    return 0;
  end if;
  update kernel.log_base set base = recorded - pg_current_xact_id()::text::bigint + 1000 returning base into raised;
  return raised;
end $$;
revoke all on function kernel.raise_log_base() from public;
