-- Every stock balance is the sum of its moves.
-- Why: balances are what people pick from; one that drifted from history means goods promised that are not there, or hidden (R-038).
select coalesce(b.lot_id, s.lot_id) as lot_id, coalesce(b.position_id, s.position_id) as position_id, coalesce(b.entity_id,
  s.entity_id) as entity_id,
       b.quantity as balance, s.quantity as moves
  from ledger.stock_balance b
  full join (
    select m.lot_id, leg.position_id, m.entity_id, sum(leg.quantity) as quantity
      from ledger.stock_move m
     cross join lateral (values (m.from_position, -m.quantity), (m.to_position, m.quantity)) as leg(position_id, quantity)
     group by 1, 2, 3
  ) s on s.lot_id = b.lot_id and s.position_id = b.position_id and s.entity_id = b.entity_id
 where coalesce(b.quantity, 0) <> coalesce(s.quantity, 0)
