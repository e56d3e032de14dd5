-- The cost of every lot is the sum of the values that entered and left, and its quantity what lies in the positions it stands for.
-- Why: stock value in the books is this number; a cent that appears or vanishes is a misstatement (R-078).
with legs as (
  select m.entity_id, m.lot_id, k.kind, k.sign * m.quantity as quantity, k.sign * m.value_minor as value_minor
    from ledger.stock_move m
    join ledger.position f on f.position_id = m.from_position
    join ledger.position t on t.position_id = m.to_position
   cross join lateral (
     values (ledger.cost_kind(f.kind, f.owner_id, m.entity_id), -1), (ledger.cost_kind(t.kind, t.owner_id, m.entity_id), 1)
   ) as k(kind, sign)
   where k.kind is not null
     and ledger.cost_kind(f.kind, f.owner_id, m.entity_id) is distinct from ledger.cost_kind(t.kind, t.owner_id, m.entity_id)
  union all
  select entity_id, lot_id, kind, 0, value_minor from ledger.late_cost
), summed as (
  select entity_id, lot_id, kind, sum(quantity) as quantity, sum(value_minor) as value_minor from legs group by 1, 2, 3
), lying as (
  select b.entity_id, b.lot_id, ledger.cost_kind(p.kind, p.owner_id, b.entity_id) as kind, sum(b.quantity) as quantity
    from ledger.stock_balance b join ledger.position p using (position_id)
   where ledger.cost_kind(p.kind, p.owner_id, b.entity_id) is not null
   group by 1, 2, 3
)
select entity_id, lot_id, kind, c.quantity, c.value_minor, s.quantity as moved, s.value_minor as value_moved, l.quantity as lying
  from ledger.lot_cost c
  full join summed s using (entity_id, lot_id, kind)
  full join lying l using (entity_id, lot_id, kind)
 where coalesce(c.quantity, 0) <> coalesce(s.quantity, 0) or coalesce(c.value_minor, 0) <> coalesce(s.value_minor, 0)
    or coalesce(c.quantity, 0) <> coalesce(l.quantity, 0)
