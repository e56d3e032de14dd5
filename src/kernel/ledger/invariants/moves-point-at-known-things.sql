-- Every move names a lot and two positions that exist.
-- Why: the trigger stands for three foreign keys, which would cost a look per row; this looks at all of them.
select m.move_id
  from ledger.stock_move m
  left join ledger.lot l using (lot_id)
  left join ledger.position f on f.position_id = m.from_position
  left join ledger.position t on t.position_id = m.to_position
 where l.lot_id is null or f.position_id is null or t.position_id is null
