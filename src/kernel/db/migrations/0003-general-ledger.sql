-- The general ledger: journal entries whose lines sum to zero, append-only, with period balances kept by the same statement.

create table ledger.period (
  entity_id text not null,
  book      text not null,
  period    text not null,
  state     text not null default 'open',
  primary key (entity_id, book, period),
  constraint period_is_a_month check (period ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  constraint period_state_is_known check (state in ('open', 'locked', 'closed'))
);
grant select on ledger.period to medtrade_app;
call kernel.guard_rows('ledger.period');

create table ledger.journal_entry (
  entry_id            bigint generated always as identity primary key,
  posting_id          text not null,
  document_id         text not null,
  entity_id           text not null,
  book                text not null,
  summary             text not null,
  functional_currency text not null,
  occurred_on         date not null,
  period              text not null,
  recorded_at         timestamptz not null default clock_timestamp(),
  reverses            bigint,
  constraint book_is_known check (book in ('local', 'ifrs', 'tax')),
  constraint period_is_the_month_it_happened check (period = to_char(occurred_on, 'YYYY-MM'))
);
create index entry_posting on ledger.journal_entry (posting_id);
create index entry_document on ledger.journal_entry (document_id);
create index entry_by_period on ledger.journal_entry (entity_id, book, period, entry_id);
create unique index entry_is_reversed_once on ledger.journal_entry (reverses) where reverses is not null;
call kernel.make_append_only('ledger.journal_entry');
call kernel.guard_rows('ledger.journal_entry');

create table ledger.journal_line (
  entry_id         bigint not null,
  line_no          integer not null,
  entity_id        text not null,
  book             text not null,
  period           text not null,
  occurred_on      date not null,
  account_id       text not null,
  counterparty_id  text,
  currency         text not null,
  -- Signed integers in minor units: debit positive, credit negative.
  amount_minor     bigint not null,
  functional_minor bigint not null,
  summary          text,
  dimensions       jsonb not null default '{}',
  primary key (entry_id, line_no),
  constraint currency_is_iso_4217 check (currency ~ '^[A-Z]{3}$')
);
create index line_account on ledger.journal_line (entity_id, book, account_id, occurred_on, entry_id);
create index line_counterparty on ledger.journal_line (counterparty_id, account_id, occurred_on) where counterparty_id is not null;
call kernel.make_append_only('ledger.journal_line');
call kernel.guard_rows('ledger.journal_line');

-- Turnover per account and month; a balance is the sum over the months. A reversal takes its amount off the side it was booked on
-- (red letters), so that turnover is not blown up by corrections.
create table ledger.account_balance (
  entity_id               text not null,
  book                    text not null,
  account_id              text not null,
  period                  text not null,
  currency                text not null,
  debit_minor             bigint not null default 0,
  credit_minor            bigint not null default 0,
  functional_debit_minor  bigint not null default 0,
  functional_credit_minor bigint not null default 0,
  primary key (entity_id, book, account_id, period, currency)
) with (fillfactor = 70);
grant select on ledger.account_balance to medtrade_app;
call kernel.guard_rows('ledger.account_balance');

-- Posting and closing of one period exclude each other without a row that every posting would have to write.
create function ledger.period_lock(p_entity_id text, p_book text, p_period text) returns bigint language sql immutable as $$
  select hashtextextended(p_entity_id || '|' || p_book || '|' || p_period, 4217)
$$;

-- Opens, locks or closes a period; waits for postings under way in it. The caller has decided that it may.
create function ledger.set_period_state(p_entity_id text, p_book text, p_period text, p_state text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not kernel.scope_is_all() and not p_entity_id = any (kernel.scope_entity_ids()) then
    raise exception using errcode = 'insufficient_privilege', message = format('entity %s is outside the scope', p_entity_id);
  end if;
  perform pg_advisory_xact_lock(ledger.period_lock(p_entity_id, p_book, p_period));
  insert into ledger.period (entity_id, book, period, state) values (p_entity_id, p_book, p_period, p_state)
  on conflict (entity_id, book, period) do update set state = excluded.state;
end $$;

-- The side a line is booked on: +1 debit, -1 credit. In a reversal the sign is turned, the side stays.
create function ledger.side_of(amount bigint, functional bigint,
  is_reversal boolean) returns integer language sql immutable parallel safe as $$
  select case when coalesce(nullif(amount, 0), functional) > 0 then 1 else -1 end * case when is_reversal then -1 else 1 end
$$;

-- Checks whole entries and keeps the balances, in few statements however many lines there are. Look-ups go by key, see the stock ledger.
create function ledger.keep_journal() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_is_whole boolean;
  v_repeats_head boolean;
  v_problem jsonb;
  v_entities text[];
  v_books text[];
  v_accounts text[];
  v_periods text[];
  v_currencies text[];
  v_debits numeric[];
  v_credits numeric[];
  v_functional_debits numeric[];
  v_functional_credits numeric[];
begin
  -- Before anything is read: whoever closes the period waits for us, or we see that it is closed.
  perform pg_advisory_xact_lock_shared(ledger.period_lock(entity_id, book, period))
     from (select distinct entity_id, book, period from new_lines order by 1, 2, 3) p;

  -- An entry is written whole, in one statement, its lines repeat what its head says, and they sum to zero.
  with written as materialized (
    select n.*, e.functional_currency, e.entry_id is not null as repeats_head,
           ledger.side_of(n.amount_minor, n.functional_minor, e.reverses is not null) as side
      from new_lines n
      left join lateral (
        select x.entry_id, x.functional_currency, x.reverses from ledger.journal_entry x
         where x.entry_id = n.entry_id and x.entity_id = n.entity_id and x.book = n.book and x.period = n.period
           and x.occurred_on = n.occurred_on
        offset 0) e on true
  ), entry as (
    select w.entry_id, count(*) as lines, bool_and(w.repeats_head) as repeats_head, min(w.functional_currency) as functional_currency,
           sum(w.functional_minor) as functional
      from written w group by 1
  ), change as (
    select entity_id, book, account_id, period, currency,
           coalesce(sum(amount_minor) filter (where side = 1), 0) as debit, coalesce(-sum(amount_minor) filter (where side = -1),
             0) as credit,
           coalesce(sum(functional_minor) filter (where side = 1), 0) as functional_debit,
           coalesce(-sum(functional_minor) filter (where side = -1), 0) as functional_credit,
           row_number() over (order by entity_id, book, account_id, period, currency) as n
      from written group by 1, 2, 3, 4, 5
  )
  select w.is_whole, w.repeats_head, w.problem, c.entities, c.books, c.accounts, c.periods, c.currencies, c.debits, c.credits,
         c.functional_debits, c.functional_credits
    into v_is_whole, v_repeats_head, v_problem, v_entities, v_books, v_accounts, v_periods, v_currencies, v_debits, v_credits,
         v_functional_debits, v_functional_credits
    from (
      select bool_and(e.lines > 1 and e.lines = (select count(*) from ledger.journal_line o where o.entry_id = e.entry_id)) as is_whole,
             bool_and(e.repeats_head) as repeats_head,
             (select jsonb_agg(distinct o.fact) from (
                select jsonb_build_object('currency', w.currency, 'isFunctional', false, 'difference', sum(w.amount_minor)::text) as fact
                  from written w group by w.entry_id, w.currency having sum(w.amount_minor) <> 0
                union all
                select jsonb_build_object('currency', f.functional_currency, 'isFunctional', true, 'difference', f.functional::text)
                  from entry f where f.functional <> 0) o) as problem
        from entry e
    ) w
   cross join (
      select array_agg(d.entity_id order by d.n) as entities, array_agg(d.book order by d.n) as books,
             array_agg(d.account_id order by d.n) as accounts, array_agg(d.period order by d.n) as periods,
             array_agg(d.currency order by d.n) as currencies, array_agg(d.debit order by d.n) as debits,
               array_agg(d.credit order by d.n) as credits,
             array_agg(d.functional_debit order by d.n) as functional_debits,
               array_agg(d.functional_credit order by d.n) as functional_credits
        from change d
   ) c;
  if not v_is_whole then
    raise exception using errcode = 'check_violation', constraint = 'journal_entry_is_whole',
      message = 'an entry has at least two lines, all written at once';
  elsif not v_repeats_head then
    raise exception using errcode = 'foreign_key_violation', constraint = 'journal_line_repeats_its_head',
      message = 'a line does not agree with the head of its entry';
  elsif v_problem is not null then
    raise exception using errcode = 'check_violation', constraint = 'journal_balances',
      message = 'the lines of a journal entry do not sum to zero', detail = v_problem::text;
  end if;
  select jsonb_agg(jsonb_build_object('entityId', n.entity_id, 'book', n.book, 'period', n.period, 'state', p.state))
    into v_problem
    from (select distinct entity_id, book, period from new_lines) n
    left join lateral (
      select x.state from ledger.period x where x.entity_id = n.entity_id and x.book = n.book and x.period = n.period offset 0) p on true
   where p.state is distinct from 'open';
  if v_problem is not null then
    raise exception using errcode = 'check_violation', constraint = 'period_is_open',
      message = 'the period is not open', detail = v_problem::text;
  end if;

  -- One pass in key order finds or makes each balance, locks and changes it.
  insert into ledger.account_balance as b
         (entity_id, book, account_id, period, currency, debit_minor, credit_minor, functional_debit_minor, functional_credit_minor)
  select entity_id, book, account_id, period, currency, debit, credit, functional_debit, functional_credit
    from unnest(v_entities, v_books, v_accounts, v_periods, v_currencies, v_debits, v_credits, v_functional_debits, v_functional_credits)
           with ordinality as d(entity_id, book, account_id, period, currency, debit, credit, functional_debit, functional_credit, n)
   order by n
  on conflict (entity_id, book, account_id, period, currency) do update
    set debit_minor = b.debit_minor + excluded.debit_minor, credit_minor = b.credit_minor + excluded.credit_minor,
        functional_debit_minor = b.functional_debit_minor + excluded.functional_debit_minor,
        functional_credit_minor = b.functional_credit_minor + excluded.functional_credit_minor;
  return null;
end $$;

create trigger keep_journal after insert on ledger.journal_line
  referencing new table as new_lines for each statement execute function ledger.keep_journal();

-- A head without lines would be an entry that balances by saying nothing.
create function ledger.refuse_empty_entry() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from ledger.journal_line where entry_id = new.entry_id) then
    raise exception using errcode = 'check_violation', constraint = 'journal_entry_is_whole', message = 'a journal entry without lines';
  end if;
  return null;
end $$;
create constraint trigger entry_has_lines after insert on ledger.journal_entry
  deferrable initially deferred for each row execute function ledger.refuse_empty_entry();

create function ledger.entry_text(e ledger.journal_entry) returns text language sql stable as $$
  select json_build_array('entry', e.entry_id, e.posting_id, e.document_id, e.entity_id, e.book, e.summary, e.functional_currency,
           to_char(e.occurred_on, 'YYYY-MM-DD'), e.period, (extract(epoch from e.recorded_at) * 1000000)::bigint::text, e.reverses)::text
$$;

create function ledger.line_text(l ledger.journal_line) returns text language sql stable as $$
  select json_build_array('line', l.entry_id, l.line_no, l.entity_id, l.book, l.period, to_char(l.occurred_on, 'YYYY-MM-DD'), l.account_id,
           l.counterparty_id, l.currency, l.amount_minor::text, l.functional_minor::text, l.summary, l.dimensions::text)::text
$$;

-- Everything a posting wrote, as canonical texts in one fixed order. An export of these lines is enough to recompute the digest.
create function ledger.posting_texts(p_posting_id text) returns table (ordinal bigint, content text) language sql stable as $$
  select row_number() over (order by kind, a, b), content from (
    select 1 as kind, m.move_id as a, 0 as b, ledger.move_text(m) as content from ledger.stock_move m where m.posting_id = p_posting_id
    union all
    select 2, c.late_cost_id, 0, ledger.late_cost_text(c) from ledger.late_cost c where c.posting_id = p_posting_id
    union all
    select 3, e.entry_id, 0, ledger.entry_text(e) from ledger.journal_entry e where e.posting_id = p_posting_id
    union all
    select 3, e.entry_id, l.line_no, ledger.line_text(l) from ledger.journal_entry e join ledger.journal_line l using (entry_id)
     where e.posting_id = p_posting_id
  ) rows
$$;

-- SHA-256, hex, over the UTF-8 texts of a posting, one per line; of nothing where it wrote nothing.
create function ledger.posting_digest(p_posting_id text) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(content, E'\n' order by ordinal), ''), 'UTF8')), 'hex')
    from ledger.posting_texts(p_posting_id)
$$;
grant usage on sequence ledger.journal_entry_entry_id_seq to medtrade_app;
