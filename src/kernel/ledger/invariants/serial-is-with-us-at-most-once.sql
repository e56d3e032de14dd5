-- Every serial number lies in at most one place of ours, and the register of serials on hand says the same.
-- Why: one serial number in two places is a labelling error or a counterfeit; a recall would look for the wrong piece (R-039, R-045).
with lying as (
  select l.product_id, l.serial_no, sum(b.quantity) as pieces
    from ledger.stock_balance b
    join ledger.lot l using (lot_id)
    join ledger.position p using (position_id)
   where l.serial_no is not null and ledger.keeps_serials(p.kind)
   group by 1, 2 having sum(b.quantity) <> 0
)
select product_id, serial_no, y.pieces, s.lot_id is not null as is_registered
  from lying y full join ledger.serial_on_hand s using (product_id, serial_no)
 where y.pieces is distinct from 1 or s.lot_id is null
