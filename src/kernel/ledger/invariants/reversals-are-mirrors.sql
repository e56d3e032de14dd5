-- A reversal is the exact mirror of what it reverses: same lot, quantity and value between swapped positions, same lines with turned signs.
-- Why: a correction that corrects something else is a second mistake nobody can see.
select 'move' as what, r.move_id as id
  from ledger.stock_move r join ledger.stock_move o on o.move_id = r.reverses
 where (r.lot_id, r.quantity, r.value_minor, r.from_position, r.to_position, r.entity_id)
       is distinct from (o.lot_id, o.quantity, o.value_minor, o.to_position, o.from_position, o.entity_id)
union all
select 'line', r.entry_id
  from ledger.journal_entry r
  join ledger.journal_line l on l.entry_id = r.entry_id
  left join ledger.journal_line o on o.entry_id = r.reverses and o.line_no = l.line_no
 where r.reverses is not null
   and (l.account_id, l.currency, l.amount_minor, l.functional_minor)
       is distinct from (o.account_id, o.currency, -o.amount_minor, -o.functional_minor)
