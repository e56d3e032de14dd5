-- No place of ours holds less than nothing.
-- Why: lot-tracked goods cannot be owed; a negative balance is a shipment of goods nobody received (R-038).
select b.lot_id, b.position_id, b.entity_id, b.quantity
  from ledger.stock_balance b join ledger.position p using (position_id)
 where b.quantity < 0
   and (b.may_go_negative = false or p.may_go_negative = false or ledger.cost_kind(p.kind, p.owner_id, b.entity_id) is not null)
