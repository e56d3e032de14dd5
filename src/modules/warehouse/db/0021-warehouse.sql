-- Warehouses, storage places and opening stock.

create schema warehouse;
grant usage on schema warehouse to medtrade_app;

create table warehouse.warehouse (
  id         text primary key,
  entity_id  text not null references organisation.legal_entity (id),
  number     text,
  state      text not null,
  version    integer not null,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  code       text not null,
  name_zh    text not null,
  name_en    text not null,
  address    text not null,
  constraint warehouse_code_is_used_once unique (entity_id, code)
);
grant select, insert, update on warehouse.warehouse to medtrade_app;
call kernel.guard_rows('warehouse.warehouse');

create table warehouse.storage_place (
  id           text primary key,
  entity_id    text not null references organisation.legal_entity (id),
  number       text,
  state        text not null,
  version      integer not null,
  created_by   text not null,
  created_at   timestamptz not null default clock_timestamp(),
  updated_at   timestamptz not null default clock_timestamp(),
  code         text not null,
  warehouse_id text not null references warehouse.warehouse (id),
  zone         text not null,
  name_zh      text not null,
  name_en      text not null,
  constraint storage_place_code_is_used_once unique (warehouse_id, code)
);
create index storage_place_number on warehouse.storage_place (number, id);
grant select, insert, update on warehouse.storage_place to medtrade_app;
call kernel.guard_rows('warehouse.storage_place');

-- Ids of the places outside an entity's shelves: one of each kind, named by kind and entity so that every module finds them.
create function warehouse.outer_place_id(entity text, kind text) returns text language sql immutable as $$
  select kind || ':' || entity
$$;

create function warehouse.ensure_outer_places(entity text) returns void language sql as $$
  insert into ledger.place (place_id, entity_id, kind, code, name_zh, name_en, may_go_negative, is_active)
  select warehouse.outer_place_id(entity, p.kind), entity, p.kind, upper(p.kind), p.name_zh, p.name_en, p.may_go_negative, true
  from (values
    ('opening',     '期初',     'Opening',            true),
    ('supplier',    '供货者',   'Suppliers',          true),
    ('customer',    '购货者',   'Customers',          true),
    ('transit',     '在途',     'In transit',         false),
    ('loss',        '盘亏与损耗', 'Losses and gains', true),
    ('destruction', '销毁',     'Destroyed',          false)
  ) as p (kind, name_zh, name_en, may_go_negative)
  on conflict (place_id) do nothing
$$;

create table warehouse.opening_stock (
  id             text primary key,
  entity_id      text not null references organisation.legal_entity (id),
  number         text,
  state          text not null,
  version        integer not null,
  created_by     text not null,
  created_at     timestamptz not null default clock_timestamp(),
  updated_at     timestamptz not null default clock_timestamp(),
  stock_date     date not null,
  warehouse_id   text not null references warehouse.warehouse (id),
  note           text,
  total_quantity numeric,
  total_cost     numeric,
  constraint opening_stock_number_is_used_once unique (entity_id, number)
);
create index opening_stock_created_at on warehouse.opening_stock (created_at, id);
create index opening_stock_number on warehouse.opening_stock (number, id);
create index opening_stock_stock_date on warehouse.opening_stock (stock_date, id);
create index opening_stock_state on warehouse.opening_stock (state, created_at, id);
grant select, insert, update on warehouse.opening_stock to medtrade_app;
call kernel.guard_rows('warehouse.opening_stock');

create table warehouse.opening_stock_items (
  document_id        text not null references warehouse.opening_stock (id),
  line_no            integer not null,
  product_id         text not null references catalogue.product (id),
  place_id           text not null references warehouse.storage_place (id),
  lot_no             text,
  serial_no          text,
  production_date    date,
  expiry_date        date,
  quantity           numeric not null,
  unit_cost          numeric not null,
  cost               numeric,
  quality_state      text not null,
  registration_no    text,
  supplier_name      text,
  received_on        date,
  source_document_no text,
  primary key (document_id, line_no)
);
create index opening_stock_items_product on warehouse.opening_stock_items (product_id);
grant select, insert, update, delete on warehouse.opening_stock_items to medtrade_app;
