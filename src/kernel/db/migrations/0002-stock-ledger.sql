-- The stock ledger: moves of lots between positions, append-only, with balances, serials on hand and cost kept by one trigger.
-- Locks are always taken in this order, each class in key order: lots, positions, lot costs, balances, serials. So two postings
-- can wait for each other but never in a circle.
-- Look-ups are written `cross join lateral (… offset 0)`: the plan then goes by key, once per row, whatever the statistics say. Plans
-- are kept per session, and one made while a table was small once read all serial numbers for each of ten thousand (81 s, now under 1 s).

create schema ledger;
grant usage on schema ledger to medtrade_app;

-- A place as the ledger knows it: what it is called belongs to the module that made it, what it means is its kind.
create table ledger.place (
  place_id        text primary key,
  entity_id       text,
  kind            text not null,
  name_zh         text not null,
  name_en         text not null,
  code            text,
  may_go_negative boolean not null default false,
  is_active       boolean not null default true,
  constraint place_kind_is_known check (kind in
    ('storage', 'supplier', 'customer', 'transit', 'loss', 'opening', 'van', 'consignment', 'destruction')),
  -- Only the outside world may owe goods: what we hold ourselves can be counted.
  constraint own_places_never_go_negative check (not may_go_negative or kind in ('supplier', 'customer', 'loss', 'opening')),
  constraint place_meaning_is_fixed unique (place_id, kind, may_go_negative)
);
create index place_entity on ledger.place (entity_id, kind);
grant select, insert on ledger.place to medtrade_app;
grant update (name_zh, name_en, code, is_active) on ledger.place to medtrade_app;
call kernel.guard_rows('ledger.place');

-- Where goods are, whose they are and in what quality state. Kind and sign come along so that no posting joins the place;
-- the foreign key keeps them true.
create table ledger.position (
  position_id     bigint generated always as identity primary key,
  place_id        text not null,
  owner_id        text not null,
  quality_state   text not null,
  kind            text not null,
  may_go_negative boolean not null,
  constraint position_is_unique unique (place_id, owner_id, quality_state),
  constraint position_means_what_its_place_means foreign key (place_id, kind, may_go_negative)
    references ledger.place (place_id, kind, may_go_negative),
  constraint quality_state_is_known check (quality_state in
    ('in_transit_inbound', 'received_pending', 'awaiting_acceptance', 'acceptable', 'quarantined', 'rejected', 'reserved', 'picked',
     'checked', 'shipped', 'expired', 'destruction_pending', 'destroyed'))
);
call kernel.make_append_only('ledger.position');
revoke insert on ledger.position from medtrade_app;

-- The smallest tracked identity of goods.
create table ledger.lot (
  lot_id          text primary key,
  product_id      text not null,
  lot_no          text,
  serial_no       text,
  expiry_date     date,
  production_date date,
  registration_no text,
  recorded_at     timestamptz not null default clock_timestamp()
);
create unique index lot_identity on ledger.lot (product_id, coalesce(lot_no, ''), coalesce(serial_no, ''));
create index lot_expiry on ledger.lot (product_id, expiry_date);
create index lot_number on ledger.lot (lot_no text_pattern_ops);
create index lot_serial on ledger.lot (serial_no text_pattern_ops) where serial_no is not null;
call kernel.make_append_only('ledger.lot');
revoke insert on ledger.lot from medtrade_app;

create table ledger.stock_move (
  move_id       bigint generated always as identity primary key,
  posting_id    text not null,
  document_id   text not null,
  line_no       integer not null,
  entity_id     text not null,
  lot_id        text not null,
  from_position bigint not null,
  to_position   bigint not null,
  quantity      numeric(20,6) not null,
  -- Cost moved with the goods, minor units of the entity's functional currency.
  value_minor   bigint not null default 0,
  occurred_on   date not null,
  recorded_at   timestamptz not null default clock_timestamp(),
  reverses      bigint,
  constraint move_quantity_is_positive check (quantity > 0),
  constraint move_value_is_not_negative check (value_minor >= 0),
  constraint move_goes_somewhere check (from_position <> to_position)
);
create index move_posting on ledger.stock_move (posting_id);
create index move_document on ledger.stock_move (document_id);
create index move_lot on ledger.stock_move (lot_id, move_id);
create unique index move_is_reversed_once on ledger.stock_move (reverses) where reverses is not null;
call kernel.make_append_only('ledger.stock_move');
call kernel.guard_rows('ledger.stock_move');

-- What is there. Written by the trigger below and by nothing else; half-empty pages keep its updates in place.
create table ledger.stock_balance (
  lot_id          text not null,
  position_id     bigint not null,
  entity_id       text not null,
  quantity        numeric(20,6) not null,
  may_go_negative boolean not null,
  primary key (lot_id, position_id, entity_id),
  constraint on_hand_not_negative check (quantity >= 0 or may_go_negative)
) with (fillfactor = 80);
create index balance_position on ledger.stock_balance (position_id, lot_id);
grant select on ledger.stock_balance to medtrade_app;
call kernel.guard_rows('ledger.stock_balance');

-- A serial number is with us at most once, and stays used up once destroyed (R-045): a second arrival is a mistake or a counterfeit.
create table ledger.serial_on_hand (
  product_id text not null,
  serial_no  text not null,
  lot_id     text not null,
  constraint serial_is_on_hand_once primary key (product_id, serial_no)
);
grant select on ledger.serial_on_hand to medtrade_app;

-- The cost of an entity's own goods per lot and kind of place, exact to the minor unit (R-078). One row per kind, because finance
-- keeps goods in stock, in transit, on consignment and shipped in different accounts, and each must agree to the cent.
create table ledger.lot_cost (
  entity_id         text not null,
  lot_id            text not null,
  kind              text not null,
  quantity          numeric(20,6) not null default 0,
  value_minor       bigint not null default 0,
  -- All that ever entered here from outside: what a returned piece once cost, and the basis for sharing late cost.
  received_quantity numeric(20,6) not null default 0,
  received_minor    bigint not null default 0,
  primary key (entity_id, lot_id, kind),
  constraint value_goes_with_goods check (value_minor >= 0 and quantity >= 0 and (quantity > 0 or value_minor = 0))
) with (fillfactor = 80);
create index lot_cost_lot on ledger.lot_cost (lot_id);
grant select on ledger.lot_cost to medtrade_app;
call kernel.guard_rows('ledger.lot_cost');

-- Cost that arrives after the goods (freight, duty, a corrected invoice): value only, never quantity.
create table ledger.late_cost (
  late_cost_id bigint generated always as identity primary key,
  posting_id   text not null,
  document_id  text not null,
  entity_id    text not null,
  lot_id       text not null,
  kind         text not null,
  -- The share of goods still here, and the share of goods that have left.
  value_minor  bigint not null,
  left_minor   bigint not null,
  occurred_on  date not null,
  recorded_at  timestamptz not null default clock_timestamp()
);
create index late_cost_lot on ledger.late_cost (lot_id);
create index late_cost_posting on ledger.late_cost (posting_id);
create index late_cost_document on ledger.late_cost (document_id);
call kernel.make_append_only('ledger.late_cost');
call kernel.guard_rows('ledger.late_cost');

-- Goods whose cost the entity carries: its own, anywhere but outside. Shipped goods stay its own until title passes.
create function ledger.cost_kind(kind text, owner_id text, entity_id text) returns text language sql immutable parallel safe as $$
  select case when owner_id = entity_id and kind in ('storage', 'van', 'transit', 'consignment', 'customer') then kind end
$$;

-- Places where a serial number counts as being with us.
create function ledger.keeps_serials(kind text) returns boolean language sql immutable parallel safe as $$
  select kind in ('storage', 'van', 'transit', 'consignment', 'destruction')
$$;

-- Where cost enters with goods and later: the layers a lot's cost is made of.
create view ledger.cost_layer with (security_invoker = true) as
  select m.entity_id, m.lot_id, m.posting_id, m.document_id, m.occurred_on, m.recorded_at, 'goods' as source, m.quantity, m.value_minor
    from ledger.stock_move m
    join ledger.position f on f.position_id = m.from_position
    join ledger.position t on t.position_id = m.to_position
   where ledger.cost_kind(f.kind, f.owner_id, m.entity_id) is null and ledger.cost_kind(t.kind, t.owner_id, m.entity_id) is not null
  union all
  select entity_id, lot_id, posting_id, document_id, occurred_on, recorded_at, 'late', 0, value_minor + left_minor from ledger.late_cost;
grant select on ledger.cost_layer to medtrade_app;

-- Makes the positions asked for that are not there yet.
create function ledger.make_positions(p_places text[], p_owners text[], p_states text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_unknown text;
begin
  select min(i.place_id) into v_unknown
    from unnest(p_places) as i(place_id) left join ledger.place pl using (place_id) where pl.place_id is null;
  if v_unknown is not null then
    raise exception using errcode = 'foreign_key_violation', constraint = 'move_place_exists', message = format('unknown place %s',
      v_unknown);
  end if;
  insert into ledger.position (place_id, owner_id, quality_state, kind, may_go_negative)
  select distinct on (i.place_id, i.owner_id, i.quality_state) i.place_id, i.owner_id, i.quality_state, pl.kind, pl.may_go_negative
    from unnest(p_places, p_owners, p_states) as i(place_id, owner_id, quality_state)
    join ledger.place pl using (place_id)
   order by i.place_id, i.owner_id, i.quality_state
  on conflict (place_id, owner_id, quality_state) do nothing;
end $$;

-- What a refusal is about, in words that outlive the rolled-back transaction: names instead of numbers given within it.
create function ledger.spell_out(p_facts jsonb) returns text language sql stable as $$
  select jsonb_agg(x.fact || jsonb_build_object('productId', l.product_id, 'lotNo', l.lot_no, 'serialNo', l.serial_no, 'placeId',
    p.place_id,
                                              'ownerId', p.owner_id, 'qualityState', p.quality_state))::text
    from jsonb_array_elements(p_facts) as x(fact)
    left join ledger.lot l on l.lot_id = x.fact ->> 'lotId'
    left join ledger.position p on p.position_id = (x.fact ->> 'positionId')::bigint
$$;

-- Finds or makes the lots asked for, in the order given. A lot is named by product, lot number and serial number; dates and
-- registration that are stated must agree with what is known.
create function ledger.ensure_lots(
  p_new_ids text[], p_products text[], p_lot_nos text[], p_serial_nos text[], p_expiry date[], p_production date[], p_registrations text[]
) returns text[] language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_ids text[];
  v_differs jsonb;
begin
  for attempt in 1..2 loop
    select array_agg(l.lot_id order by i.n),
           jsonb_agg(jsonb_build_object(
             'lotId', l.lot_id, 'expiryDate', i.expiry_date, 'productionDate', i.production_date, 'registrationNo', i.registration_no
           ) order by i.n) filter (where l.lot_id is not null and (
             i.expiry_date is not null and i.expiry_date is distinct from l.expiry_date
             or i.production_date is not null and i.production_date is distinct from l.production_date
             or i.registration_no is not null and i.registration_no is distinct from l.registration_no))
      into v_ids, v_differs
      from unnest(p_products, p_lot_nos, p_serial_nos, p_expiry, p_production, p_registrations) with ordinality
             as i(product_id, lot_no, serial_no, expiry_date, production_date, registration_no, n)
      left join lateral (
        select x.* from ledger.lot x
         where x.product_id = i.product_id and coalesce(x.lot_no, '') = coalesce(i.lot_no, '') and coalesce(x.serial_no,
           '') = coalesce(i.serial_no, '')
        offset 0) l on true;
    if v_differs is not null then
      raise exception using errcode = 'integrity_constraint_violation', constraint = 'lot_identity_agrees',
        message = 'a lot of this identity has other dates or another registration', detail = ledger.spell_out(v_differs);
    end if;
    exit when array_position(v_ids, null) is null;
    insert into ledger.lot (lot_id, product_id, lot_no, serial_no, expiry_date, production_date, registration_no)
    select i.lot_id, i.product_id, nullif(i.lot_no, ''), nullif(i.serial_no, ''), i.expiry_date, i.production_date, i.registration_no
      from unnest(p_new_ids, v_ids, p_products, p_lot_nos, p_serial_nos, p_expiry, p_production, p_registrations)
             as i(lot_id, known_id, product_id, lot_no, serial_no, expiry_date, production_date, registration_no)
     where i.known_id is null
     order by i.product_id, coalesce(i.lot_no, ''), coalesce(i.serial_no, '')
    on conflict (product_id, coalesce(lot_no, ''), coalesce(serial_no, '')) do nothing;
  end loop;
  return v_ids;
end $$;

-- Everything a posting must know before its moves are valued, in one round trip: positions and lots found or made, and the cost
-- rows of goods that change their kind of place locked. One row per move, in the order given. Lots are given by identity or,
-- where `p_lot_ids` has one, by id; moves point at lots and positions by 1-based index.
create function ledger.prepare_moves(
  p_entity_id text, p_places text[], p_owners text[], p_states text[],
  p_lot_ids text[], p_new_ids text[], p_products text[], p_lot_nos text[], p_serial_nos text[], p_expiry date[], p_production date[],
  p_registrations text[], p_lot integer[], p_from integer[], p_to integer[]
) returns table (
  lot_id text, product_id text, from_position bigint, to_position bigint, from_kind text, to_kind text, from_cost_kind text,
    to_cost_kind text,
  cost_quantity numeric, cost_value bigint, received_quantity numeric, received_minor bigint
) language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_positions bigint[];
  v_kinds text[];
  v_cost_kinds text[];
  v_lots text[] := p_lot_ids;
begin
  if not kernel.scope_is_all() and not p_entity_id = any (kernel.scope_entity_ids()) then
    raise exception using errcode = 'insufficient_privilege', message = format('entity %s is outside the scope', p_entity_id);
  end if;
  if cardinality(p_products) > 0 then
    v_lots := p_lot_ids || ledger.ensure_lots(p_new_ids, p_products, p_lot_nos, p_serial_nos, p_expiry, p_production, p_registrations);
  end if;
  for attempt in 1..2 loop
    select array_agg(p.position_id order by i.n), array_agg(p.kind order by i.n),
           array_agg(ledger.cost_kind(p.kind, p.owner_id, p_entity_id) order by i.n)
      into v_positions, v_kinds, v_cost_kinds
      from unnest(p_places, p_owners, p_states) with ordinality as i(place_id, owner_id, quality_state, n)
      left join lateral (
        select x.position_id, x.kind, x.owner_id from ledger.position x
         where x.place_id = i.place_id and x.owner_id = i.owner_id and x.quality_state = i.quality_state offset 0) p on true;
    exit when array_position(v_positions, null) is null;
    perform ledger.make_positions(p_places, p_owners, p_states);
  end loop;
  if exists (
    select from unnest(p_from, p_to) as i(f, t) where v_cost_kinds[f] is distinct from v_cost_kinds[t]
  ) then
    insert into ledger.lot_cost (entity_id, lot_id, kind)
    select distinct p_entity_id, v_lots[i.l], k.kind
      from unnest(p_lot, p_from, p_to) as i(l, f, t)
     cross join lateral (values (v_cost_kinds[i.f]), (v_cost_kinds[i.t])) as k(kind)
     where v_cost_kinds[i.f] is distinct from v_cost_kinds[i.t] and k.kind is not null
     order by 2, 3
    on conflict do nothing;
    perform from (
        select distinct v_lots[i.l] as lot_id, k.kind
          from unnest(p_lot, p_from, p_to) as i(l, f, t)
         cross join lateral (values (v_cost_kinds[i.f]), (v_cost_kinds[i.t])) as k(kind)
         where v_cost_kinds[i.f] is distinct from v_cost_kinds[i.t] and k.kind is not null
         order by 1, 2) d
      cross join lateral (
        select from ledger.lot_cost c where c.entity_id = p_entity_id and c.lot_id = d.lot_id and c.kind = d.kind for no key update) c;
  end if;
  return query
    select l.lot_id, l.product_id, v_positions[i.f], v_positions[i.t], v_kinds[i.f], v_kinds[i.t], v_cost_kinds[i.f], v_cost_kinds[i.t],
           c.quantity, c.value_minor, r.received_quantity, r.received_minor
      from unnest(p_lot, p_from, p_to) with ordinality as i(l, f, t, n)
     cross join lateral (select x.lot_id, x.product_id from ledger.lot x where x.lot_id = v_lots[i.l] offset 0) l
      left join lateral (
        select x.quantity, x.value_minor from ledger.lot_cost x
         where x.entity_id = p_entity_id and x.lot_id = l.lot_id and x.kind = v_cost_kinds[i.f] offset 0) c on true
      left join lateral (
        select sum(x.received_quantity) as received_quantity, sum(x.received_minor)::bigint as received_minor
          from ledger.lot_cost x where x.entity_id = p_entity_id and x.lot_id = l.lot_id
      ) r on v_cost_kinds[i.f] is null and v_cost_kinds[i.t] is not null
     order by i.n;
end $$;

-- Keeps everything that follows from moves, in few statements however many moves there are.
create function ledger.keep_stock() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_is_known boolean;
  v_changes_cost boolean;
  v_has_serials boolean;
  v_many_per_serial jsonb;
  v_from_destroyed jsonb;
  v_problem jsonb;
  v_missing bigint;
  v_lots text[];
  v_positions bigint[];
  v_entities text[];
  v_signed boolean[];
  v_changes numeric[];
  v_done text[];
  v_signed_done bigint;
  v_cost_entities text[];
  v_cost_lots text[];
  v_cost_kinds text[];
  v_cost_quantities numeric[];
  v_cost_values numeric[];
  v_received_quantities numeric[];
  v_received_values numeric[];
  v_gone_products text[];
  v_gone_serials text[];
  v_products text[];
  v_serials text[];
  v_pieces bigint[];
begin
  -- The whole posting at one look. Stands for three foreign keys, which would cost a look per row.
  with moved as materialized (
    select m.entity_id, m.lot_id, m.line_no, m.from_position, m.to_position, m.quantity, m.reverses, l.serial_no,
      f.quality_state as from_state,
           l.lot_id is not null and f.position_id is not null and t.position_id is not null as is_known,
           ledger.cost_kind(f.kind, f.owner_id, m.entity_id) as from_kind, ledger.cost_kind(t.kind, t.owner_id, m.entity_id) as to_kind,
           f.may_go_negative as from_signed, t.may_go_negative as to_signed
      from new_moves m
      left join lateral (select x.lot_id, x.serial_no from ledger.lot x where x.lot_id = m.lot_id offset 0) l on true
      left join lateral (select x.* from ledger.position x where x.position_id = m.from_position offset 0) f on true
      left join lateral (select x.* from ledger.position x where x.position_id = m.to_position offset 0) t on true
  ), change as (
    select m.lot_id, leg.position_id, m.entity_id, leg.is_signed, sum(leg.quantity) as quantity
      from moved m
     cross join lateral (values (m.from_position, m.from_signed and m.from_kind is null, -m.quantity),
                                (m.to_position, m.to_signed and m.to_kind is null, m.quantity)) as leg(position_id, is_signed, quantity)
     group by 1, 2, 3, 4 having sum(leg.quantity) <> 0
  )
  select w.is_known, w.changes_cost, w.has_serials, w.many_per_serial, w.from_destroyed,
         c.lots, c.positions, c.entities, c.signed, c.changes
    into v_is_known, v_changes_cost, v_has_serials, v_many_per_serial, v_from_destroyed,
         v_lots, v_positions, v_entities, v_signed, v_changes
    from (
      select bool_and(is_known) as is_known, bool_or(from_kind is distinct from to_kind) as changes_cost,
        bool_or(serial_no is not null) as has_serials,
             jsonb_agg(jsonb_build_object('lotId', lot_id, 'line', line_no, 'quantity', trim_scale(quantity)::text))
               filter (where serial_no is not null and quantity <> 1) as many_per_serial,
             jsonb_agg(jsonb_build_object('lotId', lot_id, 'line', line_no, 'positionId', from_position))
               filter (where from_state = 'destroyed' and reverses is null) as from_destroyed
        from moved
    ) w
   cross join (
      select array_agg(d.lot_id order by d.lot_id, d.position_id, d.entity_id) as lots, array_agg(d.position_id order by d.lot_id,
        d.position_id, d.entity_id) as positions,
             array_agg(d.entity_id order by d.lot_id, d.position_id, d.entity_id) as entities, array_agg(d.is_signed order by d.lot_id,
               d.position_id, d.entity_id) as signed,
             array_agg(d.quantity order by d.lot_id, d.position_id, d.entity_id) as changes
        from change d
   ) c;
  if not v_is_known then
    raise exception using errcode = 'foreign_key_violation', constraint = 'move_lot_and_positions_exist',
      message = 'a move names a lot or position that does not exist';
  elsif v_many_per_serial is not null then
    raise exception using errcode = 'check_violation', constraint = 'serial_moves_one_at_a_time',
      message = 'a serial number is one piece', detail = ledger.spell_out(v_many_per_serial);
  elsif v_from_destroyed is not null then
    raise exception using errcode = 'check_violation', constraint = 'destroyed_is_final',
      message = 'destroyed goods do not move', detail = ledger.spell_out(v_from_destroyed);
  end if;

  -- Value follows goods that enter, leave or change their kind of place.
  if v_changes_cost then
    select array_agg(d.entity_id order by d.lot_id, d.kind, d.entity_id), array_agg(d.lot_id order by d.lot_id, d.kind, d.entity_id),
           array_agg(d.kind order by d.lot_id, d.kind, d.entity_id), array_agg(d.quantity order by d.lot_id, d.kind, d.entity_id),
           array_agg(d.value_minor order by d.lot_id, d.kind, d.entity_id), array_agg(d.received_quantity order by d.lot_id, d.kind,
             d.entity_id),
           array_agg(d.received_minor order by d.lot_id, d.kind, d.entity_id)
      into v_cost_entities, v_cost_lots, v_cost_kinds, v_cost_quantities, v_cost_values, v_received_quantities, v_received_values
      from (
        select m.entity_id, m.lot_id, k.kind, sum(k.sign * m.quantity) as quantity, sum(k.sign * m.value_minor) as value_minor,
               -- Enters from outside, or such an entry is taken back.
               coalesce(sum(k.sign * m.quantity) filter (where k.other is null and (k.sign > 0) = (m.reverses is null)),
                 0) as received_quantity,
               coalesce(sum(k.sign * m.value_minor) filter (where k.other is null and (k.sign > 0) = (m.reverses is null)),
                 0) as received_minor
          from new_moves m
         cross join lateral (select ledger.cost_kind(x.kind, x.owner_id, m.entity_id) as kind from ledger.position x
                              where x.position_id = m.from_position offset 0) f
         cross join lateral (select ledger.cost_kind(x.kind, x.owner_id, m.entity_id) as kind from ledger.position x
                              where x.position_id = m.to_position offset 0) t
         cross join lateral (values (f.kind, t.kind, -1), (t.kind, f.kind, 1)) as k(kind, other, sign)
         where f.kind is distinct from t.kind and k.kind is not null
         group by 1, 2, 3) d;
    insert into ledger.lot_cost (entity_id, lot_id, kind)
    select entity_id, lot_id, kind from unnest(v_cost_entities, v_cost_lots, v_cost_kinds) with ordinality as d(entity_id, lot_id, kind,
      n) order by n
    on conflict do nothing;
    with locked as materialized (
      select d.entity_id, d.lot_id, d.kind, c.quantity + d.quantity as quantity, c.value_minor + d.value_minor as value_minor,
             c.received_quantity + d.received_quantity as received_quantity, c.received_minor + d.received_minor as received_minor
        from (select * from unnest(v_cost_entities, v_cost_lots, v_cost_kinds, v_cost_quantities, v_cost_values, v_received_quantities,
          v_received_values)
                with ordinality as d(entity_id, lot_id, kind, quantity, value_minor, received_quantity, received_minor, n)
               order by n) d
       cross join lateral (
         select x.* from ledger.lot_cost x where x.entity_id = d.entity_id and x.lot_id = d.lot_id and x.kind = d.kind for no key update) c
    ), done as (
      insert into ledger.lot_cost as c (entity_id, lot_id, kind, quantity, value_minor, received_quantity, received_minor)
      select entity_id, lot_id, kind, quantity, value_minor, received_quantity, received_minor from locked
       -- A shortage of goods is told by the balances, which know the place.
       where quantity >= 0 and value_minor >= 0 and (quantity > 0 or value_minor = 0)
      on conflict (entity_id, lot_id, kind) do update set quantity = excluded.quantity, value_minor = excluded.value_minor,
        received_quantity = excluded.received_quantity, received_minor = excluded.received_minor
    )
    select jsonb_agg(jsonb_build_object('lotId', l.lot_id, 'entityId', l.entity_id, 'kind', l.kind, 'quantity', l.quantity,
                                        'valueMinor', l.value_minor::text))
      into v_problem
      from locked l
     where l.quantity >= 0 and not (l.value_minor >= 0 and (l.quantity > 0 or l.value_minor = 0));
    if v_problem is not null then
      raise exception using errcode = 'check_violation', constraint = 'value_goes_with_goods',
        message = 'value would stay without goods, or goods take more value than there is', detail = ledger.spell_out(v_problem);
    end if;
  end if;

  -- One pass in key order finds or makes each row, locks and changes it. PostgreSQL tests a *proposed* row against the constraint even
  -- where it will become an update, so a decrease is proposed as if it might go negative; the row that is there keeps its own word.
  -- A decrease of what was never there is thereby inserted, shows in the count, and goes with the transaction.
  with done as (
    insert into ledger.stock_balance as b (lot_id, position_id, entity_id, quantity, may_go_negative)
    select lot_id, position_id, entity_id, quantity, is_signed or quantity < 0
      from unnest(v_lots, v_positions, v_entities, v_changes, v_signed) with ordinality
             as d(lot_id, position_id, entity_id, quantity, is_signed, n)
     order by n
    on conflict (lot_id, position_id, entity_id) do update set quantity = b.quantity + excluded.quantity
     where b.may_go_negative or b.quantity + excluded.quantity >= 0
    returning concat_ws(' ', lot_id, position_id, entity_id) as key, may_go_negative
  )
  select array_agg(key), count(*) filter (where may_go_negative) into v_done, v_signed_done from done;
  if cardinality(v_done) is distinct from cardinality(v_lots) or v_signed_done <> cardinality(array_positions(v_signed, true)) then
    select jsonb_agg(jsonb_build_object(
             'lotId', d.lot_id, 'positionId', d.position_id, 'there', trim_scale(b.there)::text, 'asked', trim_scale(-d.quantity)::text,
             'line', (select min(m.line_no) from new_moves m where m.lot_id = d.lot_id and m.from_position = d.position_id)))
      into v_problem
      from unnest(v_lots, v_positions, v_entities, v_changes, v_signed) as d(lot_id, position_id, entity_id, quantity, is_signed)
     cross join lateral (
       select case when x.may_go_negative then 0 else x.quantity end as there, x.may_go_negative from ledger.stock_balance x
        where x.lot_id = d.lot_id and x.position_id = d.position_id and x.entity_id = d.entity_id offset 0) b
     where not d.is_signed and (b.may_go_negative or not concat_ws(' ', d.lot_id, d.position_id, d.entity_id) = any (coalesce(v_done,
       '{}')));
    raise exception using errcode = 'check_violation', constraint = 'on_hand_not_negative',
      message = 'not enough on hand', detail = ledger.spell_out(v_problem);
  end if;

  if v_has_serials then
    select array_agg(product_id) filter (where pieces < 0), array_agg(serial_no) filter (where pieces < 0),
           array_agg(product_id order by product_id, serial_no) filter (where pieces > 0),
           array_agg(serial_no order by product_id, serial_no) filter (where pieces > 0),
           array_agg(lot_id order by product_id, serial_no) filter (where pieces > 0),
           array_agg(pieces order by product_id, serial_no) filter (where pieces > 0)
      into v_gone_products, v_gone_serials, v_products, v_serials, v_lots, v_pieces
      from (select l.product_id, l.serial_no, max(m.lot_id) as lot_id,
                   sum(ledger.keeps_serials(t.kind)::int - ledger.keeps_serials(f.kind)::int) as pieces
              from new_moves m
             cross join lateral (select x.product_id, x.serial_no from ledger.lot x where x.lot_id = m.lot_id offset 0) l
             cross join lateral (select x.kind from ledger.position x where x.position_id = m.from_position offset 0) f
             cross join lateral (select x.kind from ledger.position x where x.position_id = m.to_position offset 0) t
             where l.serial_no is not null
             group by 1, 2) s;
    if v_gone_products is not null then
      -- By row address, so that no plan made while the table was small can look at it once per serial.
      delete from ledger.serial_on_hand where ctid = any (array(
        select s.row from unnest(v_gone_products, v_gone_serials) as g(product_id, serial_no)
         cross join lateral (select x.ctid as row from ledger.serial_on_hand x
                              where x.product_id = g.product_id and x.serial_no = g.serial_no offset 0) s));
    end if;
    with come as materialized (
      select * from unnest(v_products, v_serials, v_lots, v_pieces) as c(product_id, serial_no, lot_id, pieces)
    ), done as (
      insert into ledger.serial_on_hand (product_id, serial_no, lot_id)
      select product_id, serial_no, lot_id from come
      on conflict (product_id, serial_no) do nothing
      returning 1
    )
    -- `s` is what was there before: a statement does not see its own insert. A race lost in between shows only in the count.
    select jsonb_agg(jsonb_build_object('lotId', c.lot_id)) filter (where c.pieces > 1 or s.lot_id is not null),
           count(*) - (select count(*) from done)
      into v_problem, v_missing
      from come c left join lateral (
             select x.lot_id from ledger.serial_on_hand x where x.product_id = c.product_id
               and x.serial_no = c.serial_no offset 0) s on true;
    if v_missing > 0 and v_problem is null then
      v_problem := (select jsonb_agg(jsonb_build_object('lotId', m.lot_id)) from (select lot_id from new_moves order by lot_id limit 1) m);
    end if;
    if v_problem is not null then
      raise exception using errcode = 'unique_violation', constraint = 'serial_is_on_hand_once',
        message = 'a serial number is on hand already', detail = ledger.spell_out(v_problem);
    end if;
  end if;
  return null;
end $$;

create trigger keep_stock after insert on ledger.stock_move
  referencing new table as new_moves for each statement execute function ledger.keep_stock();

create function ledger.keep_late_cost() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from ledger.lot_cost c join new_costs n using (entity_id, lot_id, kind) order by c.lot_id, c.kind for no key update of c;
  update ledger.lot_cost c
     set value_minor = c.value_minor + d.value_minor, received_minor = c.received_minor + d.value_minor + d.left_minor
    from (select entity_id, lot_id, kind, sum(value_minor) as value_minor, sum(left_minor) as left_minor
            from new_costs group by 1, 2, 3) d
   where (c.entity_id, c.lot_id, c.kind) = (d.entity_id, d.lot_id, d.kind);
  return null;
end $$;
create trigger lot_cost after insert on ledger.late_cost
  referencing new table as new_costs for each statement execute function ledger.keep_late_cost();

-- Locks the cost rows of lots and reads them, in key order: the basis for sharing late cost.
create function ledger.lock_lot_costs(p_entity_id text, p_lot_ids text[]) returns setof ledger.lot_cost
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not kernel.scope_is_all() and not p_entity_id = any (kernel.scope_entity_ids()) then
    raise exception using errcode = 'insufficient_privilege', message = format('entity %s is outside the scope', p_entity_id);
  end if;
  return query select c.* from ledger.lot_cost c
    where c.entity_id = p_entity_id and c.lot_id = any (p_lot_ids) order by c.lot_id, c.kind for no key update;
end $$;

-- The canonical text of a move: everything it says, with the things it points at spelled out, so that a changed lot or position
-- shows as well. Integers and text only, the same in every time zone and on every PostgreSQL.
create function ledger.move_text(m ledger.stock_move) returns text language sql stable as $$
  select json_build_array('move', m.move_id, m.posting_id, m.document_id, m.line_no, m.entity_id,
           l.lot_id, l.product_id, l.lot_no, l.serial_no, to_char(l.expiry_date, 'YYYY-MM-DD'), to_char(l.production_date, 'YYYY-MM-DD'),
           l.registration_no, f.place_id, f.owner_id, f.quality_state, t.place_id, t.owner_id, t.quality_state,
           trim_scale(m.quantity)::text, m.value_minor::text, to_char(m.occurred_on, 'YYYY-MM-DD'),
           (extract(epoch from m.recorded_at) * 1000000)::bigint::text, m.reverses)::text
    from ledger.lot l, ledger.position f, ledger.position t
   where l.lot_id = m.lot_id and f.position_id = m.from_position and t.position_id = m.to_position
$$;

create function ledger.late_cost_text(c ledger.late_cost) returns text language sql stable as $$
  select json_build_array('late-cost', c.late_cost_id, c.posting_id, c.document_id, c.entity_id, c.lot_id, c.kind, c.value_minor::text,
           c.left_minor::text, to_char(c.occurred_on, 'YYYY-MM-DD'), (extract(epoch from c.recorded_at) * 1000000)::bigint::text)::text
$$;
