-- Every account balance is the sum of its journal lines, month by month.
-- Why: statements are read from balances; they must be the journal and nothing else (R-076).
select entity_id, book, account_id, period, currency, b.debit_minor - b.credit_minor as balance, s.amount
  from ledger.account_balance b
  full join (
    select entity_id, book, account_id, period, currency, sum(amount_minor) as amount, sum(functional_minor) as functional
      from ledger.journal_line group by 1, 2, 3, 4, 5
  ) s using (entity_id, book, account_id, period, currency)
 where coalesce(b.debit_minor - b.credit_minor, 0) <> coalesce(s.amount, 0)
    or coalesce(b.functional_debit_minor - b.functional_credit_minor, 0) <> coalesce(s.functional, 0)
